import type { HandshakeLogged, LoggedPhase } from '../../core/facts.ts';
import type { Milliseconds } from '../../core/units.ts';

/** A phase of a request on the network, from the request's beginning on. */
export interface TimingRow {
  name: string;
  start: Milliseconds;
  length: Milliseconds;
}

const NAMES: Record<LoggedPhase, string> = {
  blocked: 'Waiting to be sent',
  dns: 'DNS',
  connect: 'Connecting',
  ssl: 'TLS',
  send: 'Sending',
  wait: 'Waiting for the answer',
  receive: 'Receiving',
};

/** Phases that follow each other (HAR 1.2 `timings`); `ssl` is a part of `connect`, its end. */
const ONE_AFTER_ANOTHER = ['blocked', 'dns', 'connect', 'send', 'wait', 'receive'] as const;

/** What is shorter would be told as 0 ms. */
const LEAST: Milliseconds = 0.05;

/** @param isWhole the request is over; of others the body's time says nothing */
export function timingRows(timings: HandshakeLogged['timings'], isWhole: boolean): TimingRow[] {
  const rows: TimingRow[] = [];
  let start = 0;
  for (const phase of ONE_AFTER_ANOTHER) {
    const length = timings?.[phase] ?? 0;
    if (length < LEAST || (phase === 'receive' && !isWhole)) continue;
    rows.push({ name: NAMES[phase], start, length });
    start += length;
    const tls = timings?.ssl ?? 0;
    if (phase === 'connect' && tls > 0) {
      rows.push({ name: NAMES.ssl, start: start - tls, length: tls });
    }
  }
  return rows;
}
