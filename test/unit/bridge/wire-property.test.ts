import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Headers, MessageFact } from '../../../src/core/facts.ts';
import type { Session } from '../../../src/core/session.ts';
import type { KeptRecord } from '../../../src/page/kept-record.ts';
import type { TapLimits } from '../../../src/page/limits.ts';
import { aBrowser } from '../../builders/a-browser.ts';
import { aFrameHello, aHello } from '../../builders/a-tab.ts';
import { blobMessage, created, limitsOf, textMessage } from '../../builders/tap.ts';

// The taps capture the timers when they are loaded.
vi.hoisted(() => vi.useFakeTimers());
afterAll(() => {
  vi.useRealTimers();
});

const few = (most: number) => fc.integer({ min: 1, max: most });
const wireLimits = fc.record({
  batchRecords: few(4),
  batchBytes: few(30),
  windowRecords: few(10),
  windowBytes: few(60),
});
const smallStores = fc.record({
  historyMessages: few(5),
  historyMetadata: few(10),
  bufferMessages: few(15),
  bufferBytes: few(60),
});

/** The last one is a request whose body is told piece by piece; the others are sockets. */
const CONNECTIONS = [1, 2, 3];
const REQUEST = 3;
const step = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      document: fc.nat(1),
      connection: fc.constantFrom(...CONNECTIONS),
      direction: fc.constantFrom('sent' as const, 'received' as const),
      isBlob: fc.boolean(),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('deliver' as const), pick: fc.nat(), count: few(6) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('tick' as const, 'read-blob' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'kill-hub' as const,
        'pass-time' as const,
        'close' as const,
        'open' as const,
        'reopen' as const,
        'leave' as const,
        'stay' as const,
      ),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What a document recorded. */
function aTap(recorder: ReturnType<ReturnType<typeof aBrowser>['aDocument']>, name: string) {
  const recorded: MessageFact[] = [];
  const blobs: { kept: KeptRecord; bytes: Uint8Array }[] = [];
  for (const connection of CONNECTIONS) {
    const url = urlOf(name, connection);
    recorder.record(created(connection, connection === REQUEST ? { ...aStream, url } : { url }));
  }
  recorder.record(aResponse);
  return {
    name,
    recorder,
    recorded,
    say: ({ connection, direction, isBlob: wantsBlob }: Step & { do: 'say' }) => {
      const isBlob = wantsBlob && connection !== REQUEST;
      const text = `${name} ${recorded.length}`;
      const about = { connection, direction };
      const fact = isBlob ? blobMessage(text.length, about) : textMessage(text, about);
      const bytes = new TextEncoder().encode(text);
      recorded.push({ ...fact, payload: isBlob ? bytes : text, payloadState: 'whole' });
      const kept = recorder.record(fact, isBlob ? 0 : fact.byteLength);
      if (isBlob) blobs.push({ kept, bytes });
    },
    readBlob: () => {
      const read = blobs.shift();
      if (read !== undefined) recorder.complete(read.kept, read.bytes);
      return read !== undefined;
    },
  };
}

const aStream = { transport: 'fetch', requestHeaders: [['accept', 'text/event-stream']] };
const aResponse = {
  kind: 'connection-opened' as const,
  connection: REQUEST,
  at: 0,
  status: 200,
  responseHeaders: [['content-type', 'text/plain']] satisfies Headers,
};
const urlOf = (name: string, connection: number) => `wss://shop.test/${name}/${connection}`;

