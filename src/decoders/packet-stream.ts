import { joinBytes } from '../core/http/joined-bytes.ts';
import { MOST_HELD, MOST_PARTS } from './decoder.ts';
import type { Stop } from './formats/byte-cursor.ts';
import { formatCountOf } from '../core/format.ts';

/**
 * How many bytes the packet that begins at `at` has, its header included and never none; `undefined` while too few
 * are there to say.
 */
export type MeasurePacket = (bytes: Uint8Array, at: number) => number | Stop | undefined;

export interface Packet {
  /** A view: whoever keeps it copies it. */
  readonly bytes: Uint8Array;
  /** Where it begins in the message that ends it; 0 where it began in an earlier one. */
  readonly offset: number;
}

/** Cuts packets out of what one side sends: split over messages, or several in one. */
export interface PacketStream {
  take: (came: Uint8Array) => { readonly packets: readonly Packet[]; readonly stop?: Stop };
}

/** After what is no packet, the next message is taken for the beginning of one. */
export function createPacketStream(measure: MeasurePacket): PacketStream {
  let pieces: Uint8Array[] = [];
  let held = 0;
  /** Of the packet that has begun, so that pieces are joined once. */
  let size: number | undefined;

  function hold(rest: Uint8Array | undefined, wanted?: number): void {
    pieces = rest === undefined || rest.length === 0 ? [] : [rest];
    held = pieces[0]?.length ?? 0;
    size = wanted;
  }

  return {
    take: (came) => {
      if (size !== undefined && held + came.length < size) {
        pieces.push(came.slice());
        held += came.length;
        return { packets: [] };
      }
      const all = pieces.length === 0 ? came : joinBytes([...pieces, came]);
      const { packets, at, stop, wanted } = cutPackets(all, measure);
      hold(stop === undefined ? all.slice(at) : undefined, wanted);
      const before = all.length - came.length;
      const here = (offset: number) => Math.max(0, offset - before);
      return {
        packets: packets.map(({ bytes, offset }) => ({ bytes, offset: here(offset) })),
        ...(stop !== undefined && { stop: { ...stop, offset: here(stop.offset) } }),
      };
    },
  };
}

interface Cut {
  readonly packets: readonly Packet[];
  /** Where the rest begins. */
  readonly at: number;
  readonly stop?: Stop;
  /** How long the packet is that begins in the rest, where it says so already. */
  readonly wanted?: number;
}

/** The whole packets at the beginning of bytes. */
export function cutPackets(bytes: Uint8Array, measure: MeasurePacket): Cut {
  const packets: Packet[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (packets.length === MOST_PARTS) {
      return { packets, at, stop: { offset: at, reason: `more than ${MOST_PARTS} packets` } };
    }
    const size = measure(bytes, at);
    if (typeof size === 'object') return { packets, at, stop: size };
    if (size !== undefined && size > MOST_HELD) {
      const reason = `a packet of ${formatCountOf(size, 'byte')} is not put together`;
      return { packets, at, stop: { offset: at, reason } };
    }
    if (size === undefined || at + size > bytes.length) {
      return { packets, at, ...(size !== undefined && { wanted: size }) };
    }
    packets.push({ bytes: bytes.subarray(at, at + size), offset: at });
    at += size;
  }
  return { packets, at };
}
