import type { Channel } from '../channel.ts';
import type { ClassOfRow } from '../measures/row-class.ts';
import type { Session } from '../session.ts';
import type { Milliseconds } from '../units.ts';
import { type Carrying, carryByWebSocket } from './carry.ts';
import { carryByPolls } from './carry-by-polls.ts';
import { carryByStream } from './carry-by-stream.ts';
import { type Compression, isCompressed } from './compression.ts';
import { gradeParts } from './grade-parts.ts';
import { createHeadMeter } from './head-meter.ts';
import { headsOf } from './heads.ts';
import { createLedger, partTotal } from './ledger.ts';
import { isPlain, knownHttp, type Traffic, trafficOf, usualHttp } from './traffic.ts';
import { type Carrier, CARRIERS, type CarryOptions, type WireCost } from './wire-cost.ts';

export interface CostSources {
  /** Which messages are heartbeats: other carriers do without them, or have their own; left out, all are the app's. */
  readonly classOf?: ClassOfRow;
  /** Where living connections have come to; left out, the session's last fact. */
  readonly now?: Milliseconds;
  /** As measured; taken where the carrier compresses. */
  readonly compression?: Compression;
}

/**
 * What a channel's traffic costs on the wire: as it is carried, first, and then on each other carrier.
 * @returns nothing for transports that nobody can choose instead
 */
export function wireCosts(
  session: Session,
  channel: Channel,
  { classOf, now, compression }: CostSources = {},
  options: CarryOptions = {},
): WireCost[] {
  const traffic = trafficOf(session, channel, classOf, now);
  if (traffic === undefined) return [];
  const others = CARRIERS.filter((carrier) => carrier !== traffic.carrier);
  return [
    costOf(traffic, traffic.carrier, {}, compression),
    ...others.map((each) => costOf(traffic, each, options, compression)),
  ];
}

/** What traffic costs on one carrier. */
export function costOf(
  traffic: Traffic,
  carrier: Carrier,
  options: CarryOptions,
  compression?: Compression,
): WireCost {
  const { session, channel } = traffic;
  const known = knownHttp(session, channel, carrier);
  const http = options.http ?? known ?? usualHttp(channel, carrier);
  const heads = headsOf(session, channel);
  const meter = createHeadMeter(http, options);
  const ledger = createLedger();
  const compresses = options.isCompressed ?? isCompressed(channel);
  const compressed = compresses ? compression?.get(carrier) : undefined;
  const carrying: Carrying = { traffic, heads, meter, ledger, http, options, compressed };
  carry(carrier, carrying);
  const { payload, framing, headers } = ledger.parts;
  const sumOf = (direction: 'sent' | 'received'): number =>
    Math.round(payload[direction] + framing[direction] + headers[direction]);
  const values = {
    payload: Math.round(partTotal(payload)),
    framing: Math.round(partTotal(framing)),
    headers: Math.round(partTotal(headers)),
  };
  const total = values.payload + values.framing + values.headers;
  const sent = Math.min(total, sumOf('sent'));
  const isHttpKnown = options.http !== undefined || known !== undefined || isPlain(channel);
  const grades = gradeParts(carrying, carrier, { isHttpKnown, compresses });
  return {
    carrier,
    http,
    payload: { value: values.payload, ...grades.payload },
    framing: { value: values.framing, ...grades.framing },
    headers: { value: values.headers, ...grades.headers },
    total,
    sent,
    received: total - sent,
    requests: ledger.requests,
  };
}

function carry(carrier: Carrier, carrying: Carrying): void {
  switch (carrier) {
    case 'websocket':
      carryByWebSocket(carrying);
      return;
    case 'eventsource':
    case 'fetch-stream':
      carryByStream(carrying, carrier);
      return;
    case 'polling':
    case 'long-polling':
      carryByPolls(carrying, carrier);
      return;
  }
}
