import type { MessageFact } from '../facts.ts';
import { bodyKindOf, headerOf, mimeTypeOf } from '../http/content-type.ts';
import type { RequestFact, SortedFact } from '../http/request.ts';
import { createSorter } from '../http/sorter.ts';
import type { EpochMilliseconds } from '../units.ts';
import { utf8Length } from '../utf8-length.ts';
import type { Answer, AskedRequest, NetworkEvent } from './network-event.ts';
import { createWorkerHome, type WorkerHomeOptions } from './worker-home.ts';

/** Turns what a debugger tells of one shared or service worker into facts of the session. */
export interface WorkerWitness {
  /** @param now wall time, for events that have no time of their own */
  hear: (event: NetworkEvent, now: EpochMilliseconds) => void;
  /** The worker is gone, or nobody listens to it any more. */
  end: (now: EpochMilliseconds) => void;
}

export interface WorkerWitnessOptions extends WorkerHomeOptions {
  /** Asks for the bytes of a response while they come. @returns those that were there already */
  streamContent: (id: string) => Promise<Uint8Array>;
}

/**
 * Stands for the address of a connection that is older than the debugger: it tells of its messages, but not where it
 * goes. A name that never resolves (RFC 2606).
 */
const UNKNOWN_URL = 'unknown.invalid/';

/** What is known of one connection, from its first event to its last. */
interface Known {
  /** The number under which it is told of. */
  readonly n: number;
  readonly transport: 'websocket' | 'eventsource' | 'request';
  /** A WebSocket that has no time yet: its creation is told without one. */
  created?: { url: string; initiator?: string };
  answer?: Answer;
  /** Settles when the content of a response comes along, or never will. */
  asked?: Promise<void>;
  isAsking: boolean;
  isOver: boolean;
  /** Came while the content was asked for; it comes again with the answer, or not at all. */
  bytesBefore: number;
}

