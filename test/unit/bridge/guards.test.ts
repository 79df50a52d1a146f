import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { helloProtocol, readRelayEnvelope } from '../../../src/bridge/guards.ts';
import { TAP_TRANSPORTS, type TapFact } from '../../../src/bridge/tap-record.ts';
import { aHello, evictedFrom } from '../../builders/a-tab.ts';
import { pack } from '../../../src/page/pack.ts';
import { aBatch, blobMessage, created, textMessage } from '../../builders/tap.ts';

const tallies = { sent: { messages: 1, bytes: 2 }, received: { messages: 3, bytes: 4 } };

const FACTS: TapFact[] = [
  created(1, {
    requestedSubprotocols: ['v1'],
    withCredentials: true,
    initiator: 'at main.js',
    continues: 1,
  }),
  { kind: 'connection-opened', connection: 1, at: 1.5, subprotocol: '', extensions: '' },
  created(2, {
    transport: 'fetch',
    method: 'POST',
    requestHeaders: [
      ['accept', ''],
      ['x', 'y'],
    ],
  }),
  {
    kind: 'connection-opened',
    connection: 2,
    at: 1,
    status: 200,
    responseHeaders: [['content-type', 'text/plain']],
  },
  { kind: 'connections-evicted', at: 1, connections: 1, requests: 2, ...tallies },
  { kind: 'connection-closing', connection: 1, at: -1, closeCode: 1000, closeReason: '' },
  { kind: 'connection-errored', connection: 1, at: 0 },
  {
    kind: 'connection-ended',
    connection: 1,
    at: 2,
    endedBy: 'server',
    closeCode: 1006,
    closeReason: '',
    wasClean: false,
  },
  textMessage('a', { eventType: 'tick', lastEventId: '', discarded: true }),
  blobMessage(9),
  { kind: 'payload-arrived', at: 1, message: 1, payload: new Uint8Array(1), payloadState: 'cut' },
  { kind: 'send-buffer-grew', connection: 1, at: 1, bufferedAmount: 70_000 },
  { kind: 'constructor-replaced', at: 1, name: 'WebSocket' },
  { kind: 'page-left', at: 1 },
  { kind: 'drill-started', connection: 1, at: 1, seed: 7 },
  { kind: 'drill-step', connection: 1, at: 1, step: 'hold', duration: 200 },
  { kind: 'drill-ended', connection: 1, at: 1 },
  { kind: 'visibility-changed', at: 1, isHidden: true },
  { kind: 'online-changed', at: 1, isOnline: false },
  { kind: 'tap-failed', at: 1, message: 'broken' },
];
const EVERYTHING = aBatch({
  after: 7,
  records: FACTS.map((fact, index) => ({ n: index + 8, fact })),
  evicted: [evictedFrom(1, 2, 3)],
});
const ENVELOPES = [aHello('a'), EVERYTHING, pack(EVERYTHING)];

const isRelayEnvelope = (value: unknown): boolean => readRelayEnvelope(value) !== undefined;

type Path = readonly (string | number)[];

/** Every place in a value that holds something. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function withValue(target: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const copy = (
    Array.isArray(target) ? [...(target as unknown[])] : { ...(target as object) }
  ) as Record<string | number, unknown>;
  copy[key] = withValue(copy[key], rest, value);
  return copy;
}

const fieldPaths = (envelope: object) =>
  pathsOf(envelope).filter(
    (path) => typeof path.at(-1) === 'string' && !/^\d+$/u.test(String(path.at(-1))),
  );

/** Nothing that any field may be. */
const NEVER = [
  NaN,
  Infinity,
  -Infinity,
  1e300,
  -0.5,
  {},
  [],
  () => 1,
  Symbol('x'),
  10n,
  new Date(0),
];

