import type { Bytes, Milliseconds } from '../core/units.ts';

/** Every address of the lab that carries messages. */
export const LAB_ENDPOINTS = [
  '/ws/feed',
  '/ws/echo',
  '/ws/sink',
  '/sse/feed',
  '/sse/sequence',
  '/stream/feed',
  '/long-poll/feed',
  '/poll/feed',
] as const;
export type LabEndpoint = (typeof LAB_ENDPOINTS)[number];

/** What one connection was asked to suffer, read from its query. */
export interface Faults {
  /** A label for people and tests; it also tells two connections of one key apart. */
  readonly name: string;
  /** One client's story: its feed runs on while it is away, its tries are counted. */
  readonly key: string | null;
  readonly seed: number;
  /** Messages per second. */
  readonly rate: number;
  /** The feed falls silent after this message; connections stay open. */
  readonly count: number | null;
  /** Padding in every message. */
  readonly size: Bytes;
  /** Padding in the feed's first message. */
  readonly huge: Bytes;
  /** So many messages at once, then a pause that keeps the rate. */
  readonly burst: number;
  /** The page has seen the messages up to here; EventSource says it with Last-Event-ID. */
  readonly after: number | null;
  /** Whether the server honours `after` and Last-Event-ID. */
  readonly resume: boolean;
  /** Cut the TCP connection after n messages, without any farewell. */
  readonly dropAfter: number | null;
  /** Close in good order after n messages. */
  readonly closeAfter: number | null;
  readonly code: number;
  readonly reason: string;
  /** After n messages neither answer nor send nor close. */
  readonly halfOpen: number | null;
  /** Refuse the first n tries of this key. */
  readonly refuse: number;
  readonly refuseStatus: number;
  /** Always answer with this HTTP status and nothing else. */
  readonly status: number | null;
  /** Delay of the opening handshake, or of the response's head. */
  readonly slow: Milliseconds;
  /** The event stream's `retry:` field. */
  readonly retry: Milliseconds | null;
  /** Whether events carry an `id:` field. */
  readonly ids: boolean;
  /** Event types in turn; empty means the default type `message`. */
  readonly events: readonly string[];
  /** Time between comments that keep the event stream alive. */
  readonly comments: Milliseconds | null;
  /** The sequence also holds one event of a type that no page listens to. */
  readonly unheard: boolean;
  readonly binary: boolean;
  /** Time between pings that are messages of the application, not of the protocol. */
  readonly heartbeat: Milliseconds | null;
  /** The one subprotocol that the server is willing to choose. */
  readonly subprotocol: string | null;
  readonly format: 'ndjson' | 'event-stream';
  /** How long a long poll is held before it is answered empty. */
  readonly wait: Milliseconds;
}

export type FaultName = keyof Faults;

const ANY: readonly FaultName[] = ['name', 'key', 'status', 'slow', 'refuse', 'refuseStatus'];
const FEED: readonly FaultName[] = ['seed', 'rate', 'count', 'size', 'huge', 'burst', 'resume'];
const END: readonly FaultName[] = ['dropAfter', 'closeAfter', 'halfOpen'];
const SOCKET: readonly FaultName[] = [...END, 'code', 'reason', 'heartbeat', 'subprotocol'];
const EVENTS: readonly FaultName[] = ['retry', 'ids', 'events', 'comments'];
const POLL: readonly FaultName[] = ANY.concat(FEED, 'after');

/** Which parameters mean something where; any other is an error, so that a typo never passes. */
export const PARAMETERS: Readonly<Record<LabEndpoint, readonly FaultName[]>> = {
  '/ws/feed': ANY.concat(FEED, SOCKET, 'after', 'binary'),
  '/ws/echo': ANY.concat(SOCKET),
  '/ws/sink': ANY.concat(SOCKET),
  '/sse/feed': ANY.concat(FEED, END, EVENTS),
  '/sse/sequence': ANY.concat('retry', 'comments', 'unheard'),
  '/stream/feed': ANY.concat(FEED, END, EVENTS, 'after', 'format'),
  '/long-poll/feed': POLL.concat('wait'),
  '/poll/feed': POLL,
};

export type ParsedFaults =
  | { readonly ok: true; readonly faults: Faults }
  | { readonly ok: false; readonly problems: readonly string[] };

export function isLabEndpoint(path: string): path is LabEndpoint {
  return (LAB_ENDPOINTS as readonly string[]).includes(path);
}