export function createWorkerWitness(options: WorkerWitnessOptions): WorkerWitness {
  const home = createWorkerHome(options);
  const byId = new Map<string, Known>();
  const requests = new Map<number, Known>();
  let count = 0;
  /** From the browser's monotonic clock to the wall. */
  let offset: number | undefined;
  const sorter = createSorter((fact) => {
    takeSorted(fact);
  });

  function takeSorted({ connection: n, ...fact }: SortedFact): void {
    if (fact.kind !== 'connection-created') {
      home.tell(n, fact.kind === 'message' ? { ...fact, source: 'network-log' } : fact);
      return;
    }
    const { continues, ...created } = fact;
    home.introduce(n, created, continues);
    const answer = requests.get(n)?.answer;
    if (answer !== undefined) describe(n, answer, created.at);
  }

  function know(id: string, transport: Known['transport']): Known {
    count += 1;
    const known: Known = { n: count, transport, isAsking: false, isOver: false, bytesBefore: 0 };
    byId.set(id, known);
    if (transport === 'request') requests.set(known.n, known);
    return known;
  }

  /** A connection that is older than the debugger. */
  function meet(id: string, transport: 'websocket' | 'eventsource', at: number): Known {
    const known = know(id, transport);
    const url = `${transport === 'websocket' ? 'ws' : 'http'}://${UNKNOWN_URL}`;
    home.introduce(known.n, { kind: 'connection-created', at, transport, url, early: true });
    home.tell(known.n, { kind: 'connection-opened', at });
    return known;
  }

  /** With the time of the first event that has one. */
  function introduceSocket(known: Known, at: EpochMilliseconds, subprotocols = ''): void {
    const { n, created } = known;
    if (created === undefined) return;
    delete known.created;
    home.introduce(n, {
      ...created,
      kind: 'connection-created',
      at,
      transport: 'websocket',
      ...(subprotocols !== '' && { requestedSubprotocols: subprotocols.split(/,\s*/u) }),
    });
  }

  function ask(id: string, request: AskedRequest, at: EpochMilliseconds): void {
    const { api, url, method, headers, body, script } = request;
    const created = {
      kind: 'connection-created' as const,
      at,
      url,
      ...(script !== undefined && { initiator: script }),
    };
    // A redirect is told as the same request again.
    if (byId.has(id)) return;
    if (api === 'eventsource') {
      home.introduce(know(id, api).n, { ...created, transport: api });
    } else if (api === 'fetch' || api === 'xhr') {
      const { n } = know(id, 'request');
      const requestHeaders = headers;
      sorter.hear({ ...created, transport: api, connection: n, method, requestHeaders });
      if (body !== undefined) sorter.hear(messageOf(n, at, body, 'sent'));
    }
  }

  function describe(n: number, answer: Answer, at: EpochMilliseconds): void {
    const { status, headers: responseHeaders, httpVersion, remoteAddress } = answer;
    home.tell(n, {
      kind: 'handshake-logged',
      at,
      status,
      responseHeaders,
      ...(httpVersion !== undefined && { httpVersion }),
      ...(remoteAddress !== undefined && { remoteAddress }),
    });
  }

  function hearAnswer(id: string, known: Known, answer: Answer, at: EpochMilliseconds): void {
    known.answer = answer;
    const { n, transport } = known;
    const { status, headers: responseHeaders } = answer;
    if (transport === 'request') {
      sorter.hear({ kind: 'connection-opened', connection: n, at, status, responseHeaders });
      if (bodyKindOf(mimeTypeOf(responseHeaders)) === 'bytes') return;
      known.isAsking = true;
      known.asked = askContent(id, known, at);
      return;
    }
    describe(n, answer, at);
    if (transport === 'websocket' ? status !== SWITCHING : !isEventStream(answer)) return;
    const subprotocol = headerOf(responseHeaders, 'sec-websocket-protocol');
    const extensions = headerOf(responseHeaders, 'sec-websocket-extensions');
    home.tell(n, {
      kind: 'connection-opened',
      at,
      ...(subprotocol !== undefined && { subprotocol }),
      ...(extensions !== undefined && { extensions }),
    });
  }

  async function askContent(id: string, known: Known, at: EpochMilliseconds): Promise<void> {
    const before = await options.streamContent(id).catch(() => undefined);
    known.isAsking = false;
    const byteLength = before?.length ?? known.bytesBefore;
    if (byteLength > 0) hearPiece(known, at, byteLength, before ?? null);
  }

  function hearPiece(
    { n }: Known,
    at: EpochMilliseconds,
    byteLength: number,
    payload: Uint8Array | null,
  ): void {
    sorter.hear(payload === null ? gap(n, at, byteLength) : messageOf(n, at, payload, 'received'));
  }

  /** After its last piece, which may still be on its way. */
  async function endRequest(id: string, { n, asked }: Known, fact: Ended): Promise<void> {
    await asked;
    sorter.hear({ ...fact, connection: n });
    requests.delete(n);
    byId.delete(id);
  }

  return {
    hear: (event, now) => {
      if (event.kind === 'asked' && event.wallTime !== undefined) {
        offset = event.wallTime - event.at;
      }
      const at =
        'at' in event && event.at > 0 ? event.at + (offset ?? (offset = now - event.at)) : now;
      const known = byId.get(event.id);
      if (known !== undefined) introduceSocket(known, at, subprotocolsOf(event));
      switch (event.kind) {
        case 'socket-created': {
          const { url, script } = event;
          const initiator = script !== undefined && { initiator: script };
          know(event.id, 'websocket').created = { url, ...initiator };
          return;
        }
        case 'asked':
          ask(event.id, event.request, at);
          return;
        case 'answered':
          if (known !== undefined) hearAnswer(event.id, known, event.answer, at);
          return;
        case 'message': {
          const { n } = known ?? meet(event.id, 'websocket', at);
          home.tell(n, messageOf(n, at, event.payload, event.isSent ? 'sent' : 'received'));
          return;
        }
        case 'event': {
          // An event stream that is read with `fetch` is told twice: its bytes are heard.
          if (known?.transport === 'request') return;
          const { payload, eventType, lastEventId } = event;
          const { n } = known ?? meet(event.id, 'eventsource', at);
          home.tell(n, { ...messageOf(n, at, payload, 'received'), eventType, lastEventId });
          return;
        }
        case 'piece':
          if (known?.transport !== 'request') return;
          if (event.payload === null && known.isAsking) known.bytesBefore += event.byteLength;
          else hearPiece(known, at, event.byteLength, event.payload);
          return;
        case 'errored':
          if (known !== undefined) home.tell(known.n, { kind: 'connection-errored', at });
          return;
        case 'ended': {
          if (known === undefined || known.isOver) return;
          known.isOver = true;
          const ended = { kind: 'connection-ended' as const, at, endedBy: event.by };
          if (known.transport === 'request') void endRequest(event.id, known, ended);
          else home.tell(known.n, ended);
          return;
        }
      }
    },
    end: home.leave,
  };
}

type Ended = Omit<Extract<RequestFact, { kind: 'connection-ended' }>, 'connection'>;

/** RFC 9110 section 15.2.2. */
const SWITCHING = 101;

/** HTML, Server-sent events: anything else fails the connection. */
function isEventStream({ status, headers }: Answer): boolean {
  return status === 200 && mimeTypeOf(headers) === 'text/event-stream';
}

function subprotocolsOf(event: NetworkEvent): string | undefined {
  return event.kind === 'asked'
    ? headerOf(event.request.headers, 'sec-websocket-protocol')
    : undefined;
}

/** Bytes that the debugger counted and did not hand over. */
function gap(connection: number, at: EpochMilliseconds, byteLength: number): MessageFact {
  return {
    kind: 'message',
    connection,
    at,
    direction: 'received',
    dataType: 'arraybuffer',
    byteLength,
    payload: null,
    payloadState: 'unreadable',
    source: 'network-log',
  };
}

function messageOf(
  connection: number,
  at: EpochMilliseconds,
  payload: string | Uint8Array,
  direction: MessageFact['direction'],
): MessageFact {
  const isText = typeof payload === 'string';
  return {
    ...gap(connection, at, isText ? utf8Length(payload) : payload.length),
    direction,
    dataType: isText ? 'string' : 'arraybuffer',
    payload,
    payloadState: 'whole',
  };
}
