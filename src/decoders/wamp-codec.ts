import { type Data, fieldsOf, isList, isMap } from '../core/decoded/data.ts';
import { dataOfJson } from '../core/decoded/data-of-json.ts';
import type { Content, PairStep, Part, WireMessage } from '../core/decoded/decoded.ts';
import type { Direction } from '../core/facts.ts';
import type { Carrier, Codec } from './decoder.ts';
import { readCbor } from './formats/read-cbor.ts';
import { readMsgpack } from './formats/read-msgpack.ts';
import { createRemembered, type Remembered } from './remembered.ts';
import { failed, onePart, otherSide, pairStep, quoted } from './result.ts';
import { WAMP_NAMES } from './wamp-names.ts';

/** Topics and procedures by the ids that stand for them, and subscriptions by theirs. */
interface Known {
  readonly requests: Remembered<string>;
  readonly subscriptions: Remembered<{ topic: string; id: string }>;
  readonly registrations: Remembered<string>;
}

/** Where a message has its request, its subject and its arguments; those that are not here have none. */
interface Layout {
  readonly request?: number;
  readonly uri?: number;
  readonly args?: number;
  readonly step?: PairStep['step'];
}

const LAYOUTS: Readonly<Record<string, Layout>> = {
  HELLO: { uri: 1 },
  ABORT: { uri: 2 },
  GOODBYE: { uri: 2 },
  ERROR: { request: 2, uri: 4, args: 5, step: 'fail' },
  PUBLISH: { request: 1, uri: 3, args: 4, step: 'ask' },
  PUBLISHED: { request: 1, step: 'answer' },
  SUBSCRIBE: { request: 1, uri: 3, step: 'subscribe' },
  SUBSCRIBED: { request: 1, step: 'answer' },
  UNSUBSCRIBE: { request: 1 },
  UNSUBSCRIBED: { request: 1 },
  EVENT: { args: 4, step: 'next' },
  CALL: { request: 1, uri: 3, args: 4, step: 'ask' },
  CANCEL: { request: 1, step: 'cancel' },
  RESULT: { request: 1, args: 3, step: 'answer' },
  REGISTER: { request: 1, uri: 3, step: 'ask' },
  REGISTERED: { request: 1, step: 'answer' },
  UNREGISTER: { request: 1, step: 'ask' },
  UNREGISTERED: { request: 1, step: 'answer' },
  INVOCATION: { request: 1, args: 4, step: 'ask' },
  INTERRUPT: { request: 1, step: 'cancel' },
  YIELD: { request: 1, args: 3, step: 'answer' },
};
const ANSWERS = [
  'ERROR',
  'PUBLISHED',
  'SUBSCRIBED',
  'RESULT',
  'REGISTERED',
  'UNREGISTERED',
  'YIELD',
];
const DATA = ['PUBLISH', 'EVENT', 'CALL', 'RESULT', 'INVOCATION', 'YIELD', 'ERROR'];

/** The basic profile of WAMP, in JSON, MessagePack and CBOR; of the advanced one progressive results. */
export const wampCodec: Codec = {
  createReader: (carrier) => {
    const known: Known = {
      requests: createRemembered(),
      subscriptions: createRemembered(),
      registrations: createRemembered(),
    };
    return {
      read: ({ payload, direction }) => {
        const data = dataOf(payload, carrier);
        const list = data !== undefined && isList(data) ? data : [];
        const name = typeof list[0] === 'number' ? WAMP_NAMES.get(list[0]) : undefined;
        return name === undefined
          ? failed('wamp', 0, 'a list that begins with a message type was expected')
          : onePart(partOf(list, name, direction, known));
      },
    };
  },
};

function dataOf(payload: WireMessage['payload'], { subprotocol }: Carrier): Data | undefined {
  if (typeof payload === 'string') return dataOfJson(payload);
  const isCbor = subprotocol?.endsWith('cbor') === true;
  return (isCbor ? readCbor(payload) : readMsgpack(payload)).values[0];
}

