import fc from 'fast-check';
import type { Fact } from '../../src/core/facts.ts';

const socket = fc.record({
  url: fc.constantFrom('ws://a.test/live?t=1', 'ws://a.test/live?t=2', 'ws://a.test/other'),
  createdAt: fc.integer({ min: 0, max: 400 }),
  opensAfter: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  lastsFor: fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined }),
  closesEarlier: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
  endedBy: fc.constantFrom('page', 'server', 'network', 'unknown'),
  messages: fc.array(
    fc.record({
      after: fc.integer({ min: 0, max: 60 }),
      direction: fc.constantFrom('sent', 'received'),
      payload: fc.constantFrom('ping', 'pong', '{"seq":1}', '{"seq":2}', '{"seq":3}', ''),
    }),
    { maxLength: 6 },
  ),
  initiator: fc.constantFrom(undefined, '    at connect (a.js:1:2)', '    at other (a.js:9:9)'),
  /** Where the facts of this one stand among those of the others, when they come out of order. */
  haste: fc.array(fc.nat(9), { minLength: 12, maxLength: 12 }),
});
type Socket = typeof socket extends fc.Arbitrary<infer T> ? T : never;

/** The facts of sockets in one frame: in the order of their times, and in another that keeps that of each connection. */
export const arbitrarySockets: fc.Arbitrary<{ inOrder: Fact[]; mixed: Fact[] }> = fc
  .array(socket, { maxLength: 12 })
  .map((sockets) => {
    const frame: Fact = {
      kind: 'frame-added',
      frame: 1,
      at: 0,
      url: 'https://a.test/',
      frameKind: 'top',
    };
    sockets.sort((a, b) => a.createdAt - b.createdAt);
    const lives = sockets.map((told, index) => ({ told, facts: factsOf(told, index + 1) }));
    const inOrder = lives.flatMap(({ facts }) => facts).sort((a, b) => a.at - b.at);
    const mixed = lives.flatMap(({ told: { haste }, facts }) => {
      let place = 0;
      return facts.map((fact, index) => {
        place += haste[index % haste.length] ?? 0;
        return { fact, place };
      });
    });
    mixed.sort((a, b) => a.place - b.place);
    return { inOrder: [frame, ...inOrder], mixed: [frame, ...mixed.map(({ fact }) => fact)] };
  });

function factsOf(told: Socket, connection: number): Fact[] {
  const { url, createdAt, opensAfter, lastsFor, closesEarlier, endedBy, initiator } = told;
  const created: Fact = {
    kind: 'connection-created',
    connection,
    frame: 1,
    at: createdAt,
    transport: 'websocket',
    url,
    source: 'page',
    ...(initiator !== undefined && { initiator }),
  };
  const facts: Fact[] = [created];
  const openedAt = opensAfter === undefined ? undefined : createdAt + opensAfter;
  const begins = openedAt ?? createdAt;
  const endedAt = lastsFor === undefined ? undefined : begins + lastsFor;
  if (openedAt !== undefined) {
    facts.push({ kind: 'connection-opened', connection, at: openedAt });
    for (const { after, direction, payload } of told.messages) {
      const at = openedAt + after;
      if (endedAt !== undefined && at > endedAt) continue;
      facts.push({
        kind: 'message',
        connection,
        at,
        direction,
        dataType: 'string',
        byteLength: payload.length,
        payload,
        payloadState: 'whole',
      });
    }
    facts.sort((a, b) => a.at - b.at);
  }
  if (endedAt === undefined) return facts;
  const closingAt = closesEarlier === undefined ? undefined : endedAt - closesEarlier;
  if (closingAt !== undefined && closingAt >= (facts.at(-1)?.at ?? 0)) {
    facts.push({ kind: 'connection-closing', connection, at: closingAt });
  }
  facts.push({ kind: 'connection-ended', connection, at: endedAt, endedBy });
  return facts;
}