function play(
  limits: TapLimits,
  steps: Step[],
): { taps: ReturnType<typeof aTap>[]; session: Session } {
  vi.clearAllTimers();
  const browser = aBrowser(limits);
  const taps = [aHello('top'), aFrameHello('frame')].map((hello) =>
    aTap(browser.aDocument(hello), hello.stream),
  );
  let panel = browser.aPanel();
  let isOpen = false;
  const setOpen = (next: boolean) => {
    if (isOpen !== next) (next ? panel.open : panel.close)();
    isOpen = next;
  };
  for (const next of steps) {
    switch (next.do) {
      case 'say':
        taps[next.document]?.say(next);
        break;
      case 'read-blob':
        for (const tap of taps) tap.readBlob();
        break;
      case 'deliver':
        for (let i = 0; i < next.count; i += 1) browser.deliverOne(next.pick + i);
        break;
      case 'tick':
        vi.advanceTimersByTime(50);
        break;
      case 'kill-hub':
        browser.killHub();
        break;
      case 'pass-time':
        // Seconds: whatever was under way has long arrived.
        browser.deliver();
        browser.passTime();
        break;
      case 'open':
      case 'close':
        setOpen(next.do === 'open');
        break;
      case 'reopen':
        setOpen(false);
        panel = browser.aPanel();
        setOpen(true);
        break;
      case 'leave':
        for (const { recorder } of taps) recorder.leave();
        break;
      case 'stay':
        for (const { recorder } of taps) recorder.stay();
        break;
    }
  }
  setOpen(true);
  for (const tap of taps) {
    tap.recorder.stay();
    while (tap.readBlob());
  }
  for (let i = 0; i < 3; i += 1) {
    browser.deliver();
    vi.advanceTimersByTime(50);
    browser.deliver();
    browser.passTime();
  }
  expect(panel.sessions).toHaveLength(1);
  expect(panel.state.rejected).toBe(0);
  const session = panel.session();
  return { taps, session };
}

/** Messages of one connection, by its address. */
function messagesOf(session: Session, url: string): MessageFact[] {
  const id = [...session.connections.values()].find((connection) => connection.url === url)?.id;
  return [...session.facts()].filter(
    (fact): fact is MessageFact => fact.kind === 'message' && fact.connection === id,
  );
}

describe('a session', () => {
  it('holds exactly what was recorded, whatever became of the wire', () => {
    fc.assert(
      fc.property(wireLimits, fc.array(step, { maxLength: 100, size: 'max' }), (wire, steps) => {
        const { taps, session } = play(limitsOf(wire), steps);
        expect(session.frames.size).toBe(2);
        expect(session.connections.size).toBe(6);
        for (const { name, recorded } of taps) {
          for (const own of CONNECTIONS) {
            const got = messagesOf(session, urlOf(name, own));
            const said = recorded.filter(({ connection }) => connection === own);
            expect(got.map((message) => ({ ...message, connection: own, at: 0 }))).toEqual(said);
          }
        }
        expect(session.droppedBy).toEqual({ history: 0, buffer: 0, connections: 0, requests: 0 });
      }),
      { numRuns: 200 },
    );
  });

  it('counts exactly what it does not hold, when a page says more than may be kept', () => {
    fc.assert(
      fc.property(
        wireLimits,
        smallStores,
        fc.array(step, { maxLength: 100, size: 'max' }),
        (wire, stores, steps) => {
          const { taps, session } = play(limitsOf({ ...wire, ...stores }), steps);
          for (const { name, recorded } of taps) {
            for (const own of CONNECTIONS) {
              const said = recorded.filter(({ connection }) => connection === own);
              const connection = [...session.connections.values()].find(
                ({ url }) => url === urlOf(name, own),
              );
              for (const direction of ['sent', 'received'] as const) {
                const all = said.filter((message) => message.direction === direction);
                const bytes = all.reduce((sum, { byteLength }) => sum + byteLength, 0);
                expect(connection?.tally[direction]).toEqual({ messages: all.length, bytes });
              }
              const got = messagesOf(session, urlOf(name, own)).flatMap(({ payload }) =>
                payload === null ? [] : [payload],
              );
              const order = got.map((payload) =>
                said.findIndex((message) => isSame(message.payload, payload)),
              );
              expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
              expect(order).not.toContain(-1);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

function isSame(one: MessageFact['payload'], other: MessageFact['payload']): boolean {
  return typeof one === typeof other && String(one) === String(other);
}
