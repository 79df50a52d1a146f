import fc from 'fast-check';
import {
  CONSTRUCTORS,
  DATA_TYPES,
  type DataType,
  ENDED_BY,
  type Fact,
  FRAME_KINDS,
  type Headers,
  type MessageFact,
  type PayloadState,
  type SessionHeader,
  TRANSPORTS,
} from '../../src/core/facts.ts';
import { utf8Length } from '../../src/core/utf8-length.ts';

/** Any text that JavaScript can hold, lone surrogates included. */
const text = fc.string({ unit: 'binary', maxLength: 12 });
const units = fc.array(fc.nat(0xffff), { maxLength: 6 });
const anyText = fc.oneof(
  text,
  units.map((codes) => String.fromCharCode(...codes)),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const bytes = fc.uint8Array({ maxLength: 8 });
const tally = fc.record({ messages: fc.nat(1000), bytes: fc.nat(1e6) });

/** Types that divide bodies in different ways, and decide where HAR holds the messages. */
const aHeaderName = fc.constantFrom('X-Id', 'accept');
const contentType = fc.constantFrom(
  'text/event-stream',
  'application/x-ndjson',
  'application/octet-stream',
  'text/plain; charset=utf-8',
);

export const arbitraryHeader: fc.Arbitrary<SessionHeader> = fc
  .record({
    url: fc.webUrl(),
    startedAt: fc.double({ min: 1e12, max: 2e12, noNaN: true }),
    browser: maybe(anyText),
  })
  .map(withoutUndefined);

/** What happens next, not yet tied to what happened before. */
const step = fc.record({
  what: fc.nat(23),
  /** Milliseconds since the step before: never 0, so that the order of times is the order of facts. */
  pause: fc.oneof(
    fc.integer({ min: 1, max: 500 }),
    fc.double({ min: 0.01, max: 500, noNaN: true }),
  ),
  pick: fc.nat(),
  text: anyText,
  data: bytes,
  dataType: fc.constantFrom(...DATA_TYPES),
  payloadState: fc.constantFrom<PayloadState>('whole', 'whole', 'whole', 'cut', 'evicted'),
  direction: fc.constantFrom('sent', 'received'),
  mark: fc.constantFrom(undefined, 'early', 'discarded', 'unterminated'),
  contentType,
  transport: fc.constantFrom(...TRANSPORTS),
  maybeText: maybe(anyText),
  maybeOther: maybe(anyText),
  maybeCode: maybe(fc.integer({ min: 0, max: 65535 })),
  maybeFlag: maybe(fc.boolean()),
  maybeHeaders: maybe(fc.array(fc.tuple(aHeaderName, anyText), { maxLength: 3 })),
  frameKind: fc.constantFrom(...FRAME_KINDS),
  endedBy: fc.constantFrom(...ENDED_BY),
  sent: tally,
  received: tally,
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Facts that can follow each other, in any mixture. */
export const arbitraryFacts: fc.Arbitrary<Fact[]> = fc
  .array(step, { maxLength: 60 })
  .map((steps) => {
    const story = createStory();
    for (const next of steps) story.tell(next);
    return story.facts;
  });

function createStory() {
  const facts: Fact[] = [];
  const connections: { id: number; transport: (typeof TRANSPORTS)[number] }[] = [];
  let frames = 0;
  let at = 0;

  function tell(next: Step): void {
    at += next.pause;
    if (frames === 0 || next.what === 0) {
      frames += 1;
      const { frameKind } = next;
      facts.push({ kind: 'frame-added', frame: frames, at, url: next.text, frameKind });
      return;
    }
    const frame = 1 + (next.pick % frames);
    if (connections.length === 0 || next.what === 1) {
      create(next, frame);
      return;
    }
    const connection = connections[next.pick % connections.length];
    if (connection === undefined) return;
    if (next.what === 18) facts.push(decide(next, connection));
    else facts.push(aboutConnection(next, connection, frame, at));
  }

  function create(next: Step, frame: number): void {
    const before = connections[next.pick % Math.max(connections.length, 1)];
    const continues =
      before?.transport === next.transport && next.maybeFlag === true ? before.id : undefined;
    const id = connections.length + 1;
    connections.push({ id, transport: next.transport });
    facts.push(
      withoutUndefined({
        kind: 'connection-created' as const,
        connection: id,
        frame,
        at,
        transport: next.transport,
        url: next.text,
        source: next.direction === 'sent' ? ('page' as const) : ('network-log' as const),
        requestedSubprotocols: next.maybeText === undefined ? undefined : [next.maybeText],
        withCredentials: next.maybeFlag,
        method: next.maybeText,
        requestHeaders: next.maybeHeaders,
        initiator: next.maybeOther,
        continues,
        link:
          next.maybeCode === undefined
            ? undefined
            : { basis: 'inferred' as const, evidence: [next.text] },
        early: next.mark === 'early' ? (true as const) : undefined,
      }),
    );
  }

  function decide(
    { pick, frameKind }: Step,
    { id, transport }: { id: number; transport: string },
  ): Fact {
    const place = { kind: 'link-decided', connection: id, at } as const;
    const others = connections.filter((other) => other.transport === transport && other.id !== id);
    const before = others[pick % Math.max(others.length, 1)];
    if (before !== undefined) return { ...place, decision: 'continues', before: before.id };
    return { ...place, decision: frameKind === 'top' ? 'begins' : 'withdrawn' };
  }

  return { facts, tell };
}

function aboutConnection(
  next: Step,
  { id: connection, transport }: { id: number; transport: string },
  frame: number,
  at: number,
): Fact {
  const { maybeText, maybeOther, maybeCode: closeCode, maybeFlag: wasClean, endedBy } = next;
  switch (next.what) {
    case 2:
      return { kind: 'frame-removed', frame, at };
    case 12: {
      const { sent, received, pick: requests } = next;
      const gone = { connections: sent.messages, requests, sent, received };
      return { kind: 'connections-dropped', frame, at, ...gone };
    }
    case 19:
      return { kind: 'visibility-changed', frame, at, isHidden: wasClean !== true };
    case 20:
      return { kind: 'online-changed', frame, at, isOnline: wasClean === true };
    case 23: {
      const origin = 'https://shop.test';
      return { kind: 'request-noted', frame, at, method: 'POST', origin, byteLength: next.pick };
    }
    case 21: {
      const name = CONSTRUCTORS[next.pick % CONSTRUCTORS.length] ?? 'WebSocket';
      return { kind: 'constructor-replaced', frame, at, name };
    }
    case 3:
      return { kind: 'tap-failed', frame, at, message: next.text };
    case 4: {
      const chosen = {
        subprotocol: maybeText,
        extensions: maybeOther,
        status: statusOf(next),
        responseHeaders: headersOf(next),
      };
      return withoutUndefined({ kind: 'connection-opened' as const, connection, at, ...chosen });
    }
    case 5: {
      const close = { closeCode, closeReason: maybeText };
      return withoutUndefined({ kind: 'connection-closing' as const, connection, at, ...close });
    }
    case 22:
      return { kind: 'send-buffer-grew', connection, at, bufferedAmount: next.pick };
    case 6:
      return { kind: 'connection-errored', connection, at };
    case 7: {
      const end = { endedBy, closeCode, closeReason: maybeText, wasClean };
      return withoutUndefined({ kind: 'connection-ended' as const, connection, at, ...end });
    }
    case 8: {
      const { sent, received } = next;
      return { kind: 'messages-dropped', connection, at, sent, received, where: 'buffer' };
    }
    case 9:
      return { kind: 'channel-set-aside', connection, at, isSetAside: wasClean === true };
    case 10: {
      const noted = { comment: maybeText, reconnectionTime: closeCode };
      return withoutUndefined({ kind: 'event-stream-noted' as const, connection, at, ...noted });
    }
    case 11:
      return withoutUndefined({
        kind: 'handshake-logged' as const,
        connection,
        at,
        requestHeaders: next.maybeHeaders,
        responseHeaders: headersOf(next),
        status: statusOf(next),
        httpVersion: maybeText,
        remoteAddress: maybeOther,
        timings: closeCode === undefined ? undefined : { dns: closeCode, wait: next.pause },
      });
    default:
      return transport === 'eventsource' || (transport !== 'websocket' && next.pick % 3 === 0)
        ? withoutUndefined({
            ...aMessage(next, connection, at, 'string'),
            ...(transport === 'eventsource' && { direction: 'received' as const }),
            eventType: maybeText,
            lastEventId: maybeOther,
          })
        : aMessage(next, connection, at, next.dataType);
  }
}

const statusOf = ({ maybeCode }: Step) => (maybeCode === undefined ? undefined : maybeCode % 1000);

function headersOf({ maybeHeaders, contentType: type }: Step): Headers | undefined {
  return maybeHeaders && [...maybeHeaders, ['Content-Type', type]];
}

function aMessage(next: Step, connection: number, at: number, dataType: DataType): MessageFact {
  const isText = dataType === 'string';
  const isWhole = next.payloadState === 'whole';
  return {
    kind: 'message',
    connection,
    at,
    direction: next.direction,
    dataType,
    byteLength: isWhole ? (isText ? utf8Length(next.text) : next.data.length) : 5000,
    payload: next.payloadState === 'evicted' ? null : isText ? next.text : next.data,
    payloadState: next.payloadState,
    ...(next.maybeFlag === true && { source: 'network-log' as const }),
    ...(next.mark !== undefined && { [next.mark]: true }),
  };
}

/** An absent field is absent: what `exactOptionalPropertyTypes` wants. */
function withoutUndefined<T extends object>(
  value: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