/** Reads a query; either everything in it is understood, or the answer says in words what is not. */
export function parseFaults(endpoint: LabEndpoint, query: URLSearchParams): ParsedFaults {
  const problems = strangers(endpoint, query);

  function integer<T>(name: FaultName, min: number, max: number, fallback: T): number | T {
    const text = query.get(name);
    if (text === null) return fallback;
    const value = /^\d{1,9}$/u.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    problems.push(`${name} must be a whole number from ${min} to ${max}, not "${text}"`);
    return fallback;
  }

  function flag(name: FaultName, fallback: boolean): boolean {
    const text = query.get(name);
    if (text === '1' || text === '0') return text === '1';
    if (text !== null) problems.push(`${name} must be 1 or 0, not "${text}"`);
    return fallback;
  }

  function text<T>(name: FaultName, pattern: RegExp, rule: string, fallback: T): string | T {
    const value = query.get(name);
    if (value === null) return fallback;
    if (pattern.test(value)) return value;
    problems.push(`${name} must be ${rule}, not "${value}"`);
    return fallback;
  }

  function rate(): number {
    const value = Number(query.get('rate') ?? 5);
    if (value >= 0.01 && value <= 100_000) return value;
    problems.push(`rate must be messages per second, from 0.01 to 100000`);
    return 5;
  }

  const faults: Faults = {
    name: query.get('name') ?? '',
    key: text('key', /^[\w.-]{1,80}$/u, 'letters, digits, _ . or -', null),
    seed: integer('seed', 0, 999_999_999, 1),
    rate: rate(),
    count: integer('count', 0, 10_000_000, null),
    size: integer('size', 0, 16_777_216, 0),
    huge: integer('huge', 0, 67_108_864, 0),
    burst: integer('burst', 1, 1_000_000, 1),
    after: integer('after', 0, 999_999_999, null),
    resume: flag('resume', true),
    dropAfter: integer('dropAfter', 0, 10_000_000, null),
    closeAfter: integer('closeAfter', 0, 10_000_000, null),
    code: integer('code', 1000, 4999, 1000),
    reason: query.get('reason') ?? '',
    halfOpen: integer('halfOpen', 0, 10_000_000, null),
    refuse: integer('refuse', 0, 1000, 0),
    refuseStatus: integer('refuseStatus', 200, 599, 503),
    status: integer('status', 200, 599, null),
    slow: integer('slow', 0, 120_000, 0),
    retry: integer('retry', 0, 600_000, null),
    ids: flag('ids', true),
    events: text('events', /^[^\s,]+(,[^\s,]+)*$/u, 'event types with commas', '')
      .split(',')
      .filter((type) => type !== ''),
    comments: integer('comments', 10, 600_000, null),
    unheard: flag('unheard', false),
    binary: flag('binary', false),
    heartbeat: integer('heartbeat', 10, 600_000, null),
    subprotocol: text('subprotocol', /^[\w.+-]+$/u, 'a token (RFC 6455 section 4.1)', null),
    format:
      text('format', /^(ndjson|event-stream)$/u, 'ndjson or event-stream', '') === 'event-stream'
        ? 'event-stream'
        : 'ndjson',
    wait: integer('wait', 0, 120_000, 20_000),
  };
  problems.push(...contradictions(faults, query));
  return problems.length === 0 ? { ok: true, faults } : { ok: false, problems };
}

function strangers(endpoint: LabEndpoint, query: URLSearchParams): string[] {
  const allowed: readonly string[] = PARAMETERS[endpoint];
  const elsewhere = new Set<string>(Object.values(PARAMETERS).flat());
  return [...new Set(query.keys())].flatMap((name) => {
    if (query.getAll(name).length > 1) return [`${name} is given more than once`];
    if (allowed.includes(name)) return [];
    return elsewhere.has(name)
      ? [`${name} means nothing for ${endpoint}`]
      : [`${name} is unknown; ${endpoint} knows ${allowed.join(', ')}`];
  });
}

function contradictions(faults: Faults, query: URLSearchParams): string[] {
  const found: string[] = [];
  const says = (name: FaultName): boolean => query.has(name);
  if ((says('code') || says('reason')) && !says('closeAfter')) {
    found.push('code and reason need closeAfter');
  }
  if (says('code') && !isSendableCloseCode(faults.code)) {
    found.push(`code ${faults.code} must not be sent in a Close frame (RFC 6455 section 7.4)`);
  }
  if (new TextEncoder().encode(faults.reason).length > 123) {
    found.push('reason must not be longer than 123 bytes (RFC 6455 section 5.5)');
  }
  if (faults.refuse > 0 && faults.key === null) {
    found.push('refuse needs key, because tries are counted for each key');
  }
  if (says('refuseStatus') && !says('refuse')) found.push('refuseStatus needs refuse');
  if (endsOf(faults).length > 1) {
    found.push('dropAfter, closeAfter and halfOpen exclude each other');
  }
  return found;
}

function endsOf(faults: Faults): number[] {
  return [faults.dropAfter, faults.closeAfter, faults.halfOpen].filter((end) => end !== null);
}

function isSendableCloseCode(code: number): boolean {
  if (code >= 3000) return code <= 4999;
  return code <= 1014 && ![1004, 1005, 1006].includes(code);
}