describe('the guard of envelopes', () => {
  it('lets every kind of fact and envelope pass', () => {
    for (const fact of FACTS) {
      expect(isRelayEnvelope(aBatch({ records: [{ n: 1, fact }] })), fact.kind).toBe(true);
    }
    for (const envelope of [...ENVELOPES, aBatch({})]) expect(isRelayEnvelope(envelope)).toBe(true);
  });

  it('refuses each field that is not what it must be', () => {
    for (const envelope of ENVELOPES) {
      for (const path of fieldPaths(envelope)) {
        const name = path.join('.');
        for (const [index, value] of NEVER.entries()) {
          const isEmptyList =
            Array.isArray(value) && /records$|evicted$|Subprotocols$|Headers$/u.test(name);
          const isTime = value === -0.5 && /\.at$|timeOrigin$/u.test(name);
          const broken = withValue(envelope, path, value);
          expect(isRelayEnvelope(broken), `${name} = NEVER[${index}]`).toBe(isEmptyList || isTime);
        }
      }
    }
  });

  it('refuses words that it does not know, and numbers out of their range', () => {
    const wrong: Record<string, unknown> = {
      kind: 'goodbye',
      transport: 'carrier-pigeon',
      direction: 'sideways',
      dataType: 'number',
      payloadState: 'lost',
      endedBy: 'nobody',
      where: 'elsewhere',
      connection: 0,
      n: 0,
      after: -1,
      message: 0,
      continues: -1,
      byteLength: 2 ** 53,
      messages: -1,
      bytes: 1.5,
      closeCode: '1000',
      status: 1000,
      protocol: 0,
      at: 1e15,
      timeOrigin: -1e15,
    };
    for (const envelope of ENVELOPES) {
      for (const path of fieldPaths(envelope)) {
        const name = String(path.at(-1));
        if (!(name in wrong)) continue;
        const broken = withValue(envelope, path, wrong[name]);
        expect(isRelayEnvelope(broken), path.join('.')).toBe(false);
      }
    }
  });

  it('refuses what lacks a field, and what has one too many', () => {
    const optional =
      /Subprotocols|method|Headers|status|withCredentials|initiator|continues|subprotocol|extensions|close|wasClean|event|discarded|duration/iu;
    for (const envelope of ENVELOPES) {
      for (const path of fieldPaths(envelope)) {
        const name = String(path.at(-1));
        const isOptional = optional.test(name) && path.length > 1;
        expect(isRelayEnvelope(withValue(envelope, path, undefined)), path.join('.')).toBe(
          isOptional,
        );
      }
      for (const path of pathsOf(envelope)) {
        const inner = path.reduce<unknown>(
          (value, key) => (value as Record<string, unknown>)[key],
          envelope,
        );
        if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) continue;
        if (ArrayBuffer.isView(inner)) continue;
        const extended = withValue(envelope, [...path, 'early'], true);
        expect(isRelayEnvelope(extended), path.join('.')).toBe(false);
      }
    }
  });

  it('lets bytes of another realm pass, as Firefox hands them over', () => {
    const foreign: unknown = runInNewContext('new Uint8Array([1, 2])');
    expect(foreign instanceof Uint8Array).toBe(false);
    const fact = textMessage('', { payload: foreign as Uint8Array, dataType: 'arraybuffer' });
    expect(isRelayEnvelope(aBatch({ records: [{ n: 1, fact }] }))).toBe(true);
  });

  it('refuses what is no envelope at all', () => {
    const odd = [
      undefined,
      null,
      0,
      'hello',
      [],
      {},
      new Map(),
      new Uint8Array(4),
      { kind: ['hello'] },
    ];
    const bare = Object.assign(Object.create(null) as object, { kind: '__proto__' });
    for (const value of [...odd, bare]) {
      expect(isRelayEnvelope(value)).toBe(false);
      expect(helloProtocol(value)).toBeUndefined();
    }
    for (const kind of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const fact = { kind, at: 1 } as unknown as TapFact;
      expect(isRelayEnvelope(aBatch({ records: [{ n: 1, fact }] })), kind).toBe(false);
    }
    const polluted: unknown = JSON.parse('{"kind":"page-left","at":1,"__proto__":{"at":1}}');
    expect(isRelayEnvelope(aBatch({ records: [{ n: 1, fact: polluted as TapFact }] }))).toBe(false);
  });

  it('refuses lists with holes, which a clone keeps, and endless ones at once', () => {
    for (const length of [1, 1_000_000, 2 ** 32 - 1]) {
      const holes = new Array<never>(length);
      expect(isRelayEnvelope(aBatch({ records: holes }))).toBe(false);
      expect(isRelayEnvelope(aBatch({ evicted: holes }))).toBe(false);
      const fact = created(1, { requestedSubprotocols: holes });
      expect(isRelayEnvelope(aBatch({ records: [{ n: 1, fact }] }))).toBe(false);
    }
  });

  it('refuses lists of headers that no browser would tell', () => {
    const told = (responseHeaders: unknown) => {
      const opened = { kind: 'connection-opened', connection: 1, at: 1, responseHeaders };
      return isRelayEnvelope(aBatch({ records: [{ n: 1, fact: opened as TapFact }] }));
    };
    expect(told([])).toBe(true);
    expect(told(Array.from({ length: 1_000 }, () => ['a', 'b']))).toBe(true);
    expect(told(Array.from({ length: 1_001 }, () => ['a', 'b']))).toBe(false);
    for (const odd of [
      [['a']],
      [['a', 'b', 'c']],
      [['a', 1]],
      [new Array(2)],
      ['ab'],
      { 0: ['a', 'b'] },
    ]) {
      expect(told(odd), JSON.stringify(odd)).toBe(false);
    }
    const status = (code: number) =>
      isRelayEnvelope(
        aBatch({
          records: [
            { n: 1, fact: { kind: 'connection-opened', connection: 1, at: 1, status: code } },
          ],
        }),
      );
    expect([0, 200, 999, 1000, -1, 1.5].map(status)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('refuses transports that a tap cannot tell', () => {
    const told = (transport: string) =>
      isRelayEnvelope(aBatch({ records: [{ n: 1, fact: created(1, { transport }) }] }));
    expect(TAP_TRANSPORTS.map(told)).toEqual(TAP_TRANSPORTS.map(() => true));
    expect(['fetch-stream', 'polling', ''].map(told)).toEqual([false, false, false]);
  });

  it('refuses what throws when it is read', () => {
    const bomb = {
      get: () => {
        throw new Error('gotcha');
      },
      enumerable: true,
    };
    for (const envelope of ENVELOPES) {
      for (const path of pathsOf(envelope).filter(({ length }) => length > 0)) {
        const key = path.at(-1) ?? '';
        const owner = path.slice(0, -1);
        const inner = owner.reduce<unknown>(
          (value, k) => (value as Record<string, unknown>)[k],
          envelope,
        );
        const armed = Object.defineProperty(
          Array.isArray(inner) ? [...(inner as unknown[])] : { ...(inner as object) },
          key,
          bomb,
        );
        const value = withValue(envelope, owner, armed);
        expect(isRelayEnvelope(value), path.join('.')).toBe(false);
        expect(() => helloProtocol(value)).not.toThrow();
      }
    }
  });

  it('answers for a million things, without a word', { timeout: 120_000 }, () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
      withTypedArray: true,
      maxDepth: 2,
    });
    const paths = ENVELOPES.flatMap((envelope) =>
      pathsOf(envelope).map((path) => ({ envelope, path })),
    );
    const mutated = fc
      .tuple(fc.constantFrom(...paths), anything)
      .map(([{ envelope, path }, value]) => withValue(envelope, path, value));
    const values = fc.sample(fc.oneof(anything, { weight: 3, arbitrary: mutated }), {
      numRuns: 10_000,
      seed: 1,
    });
    let accepted = 0;
    for (let round = 0; round < 100; round += 1) {
      for (const [index, value] of values.entries()) {
        // Each round breaks the value of one sample into the place of another.
        const place = paths[(index * 7 + round) % paths.length];
        const isMoved = round > 0 && place !== undefined;
        const tried = isMoved ? withValue(place.envelope, place.path, value) : value;
        helloProtocol(tried);
        if (isRelayEnvelope(tried)) accepted += 1;
      }
    }
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan(500_000);
  });
});

describe('the protocol of a hello', () => {
  it('is told whatever else a document of another version says', () => {
    expect(helloProtocol({ kind: 'hello', protocol: 99, anything: () => 1 })).toBe(99);
    expect(helloProtocol({ kind: 'records', protocol: 99 })).toBeUndefined();
    expect(helloProtocol({ kind: 'hello', protocol: '99' })).toBeUndefined();
  });
});
