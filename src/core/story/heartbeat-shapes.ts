import type { Connection } from '../channel.ts';
import type { MessageFact, Payload } from '../facts.ts';

/** What a message is among heartbeats. */
export interface HeartbeatShape {
  /** The name of the kind; a beat and its answer have the same. */
  kind: string;
  /** `either`: both sides send the same, and who begins is to be seen. */
  role: 'beat' | 'answer' | 'either';
}

/** Longer messages carry more than “I am still here”. */
const LONGEST = 200;

/** What a heartbeat is called depends on who speaks. */
type Speaker = Pick<Connection, 'url' | 'transport'> & { subprotocol: string | undefined };

/** The heartbeat that a message is by its shape alone; most messages are none, and cost a look at their length. */
export function heartbeatShape(
  message: MessageFact,
  connection: Speaker,
): HeartbeatShape | undefined {
  const { payload, byteLength, eventType } = message;
  if (eventType !== undefined && EVENT_NAMES.test(eventType)) {
    return { kind: `event “${eventType}”`, role: 'beat' };
  }
  if (payload === null || byteLength > LONGEST) return undefined;
  if (typeof payload !== 'string') return binaryShape(payload);
  if (payload === '') {
    return connection.transport === 'websocket'
      ? { kind: 'empty message', role: 'either' }
      : undefined;
  }
  return textShape(payload, connection);
}

const EVENT_NAMES = /^(?:ping|heartbeat|heart-beat|keep-?alive|hb)$/iu;
const ENGINE_IO = /[?&]EIO=\d/u;

function textShape(text: string, { url, subprotocol }: Speaker): HeartbeatShape | undefined {
  if (text.length <= 2) {
    if (ENGINE_IO.test(url)) return engineIoShape(text, url);
    if (text === '\n' || text === '\r\n') return { kind: 'STOMP newline', role: 'beat' };
    if (text === 'h') return { kind: 'SockJS heartbeat', role: 'beat' };
    if (text === '{}') return { kind: 'empty object', role: 'either' };
    return undefined;
  }
  const word = WORDS.exec(text)?.[1];
  if (word !== undefined) return named(word, 'text');
  // SockJS wraps what a library sends in an array of texts.
  if (text === '["\\n"]' || text === 'a["\\n"]') return { kind: 'STOMP newline', role: 'beat' };
  return text.startsWith('{') || text.startsWith('[') ? jsonShape(text, subprotocol) : undefined;
}

/** Engine.IO 4: the server begins; Engine.IO 3: the page does. */
function engineIoShape(text: string, url: string): HeartbeatShape | undefined {
  if (text !== '2' && text !== '3') return undefined;
  return {
    kind: /[?&]EIO=3(?:&|$)/u.test(url) ? 'engine.io 3 ping' : 'engine.io ping',
    role: text === '2' ? 'beat' : 'answer',
  };
}

const WORDS = /^\s*"?(ping|pong|heartbeat|heartbeat_ack|keep-?alive|ka|hb)"?\s*$/iu;
/** Phoenix, versions 2 and 1 of its serializer. */
const PHOENIX_ARRAY = /^\[(?:null|"\d+"),"\d+","phoenix","(heartbeat|phx_reply)"/u;
const SIGNALR = /^\{"type":6\}\W?$/u;
const TYPED =
  /^\{[^{}[\]]*"(?:type|op|event|action|msg|kind|cmd|method|t|name)"\s*:\s*"(?:pusher:|system:)?(ping|pong|heartbeat|heartbeat_ack|keep-?alive|ka|hb)"/iu;
const KEYED = /^\{\s*"(ping|pong|heartbeat)"\s*:\s*[^{}[\]]*\}$/iu;
const JSON_ARRAY = /^\[\s*"(ping|pong|heartbeat)"\s*(?:,[^{}[\]]*)?\]$/iu;

function jsonShape(text: string, subprotocol: string | undefined): HeartbeatShape | undefined {
  const phoenix =
    PHOENIX_ARRAY.exec(text)?.[1] ??
    (text.includes('"topic":"phoenix"')
      ? /"event":"(heartbeat|phx_reply)"/u.exec(text)?.[1]
      : undefined);
  if (phoenix !== undefined) {
    return { kind: 'phoenix heartbeat', role: phoenix === 'heartbeat' ? 'beat' : 'answer' };
  }
  if (SIGNALR.test(text)) return { kind: 'signalr ping', role: 'beat' };
  const word = (TYPED.exec(text) ?? KEYED.exec(text) ?? JSON_ARRAY.exec(text))?.[1];
  if (word === undefined) return undefined;
  if (subprotocol === 'graphql-transport-ws') return named(word, 'graphql-ws');
  if (subprotocol === 'graphql-ws') return named(word, 'subscriptions-transport-ws');
  if (subprotocol?.startsWith('actioncable') === true) return named(word, 'actioncable');
  return named(word, 'json');
}

function named(word: string, of: string): HeartbeatShape {
  const lower = word.toLowerCase();
  if (lower === 'pong') return { kind: `${of} ping`, role: 'answer' };
  if (lower === 'heartbeat_ack') return { kind: `${of} heartbeat`, role: 'answer' };
  return { kind: `${of} ${lower}`, role: lower === 'ping' ? 'beat' : 'either' };
}

/** MQTT 3.1.1 sections 3.12 and 3.13; SignalR's hub protocol in MessagePack, with its length in front. */
function binaryShape(bytes: Exclude<Payload, string>): HeartbeatShape | undefined {
  const [first, second, third] = bytes;
  if (bytes.length === 0) return { kind: 'empty message', role: 'either' };
  if (bytes.length === 2 && second === 0) {
    if (first === 0xc0) return { kind: 'mqtt ping', role: 'beat' };
    if (first === 0xd0) return { kind: 'mqtt ping', role: 'answer' };
  }
  if (bytes.length === 3 && first === 2 && second === 0x91 && third === 6) {
    return { kind: 'signalr ping', role: 'beat' };
  }
  return bytes.length === 1 && first === 10 ? { kind: 'STOMP newline', role: 'beat' } : undefined;
}
