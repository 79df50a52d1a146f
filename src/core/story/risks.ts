import { formatCountOf, formatSpan } from '../format.ts';
import type { Outage } from './outage-types.ts';
import type { ReconnectPolicy, Risk } from './policy-types.ts';

/** So many tries without a longer delay are a load of their own. */
const MANY_TRIES = 5;
/** So many messages at once after a reconnect come from everybody at once. */
const STORM = 20;

/** What is dangerous about how a channel reconnects, with the numbers that show it. */
export function findRisks(policy: ReconnectPolicy, outages: readonly Outage[]): Risk[] {
  const tries = policy.delays.map(({ connection }) => connection);
  const risks: Risk[] = [];
  if (policy.by === 'page') risks.push(...delayRisks(policy, tries));
  if (policy.givesUpAfter !== undefined && policy.givesUpAfter > 0) {
    risks.push({
      rule: 'gives-up',
      severity: 'warning',
      summary: `It stopped after ${formatCountOf(policy.givesUpAfter, 'failed attempt')}: a longer outage needs a reload.`,
      connections: tries.slice(-policy.givesUpAfter),
    });
  }
  return [...risks, ...wastedRisks(policy, outages), ...stormRisks(outages)];
}

/** A page can hear of both, and wait; the browser's own reconnects nobody can hold back. */
function wastedRisks({ by }: ReconnectPolicy, outages: readonly Outage[]): Risk[] {
  if (by === 'browser') return [];
  const tries = outages.flatMap(({ attempts }) => attempts);
  const hidden = tries.filter(({ isHidden }) => isHidden).map(({ connection }) => connection);
  const offline = tries.filter(({ isOffline }) => isOffline).map(({ connection }) => connection);
  const risks: Risk[] = [];
  if (hidden.length > 0) {
    risks.push({
      rule: 'reconnects-while-hidden',
      severity: 'info',
      summary: `${formatCountOf(hidden.length, 'attempt')} while the page was hidden: tabs that nobody looks at keep the server busy.`,
      connections: hidden,
    });
  }
  if (offline.length > 0) {
    risks.push({
      rule: 'reconnects-while-offline',
      severity: 'info',
      summary: `${formatCountOf(offline.length, 'attempt')} while the browser was offline: none could succeed, and each makes the next delay longer where delays grow.`,
      connections: offline,
    });
  }
  return risks;
}

function delayRisks(policy: ReconnectPolicy, connections: number[]): Risk[] {
  const { kind, jitter, delays, attempts, base = 0 } = policy;
  if (kind === 'immediate') {
    return [
      {
        rule: 'reconnects-at-once',
        severity: 'warning',
        summary: `Each of ${formatCountOf(delays.length, 'attempt')} came within ${formatSpan(Math.max(...delays.map(({ delay }) => delay)))}: when the server restarts, all clients come at the same moment.`,
        connections,
      },
    ];
  }
  const risks: Risk[] = [];
  if (kind === 'fixed' && attempts >= MANY_TRIES) {
    risks.push({
      rule: 'never-backs-off',
      severity: 'warning',
      summary: `${formatCountOf(attempts, 'attempt')} in one outage, always after about ${formatSpan(base)}: the delay never grows.`,
      connections,
    });
  }
  if (jitter === 'none' && delays.length >= 2 && kind !== 'unknown') {
    risks.push({
      rule: 'no-jitter',
      severity: 'info',
      summary: `${formatCountOf(delays.length, 'delay')} without chance in them: clients that were lost together come back together.`,
      connections,
    });
  }
  return risks;
}

function stormRisks(outages: readonly Outage[]): Risk[] {
  const storms = outages.filter(({ sentAfter }) => sentAfter >= STORM);
  if (storms.length === 0) return [];
  const most = Math.max(...storms.map(({ sentAfter }) => sentAfter));
  return [
    {
      rule: 'resubscribe-storm',
      severity: 'warning',
      summary: `Up to ${formatCountOf(most, 'message')} within 2 s after a reconnect, ${formatCountOf(storms.length, 'time')}: each client asks for everything again.`,
      connections: storms.flatMap(({ attempts }) =>
        attempts.slice(-1).map(({ connection }) => connection),
      ),
    },
  ];
}
