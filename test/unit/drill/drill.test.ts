import { describe, expect, it } from 'vitest';
import { decodeDrill, isDrillAction, isDrillCommand } from '../../../src/bridge/drill-guard.ts';
import type { DrillCommand } from '../../../src/bridge/envelope.ts';
import { createRandom } from '../../../src/core/drill/random.ts';
import { createReport } from '../../../src/core/report.ts';
import { aSession } from '../../builders/session.ts';

const URL = 'wss://shop.test/live';
const lost = { endedBy: 'network', closeCode: 1006, wasClean: false } as const;

describe('chance with a seed', () => {
  it('repeats itself, differs by seed, and spreads evenly from 0 to 1', () => {
    const take = (seed: number, count: number) => {
      const random = createRandom(seed);
      return Array.from({ length: count }, random);
    };
    expect(take(7, 20)).toEqual(take(7, 20));
    expect(take(7, 20)).not.toEqual(take(8, 20));
    const many = take(1, 10_000);
    expect(many.every((number) => number >= 0 && number < 1)).toBe(true);
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const inside = many.filter((number) => Math.floor(number * 10) === tenth).length;
      expect(Math.abs(inside - 1_000)).toBeLessThan(150);
    }
  });
});

describe('what may go to a page', () => {
  const text = { data: 'hi', isBase64: false, eventType: 'message' };

  it.each([
    { kind: 'drop' },
    { kind: 'close', closeCode: 4001, closeReason: 'go' },
    { kind: 'refuse', attempts: 3, duration: 0 },
    { kind: 'hold', duration: 500 },
    { kind: 'lose', share: 0.25 },
    { kind: 'inject', given: text },
    { kind: 'send', given: { ...text, data: 'AAEC', isBase64: true } },
    { kind: 'end' },
  ])('is $kind', (action) => {
    expect(isDrillCommand({ kind: 'drill', connection: 1, action })).toBe(true);
    expect(isDrillCommand({ kind: 'drill', connection: 0, action })).toBe(false);
  });

  it.each([
    null,
    { kind: 'toString' },
    { kind: 'close', closeCode: 99, closeReason: '' },
    { kind: 'close', closeCode: 4001, closeReason: 'x'.repeat(124) },
    { kind: 'refuse', attempts: -1, duration: 0 },
    { kind: 'hold', duration: Infinity },
    { kind: 'lose', share: 1.1 },
    { kind: 'send', given: { ...text, isBase64: true } },
    { kind: 'inject', given: { ...text, data: 7 } },
  ])('is not %j', (action) => {
    expect(isDrillAction(action)).toBe(false);
  });

  it('has its base64 made bytes', () => {
    const given = { ...text, data: 'AAEC', isBase64: true };
    const command: DrillCommand = { kind: 'drill', connection: 1, action: { kind: 'send', given } };
    expect(decodeDrill(command)).toMatchObject({
      action: { given: { data: new Uint8Array([0, 1, 2]) } },
    });
  });
});

describe('the recovery score', () => {
  const broken = () =>
    aSession().frame().websocket(URL).opens().drills(7).drillStep('drop').ends(lost);

  it('tells how long, in how many tries and with how many refused it came back', () => {
    const story = broken().after(1_000).websocket(URL).drillStep('refused');
    story.ends({ endedBy: 'unknown', closeCode: 1006 }).after(2_000).websocket(URL).opens();
    const [channel] = createReport(story.endsDrill().build()).channels;
    expect(channel?.drills).toMatchObject([
      { seed: 7, verdict: 'recovered', breaks: 1, attempts: 2, refused: 1, recoveryMs: 3_003 },
    ]);
    const [outage] = channel?.reconnect?.outages ?? [];
    expect(outage?.cause).toMatch(/^A drill: dropped as the network would/u);
    expect(outage?.attempts[0]?.failure).toBe('A drill: refused');
  });

  it('does not call recovered what never came back, nor broken what was not', () => {
    const verdict = (story: ReturnType<typeof aSession>) =>
      createReport(story.build()).channels[0]?.drills?.[0]?.verdict;
    expect(verdict(broken().after(90_000).endsDrill())).toBe('not-recovered');
    expect(verdict(aSession().frame().websocket(URL).opens().drills().endsDrill())).toBe(
      'unbroken',
    );
  });
});
