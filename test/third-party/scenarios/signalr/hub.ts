/** The end of each message of SignalR's JSON hub protocol. */
const END = '\u001e';

/** The message types of the protocol that this hub knows. */
const INVOCATION = 1;
const STREAM_ITEM = 2;
const COMPLETION = 3;
const STREAM_INVOCATION = 4;

/** What either side sends to show that it is there. */
export const PING = `{"type":6}${END}`;

/** JSON text as the one argument of `heard`. */
export function heard(text: string): string {
  return `{"type":1,"target":"heard","arguments":[${text}]}${END}`;
}

interface Call {
  type?: number;
  protocol?: string;
  invocationId?: string;
  target?: string;
  arguments?: unknown[];
}

/**
 * One connection of a minimal hub, whatever transport carries it: the handshake, `say` without an answer, `add` and
 * `fail` with one, and `count` as a stream.
 * @returns what hears the client's text
 */
export function createHub(send: (text: string) => void): (text: string) => void {
  const tell = (message: object) => {
    send(JSON.stringify(message) + END);
  };
  const hear = ({ type, protocol, invocationId, target, arguments: given = [] }: Call) => {
    if (protocol !== undefined) tell({});
    if (type === INVOCATION && target === 'say') {
      tell({ type: INVOCATION, target: 'heard', arguments: given });
    }
    if (type === INVOCATION && target === 'add') {
      const result = given.reduce<number>((sum, one) => sum + Number(one), 0);
      tell({ type: COMPLETION, invocationId, result });
    }
    if (type === INVOCATION && target === 'fail') {
      tell({ type: COMPLETION, invocationId, error: 'It does fail.' });
    }
    if (type === STREAM_INVOCATION) {
      for (let item = 1; item <= Number(given[0]); item += 1) {
        tell({ type: STREAM_ITEM, invocationId, item });
      }
      tell({ type: COMPLETION, invocationId });
    }
  };
  return (text) => {
    for (const message of text.split(END)) if (message !== '') hear(JSON.parse(message) as Call);
  };
}
