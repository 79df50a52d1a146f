import { describe, expect, test } from 'vitest';
import {
  createMessage,
  fromBase64,
  readMessage,
  readParsed,
  toBase64,
  toJsonText,
} from '../../../../src/lab/workload/payload.ts';
import { WORKLOAD_PRESETS } from '../../../../src/lab/workload/presets.ts';
import { readPlan } from '../../../../src/lab/workload/read-plan.ts';
import { computeSchedule } from '../../../../src/lab/workload/schedule.ts';
import type { Workload } from '../../../../src/lab/workload/workload.ts';

const CHAT: Workload = {
  direction: 'both',
  rate: 20,
  size: 120,
  binary: 0.25,
  seconds: 10,
  seed: 7,
};
const AT = 1_795_000_000_000.5;

describe('a schedule', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(computeSchedule(CHAT)).toEqual(computeSchedule({ ...CHAT }));
    expect(computeSchedule({ ...CHAT, seed: 8 })).not.toEqual(computeSchedule(CHAT));
  });

  test('has as many messages as rate and time say, in order, a share of them binary', () => {
    const { sent, received, toReceive } = computeSchedule(CHAT);
    expect([sent.length, received.length, toReceive]).toEqual([200, 200, 200]);
    expect(received.map(({ seq }) => seq)).toEqual(received.map((_, index) => index + 1));
    const dues = received.map(({ due }) => due);
    expect(dues).toEqual(dues.toSorted((a, b) => a - b));
    expect(dues.at(-1)).toBeGreaterThan(9_900);
    expect(dues.at(-1)).toBeLessThan(10_100);
    const binary = received.filter(({ isBinary }) => isBinary).length;
    expect(binary).toBeGreaterThan(30);
    expect(binary).toBeLessThan(70);
    expect(sent).not.toEqual(received);
  });

  test('lets talk who talks', () => {
    const sides = (direction: Workload['direction']) => {
      const { sent, received, toReceive } = computeSchedule({ ...CHAT, direction });
      return [sent.length, received.length, toReceive];
    };
    expect(sides('down')).toEqual([0, 200, 200]);
    expect(sides('up')).toEqual([200, 0, 0]);
    expect(sides('echo')).toEqual([200, 0, 200]);
  });
});

describe('a message', () => {
  test.each([64, 65, 96, 4096])('of %i bytes has exactly these, as text and as bytes', (size) => {
    const of = { size, seed: 3 };
    const text = createMessage({ seq: 123_456, isBinary: false }, of, AT).payload as string;
    const bytes = createMessage({ seq: 9, isBinary: true }, of, AT).payload as Uint8Array;
    expect([Buffer.byteLength(text), bytes.length]).toEqual([size, size]);
    expect(readMessage(text)).toMatchObject({ seq: 123_456, at: AT });
    expect(readMessage(new Uint8Array(bytes).buffer)).toEqual({ seq: 9, at: AT });
    expect(new Uint8Array(fromBase64(toBase64(bytes)))).toEqual(new Uint8Array(bytes));
  });

  test('comes out of JSON as it went in', () => {
    for (const isBinary of [false, true]) {
      const message = createMessage({ seq: 5, isBinary }, { size: 200, seed: 1 }, AT);
      expect(readParsed(JSON.parse(toJsonText(message)))).toMatchObject({ seq: 5, at: AT });
    }
  });
});

describe('a plan', () => {
  const read = (query: string) => readPlan(new URLSearchParams(query));

  test('takes each preset, and what is said beside it', () => {
    for (const { id, rate, size } of WORKLOAD_PRESETS) {
      const result = read(`workload=${id}`);
      expect(result).toMatchObject({ ok: true, plan: { name: id, workload: { rate, size } } });
    }
    expect(
      read('workload=log&rate=2&transports=polling,websocket&http=2&lose=5&delay=20'),
    ).toMatchObject({
      ok: true,
      plan: {
        workload: { rate: 2, size: 220, seconds: 10 },
        faults: { lose: 5, delay: 20, jitter: 0 },
        transports: ['websocket', 'polling'],
        http: '2',
      },
    });
  });

  test.each([
    ['workload=nothing', 'there is no workload “nothing”'],
    ['transports=pigeon', 'transports are all, or of'],
    ['rate=-1', 'rate must be a number from 0.1 to 2000'],
    ['size=70.5', 'size must be a number'],
    ['http=3', 'http must be 1.1, 2'],
    ['colour=red', 'colour is unknown'],
  ])('refuses %s in words', (query, words) => {
    const result = read(query);
    expect(result.ok ? '' : result.problems.join()).toContain(words);
  });
});
