import type {
  ConnectionCreated,
  ConnectionEnded,
  ConnectionOpened,
  ConstructorName,
  DataType,
  EventStreamNoted,
  Fact,
  HandshakeLogged,
  LinkDecision,
  MessageFact,
  SessionHeader,
  Transport,
} from '../../src/core/facts.ts';
import type { DrillStepName, DrillStepped } from '../../src/core/drill/drill-facts.ts';
import { createSession, type Session } from '../../src/core/session.ts';
import { utf8Length } from '../../src/core/utf8-length.ts';

export const A_HEADER: SessionHeader = {
  url: 'https://shop.test/',
  startedAt: Date.UTC(2026, 10, 20, 10),
  browser: 'Chromium 156.0',
};

type MessageOptions = Partial<
  Pick<
    MessageFact,
    | 'early'
    | 'discarded'
    | 'eventType'
    | 'lastEventId'
    | 'byteLength'
    | 'payloadState'
    | 'unterminated'
    | 'source'
  >
> & { dataType?: DataType; payload?: null };

/** Facts told like a story: every step is one millisecond after the one before. */
export interface SessionBuilder {
  after: (milliseconds: number) => SessionBuilder;
  /** A document; the first is the top one. What follows belongs to it. */
  frame: (url?: string) => SessionBuilder;
  removesFrame: () => SessionBuilder;
  websocket: (
    url: string,
    options?: { requestedSubprotocols?: string[]; initiator?: string },
  ) => SessionBuilder;
  eventsource: (url: string) => SessionBuilder;
  /** A request that amounts to real-time traffic. */
  request: (
    url: string,
    transport: Transport,
    options?: Partial<
      Pick<ConnectionCreated, 'method' | 'requestHeaders' | 'continues' | 'link' | 'initiator'>
    >,
  ) => SessionBuilder;
  /** The same EventSource object tries again. */
  reconnects: () => SessionBuilder;
  /** What follows belongs to this connection, counted from 1. */
  on: (connection: number) => SessionBuilder;
  opens: (chosen?: Omit<ConnectionOpened, 'kind' | 'connection' | 'at'>) => SessionBuilder;
  logged: (told: Omit<HandshakeLogged, 'kind' | 'connection' | 'at'>) => SessionBuilder;
  notes: (noted: Omit<EventStreamNoted, 'kind' | 'connection' | 'at'>) => SessionBuilder;
  setsAside: (isSetAside?: boolean) => SessionBuilder;
  /** The user says where the connection belongs. */
  decides: (decision: LinkDecision, before?: number) => SessionBuilder;
  sends: (data: string | Uint8Array, options?: MessageOptions) => SessionBuilder;
  receives: (data: string | Uint8Array, options?: MessageOptions) => SessionBuilder;
  drops: (sent: number, received: number, bytesEach?: number) => SessionBuilder;
  /** Connections of the frame that nobody knows any more. */
  dropsConnections: (connections: number, requests: number) => SessionBuilder;
  /** The frame is hidden or shown; the browser is offline or online. */
  hides: (isHidden?: boolean) => SessionBuilder;
  goesOffline: (isOffline?: boolean) => SessionBuilder;
  /** Active mode: on, a step on the connection, off. */
  drills: (seed?: number) => SessionBuilder;
  drillStep: (step: DrillStepName, more?: Partial<DrillStepped>) => SessionBuilder;
  endsDrill: () => SessionBuilder;
  closing: (closeCode?: number, closeReason?: string) => SessionBuilder;
  /** So much waits to be sent. */
  buffers: (bufferedAmount: number) => SessionBuilder;
  errors: () => SessionBuilder;
  ends: (end: Omit<ConnectionEnded, 'kind' | 'connection' | 'at'>) => SessionBuilder;
  tapFails: (message: string) => SessionBuilder;
  /** The page has its own in the place of a constructor. */
  replaces: (name: ConstructorName) => SessionBuilder;
  /** A request beside a stream of the frame. */
  posts: (origin: string, byteLength: number, method?: string) => SessionBuilder;
  facts: () => Fact[];
  build: () => Session;
}

