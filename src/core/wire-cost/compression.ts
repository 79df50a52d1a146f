import type { Channel } from '../channel.ts';
import type { Direction } from '../facts.ts';
import { headerOf } from '../http/content-type.ts';
import type { Session } from '../session.ts';
import type { Bytes, Milliseconds } from '../units.ts';
import type { StartDeflate } from './deflate.ts';
import { trafficOf } from './traffic.ts';
import { type WireUnit, wireUnits } from './wire-units.ts';
import { type Carrier, CARRIERS, type CarryOptions } from './wire-cost.ts';

/** How long units are after compression. */
export interface Compressed {
  /** @param length before; of units that were not compressed the share of those that were is taken */
  lengthOf: (row: number, direction: Direction, length: Bytes) => Bytes;
  /** Of all that would have to be compressed, 0 to 1. */
  readonly measuredShare: number;
}

/** By carrier: the same payloads compress differently with fields around them, and each by itself. */
export type Compression = ReadonlyMap<Carrier, Compressed>;

export interface CompressionOptions {
  readonly carriers?: readonly Carrier[];
  readonly signal?: AbortSignal;
  /** Of each carrier; what comes after is taken to be alike. */
  readonly mostBytes?: Bytes;
  readonly now?: Milliseconds;
  readonly carry?: CarryOptions;
}

const MOST_BYTES: Bytes = 8 * 1024 * 1024;

/** Whether the recorded connections compress what they carry, as their handshakes and headers say. */
export function isCompressed({ transport, connections }: Channel): boolean {
  return connections.some(({ extensions, handshake, responseHeaders }) => {
    if (transport === 'websocket') return extensions?.includes('permessage-deflate') === true;
    const coding =
      headerOf(handshake?.responseHeaders, 'content-encoding') ??
      headerOf(responseHeaders, 'content-encoding');
    return coding !== undefined && coding !== 'identity';
  });
}

/**
 * Compresses the real payloads of a channel as each carrier would: messages of WebSockets and events with what was before
 * them in mind (RFC 7692 section 7.1.1), answers to polls each by itself. One piece after another, so that it can be
 * stopped between any two.
 * @throws the signal's reason
 */
export async function measureCompression(
  session: Session,
  channel: Channel,
  start: StartDeflate,
  options: CompressionOptions = {},
): Promise<Compression> {
  const { carriers = CARRIERS, signal, mostBytes = MOST_BYTES, now, carry = {} } = options;
  const traffic = trafficOf(session, channel, undefined, now);
  const found = new Map<Carrier, Compressed>();
  if (traffic === undefined) return found;
  for (const carrier of carriers) {
    const units = wireUnits(traffic, carrier, carry);
    found.set(carrier, await compressUnits(units, start, mostBytes, signal));
  }
  return found;
}

/** Of the channels of a session that compress, by their numbers. */
export async function measureCompressions(
  session: Session,
  start: StartDeflate,
  options: CompressionOptions = {},
): Promise<Map<number, Compression>> {
  const found = new Map<number, Compression>();
  for (const channel of session.channels) {
    if (!isCompressed(channel)) continue;
    found.set(channel.id, await measureCompression(session, channel, start, options));
  }
  return found;
}

async function compressUnits(
  units: Iterable<WireUnit>,
  start: StartDeflate,
  mostBytes: Bytes,
  signal: AbortSignal | undefined,
): Promise<Compressed> {
  const lengths = new Map<number, Bytes>();
  const sums = { sent: { before: 0, after: 0 }, received: { before: 0, after: 0 } };
  const streams = new Map<string, ReturnType<StartDeflate>>();
  let [measured, all] = [0, 0];
  try {
    for (const { row, stream, direction, bytes, extra } of units) {
      signal?.throwIfAborted();
      all += bytes.length;
      if (measured + bytes.length > mostBytes) continue;
      measured += bytes.length;
      const deflate = (stream === undefined ? undefined : streams.get(stream)) ?? start();
      const after = (await deflate.add(bytes)) + extra;
      if (stream === undefined) deflate.close();
      else streams.set(stream, deflate);
      if (row !== undefined) lengths.set(row, after);
      sums[direction].before += bytes.length;
      sums[direction].after += after;
    }
  } finally {
    for (const deflate of streams.values()) deflate.close();
  }
  return {
    measuredShare: all === 0 ? 1 : measured / all,
    lengthOf: (row, direction, length) => {
      const known = lengths.get(row);
      if (known !== undefined) return known;
      const { before, after } = sums[direction];
      return before === 0 ? length : (length * after) / before;
    },
  };
}
