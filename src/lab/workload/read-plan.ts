import type { LabTransport } from '../lab-log.ts';
import { presetById, WORKLOAD_PRESETS } from './presets.ts';
import {
  type RunPlan,
  WORKLOAD_DIRECTIONS,
  WORKLOAD_HTTP,
  WORKLOAD_TRANSPORTS,
} from './workload.ts';

export type ReadPlan =
  | { readonly ok: true; readonly plan: RunPlan }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The most and the least of each number, and what it is when nobody says; of a workload the preset says it. */
export const PLAN_NUMBERS = {
  rate: { min: 0.1, max: 2000 },
  size: { min: 64, max: 1_048_576 },
  binary: { min: 0, max: 1 },
  seconds: { min: 0.1, max: 3600, usual: 10 },
  seed: { min: 0, max: 999_999_999, usual: 1 },
  interval: { min: 10, max: 600_000, usual: 1000 },
  lose: { min: 0, max: 1_000_000, usual: 0 },
  delay: { min: 0, max: 60_000, usual: 0 },
  jitter: { min: 0, max: 60_000, usual: 0 },
  buffer: { min: 0, max: 16_777_216, usual: 0 },
  bufferTime: { min: 1, max: 600_000, usual: 1000 },
} as const;
export type PlanNumber = keyof typeof PLAN_NUMBERS;

export const isPlanNumber = (name: string): name is PlanNumber => Object.hasOwn(PLAN_NUMBERS, name);

const WORDS = ['workload', 'transports', 'http', 'direction'];
const WHOLE: readonly PlanNumber[] = ['size', 'seed', 'lose', 'buffer'];

/** A run as the query of a page or the options of a command say it: all understood, or in words what is not. */
export function readPlan(query: URLSearchParams): ReadPlan {
  const problems: string[] = [];
  for (const name of new Set(query.keys())) {
    if (!WORDS.includes(name) && !isPlanNumber(name)) problems.push(`${name} is unknown`);
  }

  function number(name: PlanNumber, usual: number): number {
    const text = query.get(name);
    if (text === null) return usual;
    const { min, max } = PLAN_NUMBERS[name];
    const value = /^\d+(?:\.\d+)?$/u.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max && (!WHOLE.includes(name) || Number.isInteger(value))) {
      return value;
    }
    problems.push(`${name} must be a number from ${min} to ${max}, not “${text}”`);
    return usual;
  }

  function oneOf<const Word extends string>(name: string, words: readonly Word[], usual: Word) {
    const text = query.get(name) ?? usual;
    const found = words.find((word) => word === text);
    if (found === undefined) problems.push(`${name} must be ${words.join(', ')}, not “${text}”`);
    return found ?? usual;
  }

  function transports(): LabTransport[] {
    const text = query.get('transports') ?? 'all';
    if (text === 'all') return [...WORKLOAD_TRANSPORTS];
    const chosen = new Set(text.split(','));
    const strangers = [...chosen].filter(
      (name) => !(WORKLOAD_TRANSPORTS as readonly string[]).includes(name),
    );
    if (strangers.length > 0) {
      problems.push(`transports are all, or of ${WORKLOAD_TRANSPORTS.join(', ')}: not “${text}”`);
    }
    return WORKLOAD_TRANSPORTS.filter((name) => chosen.has(name));
  }

  const name = query.get('workload') ?? 'ticker';
  const preset = presetById(name);
  if (preset === undefined) {
    const known = WORKLOAD_PRESETS.map(({ id }) => id).join(', ');
    return { ok: false, problems: [`there is no workload “${name}”; known are ${known}`] };
  }
  const usual = (of: Exclude<PlanNumber, 'rate' | 'size' | 'binary'>) =>
    number(of, PLAN_NUMBERS[of].usual);
  const plan: RunPlan = {
    name,
    workload: {
      direction: oneOf('direction', WORKLOAD_DIRECTIONS, preset.direction),
      rate: number('rate', preset.rate),
      size: number('size', preset.size),
      binary: number('binary', preset.binary),
      seconds: usual('seconds'),
      seed: usual('seed'),
    },
    faults: {
      lose: usual('lose'),
      delay: usual('delay'),
      jitter: usual('jitter'),
      buffer: usual('buffer'),
      bufferTime: usual('bufferTime'),
    },
    transports: transports(),
    http: oneOf('http', WORKLOAD_HTTP, '1.1'),
    interval: usual('interval'),
  };
  return problems.length === 0 ? { ok: true, plan } : { ok: false, problems };
}
