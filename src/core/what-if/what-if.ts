import { type Distribution, distributionOf } from '../measures/distribution.ts';
import type { Milliseconds } from '../units.ts';
import { planFor, USUAL_INTERVAL, usualRoundTrip } from '../wire-cost/carry-by-polls.ts';
import type { Compression } from '../wire-cost/compression.ts';
import type { Traffic } from '../wire-cost/traffic.ts';
import type { Carrier, CarryOptions, WireCost } from '../wire-cost/wire-cost.ts';
import { costOf } from '../wire-cost/wire-costs.ts';
import { countTraffic } from './count-traffic.ts';
import { gainsOf, lossesOf } from './trade-offs.ts';

/** The recorded traffic of a channel, had another carrier carried it. */
export interface WhatIf {
  readonly cost: WireCost;
  /** Connections or waiting requests that browser and server hold all the time. */
  readonly held: number;
  /**
   * How much later messages reach the page than the server had them, by the times of the recording: the wait for the next
   * request. Absent where each is sent at once. The way itself is in none of them.
   */
  readonly addedLatency: Distribution | undefined;
  /** What is lost and what is gained with this carrier, in sentences with numbers; nothing for the one that it has. */
  readonly lost: readonly string[];
  readonly gained: readonly string[];
  /** What had to be assumed, in sentences. */
  readonly assumptions: readonly string[];
}

/** @param options what a user sets; what is left out is as the channel had it, or usual */
export function whatIf(
  traffic: Traffic,
  carrier: Carrier,
  options: CarryOptions = {},
  compression?: Compression,
): WhatIf {
  const isAsIs = carrier === traffic.carrier;
  const cost = costOf(traffic, carrier, isAsIs ? {} : options, compression);
  const counts = countTraffic(traffic);
  return {
    cost,
    held: carrier === 'polling' ? 0 : 1,
    addedLatency: isAsIs ? undefined : addedLatency(traffic, carrier, options),
    lost: isAsIs ? [] : lossesOf(traffic, carrier, cost.http, counts),
    gained: isAsIs ? [] : gainsOf(traffic, carrier, cost.http, counts),
    assumptions: isAsIs ? [] : assumptionsOf(traffic, carrier, options),
  };
}

function addedLatency(
  traffic: Traffic,
  carrier: Carrier,
  options: CarryOptions,
): Distribution | undefined {
  if (carrier !== 'polling' && carrier !== 'long-polling') return undefined;
  const times: Milliseconds[] = [];
  for (const { direction, rowClass, at } of traffic.kept()) {
    if (direction === 'received' && rowClass !== 'heartbeat') times.push(at);
  }
  return distributionOf(planFor(traffic, times, carrier, options).delays);
}

function assumptionsOf(traffic: Traffic, carrier: Carrier, options: CarryOptions): string[] {
  const assumed: string[] = [];
  if (carrier === 'polling' && options.interval === undefined) {
    assumed.push(`The page asks every ${USUAL_INTERVAL / 1_000} s, unless it was seen asking.`);
  }
  if (carrier === 'long-polling' && options.roundTrip === undefined) {
    const roundTrip = Math.round(usualRoundTrip(traffic.channel.connections));
    assumed.push(
      `The next request is there ${roundTrip} ms after an answer, as long as opening or the first byte took.`,
    );
  }
  if (carrier === 'polling' || carrier === 'long-polling') {
    assumed.push('An answer is a JSON list of all messages since the one before.');
  }
  if (traffic.carrier === 'polling' || traffic.carrier === 'long-polling') {
    assumed.push('Every answer that was polled is carried, also those that said nothing new.');
  }
  if (traffic.dropped > 0) {
    assumed.push('Dropped messages count with their bytes, and come at no time.');
  }
  return assumed;
}
