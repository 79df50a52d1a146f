import type { Content } from '../core/decoded/decoded.ts';
import { contentOf, wordOf } from './json-content.ts';
import { isRecord, readJsonList, readJsonObject } from './json-parts.ts';

/** A message of a channel, whichever serializer wrote it. */
export interface PhoenixMessage {
  readonly joinRef: string | undefined;
  readonly ref: string | undefined;
  readonly topic: string;
  readonly event: string;
  /** Supabase: what is broadcast has a name of its own, and may have metadata. */
  readonly userEvent?: string | undefined;
  readonly metadata?: string | undefined;
  readonly content: Content | undefined;
  /** Of a reply: `ok` or `error`. */
  readonly status: string | undefined;
  /** Of a reply: the names in what it answers with. */
  readonly answers: readonly string[];
}

export function readPhoenixText(text: string): PhoenixMessage | undefined {
  const list = readJsonList(text);
  if (list !== undefined) {
    const [joinRef, ref, topic, event, payload] = list.value;
    const slice = list.slice(4);
    if (typeof topic !== 'string' || typeof event !== 'string' || slice === undefined)
      return undefined;
    const content: Content = { as: 'json', text: slice };
    return {
      joinRef: wordOf(joinRef),
      ref: wordOf(ref),
      topic,
      event,
      content,
      ...aboutPayload(event, payload),
    };
  }
  const object = readJsonObject(text);
  if (object === undefined) return undefined;
  const { topic, event, ref, payload, join_ref: joinRef } = object.value;
  if (typeof topic !== 'string' || typeof event !== 'string') return undefined;
  const content = contentOf(object, 'payload');
  return {
    joinRef: wordOf(joinRef),
    ref: wordOf(ref),
    topic,
    event,
    content,
    ...aboutPayload(event, payload),
  };
}

const BROADCAST = 'broadcast';

function aboutPayload(
  event: string,
  payload: unknown,
): Pick<PhoenixMessage, 'status' | 'answers' | 'userEvent'> {
  const nothing = { status: undefined, answers: [] };
  if (!isRecord(payload)) return nothing;
  if (event === BROADCAST && typeof payload['event'] === 'string') {
    return { ...nothing, userEvent: payload['event'] };
  }
  if (event !== 'phx_reply') return nothing;
  const { status, response } = payload;
  return {
    status: typeof status === 'string' ? status : undefined,
    answers: isRecord(response) ? Object.keys(response) : [],
  };
}

interface BinaryKind {
  /** The names that follow, in the order of their lengths. */
  readonly names: readonly BinaryName[];
  /** Supabase: a byte after the lengths says whether the rest is JSON. */
  readonly hasEncoding?: true;
}
type BinaryName = 'joinRef' | 'ref' | 'topic' | 'event' | 'status' | 'userEvent' | 'metadata';

/** Kinds of the binary serializers: 0 to 2 Phoenix's, 3 and 4 Supabase's broadcasts. */
const BINARY: Readonly<Record<number, BinaryKind>> = {
  0: { names: ['joinRef', 'ref', 'topic', 'event'] },
  1: { names: ['joinRef', 'ref', 'topic', 'status'] },
  2: { names: ['topic', 'event'] },
  3: { names: ['joinRef', 'ref', 'topic', 'userEvent', 'metadata'], hasEncoding: true },
  4: { names: ['topic', 'userEvent', 'metadata'], hasEncoding: true },
};
const JSON_ENCODING = 1;

/** A push of the client has all four names, a server's has no ref of its own. */
export function readPhoenixBytes(
  bytes: Uint8Array,
  isFromServer: boolean,
): PhoenixMessage | undefined {
  const kind = bytes[0] ?? -1;
  const binary = BINARY[kind];
  if (binary === undefined) return undefined;
  const isPushed = kind === 0 && isFromServer;
  const names = isPushed ? binary.names.filter((name) => name !== 'ref') : binary.names;
  const encoding = binary.hasEncoding === true ? bytes[1 + names.length] : undefined;
  let at = 1 + names.length + (binary.hasEncoding === true ? 1 : 0);
  const read: Partial<Record<BinaryName, string>> = {};
  for (const [index, name] of names.entries()) {
    const end = at + (bytes[1 + index] ?? 0);
    if (end > bytes.length) return undefined;
    read[name] = decode(bytes.subarray(at, end));
    at = end;
  }
  const { joinRef = '', ref = '', topic = '', event, status, userEvent, metadata = '' } = read;
  const rest = bytes.subarray(at);
  return {
    joinRef: joinRef === '' ? undefined : joinRef,
    ref: ref === '' ? undefined : ref,
    topic,
    event: event ?? (userEvent === undefined ? 'phx_reply' : BROADCAST),
    userEvent,
    metadata: metadata === '' ? undefined : metadata,
    status,
    answers: [],
    content:
      rest.length === 0
        ? undefined
        : { as: 'payload', payload: encoding === JSON_ENCODING ? decode(rest) : rest },
  };
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
