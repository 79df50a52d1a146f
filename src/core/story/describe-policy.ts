import { formatCountOf, formatSpan } from '../format.ts';
import type { ReconnectPolicy } from './policy-types.ts';

/** A policy in a sentence: `Waits 100 ms, twice as long after each try, at most 5 s, ± 50 % by chance.` */
export function describePolicy(policy: Omit<ReconnectPolicy, 'summary'>): string {
  const stops =
    policy.givesUpAfter === undefined
      ? ''
      : `; gave up after ${formatCountOf(policy.givesUpAfter, 'try').replace('trys', 'tries')}`;
  return `${wait(policy)}${stops}.`;
}

function wait(policy: Omit<ReconnectPolicy, 'summary'>): string {
  const { kind, by, base = 0, factor = 1, step = 0, cap, steps = [], reconnectionTime } = policy;
  const first =
    policy.immediateTries > 0 && kind !== 'steps' ? 'Tries once at once, then waits' : 'Waits';
  const most = cap === undefined ? '' : `, at most ${formatSpan(cap)}`;
  const chance = chanceWords(policy);
  if (by === 'browser' && kind === 'fixed') {
    const asked =
      reconnectionTime === undefined
        ? ''
        : `; the server asked for ${formatSpan(reconnectionTime)}`;
    return `The browser waits about ${formatSpan(base)}${asked}`;
  }
  switch (kind) {
    case 'immediate':
      return 'Tries again at once';
    case 'fixed':
      return `${first} ${formatSpan(base)} before each try${chance}`;
    case 'linear':
      return `${first} ${formatSpan(base)}, ${formatSpan(step)} longer after each try${most}${chance}`;
    case 'exponential':
      return `${first} ${formatSpan(base)}, ${times(factor)} as long after each try${most}${chance}`;
    case 'steps':
      return `Waits by a list: ${steps.map((each) => formatSpan(each)).join(', ')}`;
    case 'none':
      return 'Does not try again';
    case 'unknown':
      return policy.delays.length === 0
        ? 'Nothing is known of how it reconnects'
        : `Waited ${formatSpan(base)}${chance}; whether the delay grows, nobody could see`;
  }
}

const times = (factor: number): string => (factor === 2 ? 'twice' : `${factor} times`);

function chanceWords({ jitter, jitterShare = 0 }: Omit<ReconnectPolicy, 'summary'>): string {
  if (jitter === 'proportional') return `, ± ${Math.round(jitterShare * 100)} % by chance`;
  return jitter === 'full' ? ', or less by chance' : '';
}