export function aSession(header: SessionHeader = A_HEADER): SessionBuilder {
  const facts: Fact[] = [];
  const created = new Map<number, { url: string; transport: Transport }>();
  let at = -1;
  let frame = 0;
  let connection = 0;

  function tick(): number {
    at += 1;
    return at;
  }

  function add(fact: Fact): SessionBuilder {
    facts.push(fact);
    return builder;
  }

  function create(url: string, transport: Transport, more: object = {}): SessionBuilder {
    connection = created.size + 1;
    created.set(connection, { url, transport });
    const place = { connection, frame, at: tick() };
    return add({ kind: 'connection-created', ...place, transport, url, source: 'page', ...more });
  }

  function message(
    direction: 'sent' | 'received',
    data: string | Uint8Array,
    options: MessageOptions = {},
  ): SessionBuilder {
    const isText = typeof data === 'string';
    return add({
      kind: 'message',
      connection,
      at: tick(),
      direction,
      dataType: isText ? 'string' : 'arraybuffer',
      byteLength: isText ? utf8Length(data) : data.length,
      payload: data,
      payloadState: 'whole',
      ...options,
    });
  }

  const builder: SessionBuilder = {
    after: (milliseconds) => {
      at += milliseconds - 1;
      return builder;
    },
    frame: (url = 'https://shop.test/') => {
      frame += 1;
      const frameKind = frame === 1 ? 'top' : 'iframe';
      return add({ kind: 'frame-added', frame, at: tick(), url, frameKind });
    },
    removesFrame: () => add({ kind: 'frame-removed', frame, at: tick() }),
    websocket: (url, options) => create(url, 'websocket', options),
    eventsource: (url) => create(url, 'eventsource'),
    request: create,
    reconnects: () => {
      const { url, transport } = created.get(connection) ?? { url: '', transport: 'eventsource' };
      return create(url, transport, { continues: connection });
    },
    on: (id) => {
      connection = id;
      return builder;
    },
    opens: (chosen) => add({ kind: 'connection-opened', connection, at: tick(), ...chosen }),
    logged: (told) => add({ kind: 'handshake-logged', connection, at: tick(), ...told }),
    notes: (noted) => add({ kind: 'event-stream-noted', connection, at: tick(), ...noted }),
    setsAside: (isSetAside = true) =>
      add({ kind: 'channel-set-aside', connection, at: tick(), isSetAside }),
    decides: (decision, before) =>
      add({
        kind: 'link-decided',
        connection,
        at: tick(),
        decision,
        ...(before !== undefined && { before }),
      }),
    sends: (data, options) => message('sent', data, options),
    receives: (data, options) => message('received', data, options),
    drops: (sent, received, bytesEach = 10) =>
      add({
        kind: 'messages-dropped',
        connection,
        at: tick(),
        sent: { messages: sent, bytes: sent * bytesEach },
        received: { messages: received, bytes: received * bytesEach },
        where: 'history',
      }),
    dropsConnections: (connections, requests) =>
      add({
        kind: 'connections-dropped',
        frame,
        at: tick(),
        connections,
        requests,
        sent: { messages: 0, bytes: 0 },
        received: { messages: connections, bytes: 100 * connections },
      }),
    closing: (closeCode, closeReason) =>
      add({
        kind: 'connection-closing',
        connection,
        at: tick(),
        ...(closeCode !== undefined && { closeCode }),
        ...(closeReason !== undefined && { closeReason }),
      }),
    buffers: (bufferedAmount) =>
      add({ kind: 'send-buffer-grew', connection, at: tick(), bufferedAmount }),
    errors: () => add({ kind: 'connection-errored', connection, at: tick() }),
    drills: (seed = 1) => add({ kind: 'drill-started', connection, at: tick(), seed }),
    drillStep: (step, more) => add({ kind: 'drill-step', connection, at: tick(), step, ...more }),
    endsDrill: () => add({ kind: 'drill-ended', connection, at: tick() }),
    ends: (end) => add({ kind: 'connection-ended', connection, at: tick(), ...end }),
    hides: (isHidden = true) => add({ kind: 'visibility-changed', frame, at: tick(), isHidden }),
    goesOffline: (isOffline = true) =>
      add({ kind: 'online-changed', frame, at: tick(), isOnline: !isOffline }),
    tapFails: (text) => add({ kind: 'tap-failed', frame, at: tick(), message: text }),
    replaces: (name) => add({ kind: 'constructor-replaced', frame, at: tick(), name }),
    posts: (origin, byteLength, method = 'POST') =>
      add({ kind: 'request-noted', frame, at: tick(), method, origin, byteLength }),
    facts: () => facts,
    build: () => sessionOf(facts, header),
  };
  return builder;
}

export function sessionOf(facts: Iterable<Fact>, header: SessionHeader = A_HEADER): Session {
  const session = createSession(header);
  for (const fact of facts) session.ingest(fact);
  return session;
}