const word = (data: Data | undefined): string | undefined => {
  if (typeof data === 'string') return data;
  return typeof data === 'number' || typeof data === 'bigint' ? String(data) : undefined;
};

function partOf(list: readonly Data[], name: string, direction: Direction, known: Known): Part {
  const { request, uri, args } = LAYOUTS[name] ?? {};
  const id = request === undefined ? undefined : word(list[request]);
  const asker = ANSWERS.includes(name) ? otherSide(direction) : direction;
  const error = name === 'ERROR' && uri !== undefined ? word(list[uri]) : undefined;
  const own = error === undefined && uri !== undefined ? word(list[uri]) : undefined;
  const subject = own ?? subjectOf(list, name, `${asker} ${id ?? ''}`, known);
  const pair = pairOf(list, name, id, asker, known);
  remember(list, name, subject, id, asker, known);
  const content = args === undefined ? undefined : contentOf(list[args], list[args + 1]);
  const isCall = ['PUBLISH', 'EVENT', 'CALL', 'INVOCATION'].includes(name);
  return {
    kind: subject === undefined ? name : isCall ? subject : `${name} ${subject}`,
    ...(pair !== undefined && { pair }),
    ...(!DATA.includes(name) && { isControl: true }),
    layers: [
      {
        protocol: 'wamp',
        summary: `${name}${subject === undefined ? '' : ` ${quoted(subject)}`}${error === undefined ? '' : `: ${quoted(error)}`}`,
        fields: fieldsOf({ type: name, request: id, subject, error }),
        ...(content !== undefined && { content }),
      },
    ],
  };
}

function subjectOf(
  list: readonly Data[],
  name: string,
  request: string,
  known: Known,
): string | undefined {
  if (name === 'EVENT') return known.subscriptions.get(word(list[1]) ?? '')?.topic;
  if (name === 'INVOCATION') return known.registrations.get(word(list[2]) ?? '');
  return known.requests.get(request);
}

function remember(
  list: readonly Data[],
  name: string,
  subject: string | undefined,
  id: string | undefined,
  asker: Direction,
  { requests, subscriptions, registrations }: Known,
): void {
  if (id === undefined || subject === undefined) return;
  const key = word(list[2]) ?? '';
  if (name === 'SUBSCRIBED') subscriptions.set(key, { topic: subject, id });
  else if (name === 'REGISTERED') registrations.set(key, subject);
  else if (!ANSWERS.includes(name)) requests.set(`${asker} ${id}`, subject);
}

function pairOf(
  list: readonly Data[],
  name: string,
  id: string | undefined,
  asker: Direction,
  { subscriptions }: Known,
): PairStep | undefined {
  const { step } = LAYOUTS[name] ?? {};
  if (name === 'EVENT') {
    const subscription = subscriptions.get(word(list[1]) ?? '');
    return subscription === undefined ? undefined : pairStep('next', subscription.id, 'sent');
  }
  if (name === 'UNSUBSCRIBE') {
    const subscription = subscriptions.take(word(list[2]) ?? '');
    return subscription === undefined ? undefined : pairStep('cancel', subscription.id, 'sent');
  }
  if (id === undefined || step === undefined) return undefined;
  // Without this option a publication is never acknowledged.
  if (name === 'PUBLISH' && !isSet(list[2], 'acknowledge')) return undefined;
  const isPart = (name === 'RESULT' || name === 'YIELD') && isSet(list[2], 'progress');
  return pairStep(isPart ? 'next' : step, id, asker);
}

const isSet = (options: Data | undefined, name: string): boolean =>
  options !== undefined &&
  options !== null &&
  isMap(options) &&
  options.entries.some(([key, value]) => key === name && value === true);

/** Positional arguments alone stand for themselves. */
function contentOf(args: Data | undefined, named: Data | undefined): Content | undefined {
  if (args === undefined) return undefined;
  if (named === undefined) return { as: 'data', data: args };
  return { as: 'data', data: fieldsOf({ arguments: args, named }) };
}
