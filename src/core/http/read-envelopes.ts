import type { Milliseconds } from '../units.ts';
import { type BodyReader, type EmitRead, LONGEST_MESSAGE } from './body-reader.ts';
import { createGap } from './gap.ts';
import { joinBytes } from './joined-bytes.ts';
import { receivedBytes, receivedGap, receivedText } from './received.ts';

/** One byte of flags and four of length (gRPC over HTTP/2, “Length-Prefixed-Message”; the Connect protocol). */
const HEADER_BYTES = 5;

/**
 * Reads length-prefixed frames, a message each, their header included. The length is never believed: what it
 * announces is collected as it comes, up to the limit. After a gap nobody can tell where the next
 * frame begins, so the rest of the body belongs to the gap.
 */
export function createEnvelopeReader(
  connection: number,
  emit: EmitRead,
  longest = LONGEST_MESSAGE,
): BodyReader {
  const gap = createGap();
  let header: number[] = [];
  let pieces: Uint8Array[] = [];
  let held = 0;
  /** Bytes of the frame's body that are still to come. */
  let missing = 0;
  let beyond = 0;

  function take(at: Milliseconds, bytes: Uint8Array): void {
    let start = 0;
    while (start < bytes.length) {
      if (header.length < HEADER_BYTES) {
        header.push(bytes[start] ?? 0);
        start += 1;
        if (header.length < HEADER_BYTES) continue;
        pieces.push(Uint8Array.from(header));
        missing = new DataView(Uint8Array.from(header).buffer).getUint32(1);
      } else {
        const part = bytes.subarray(start, start + missing);
        hold(part);
        missing -= part.length;
        start += part.length;
      }
      if (missing === 0) tell(at, true);
    }
  }

  function hold(part: Uint8Array): void {
    const kept = part.subarray(0, Math.max(longest - held, 0));
    pieces.push(kept.slice());
    held += kept.length;
    beyond += part.length - kept.length;
  }

  function tell(at: Milliseconds, isWhole: boolean): void {
    const message = receivedBytes(connection, at, joinBytes(pieces));
    message.byteLength += beyond;
    emit(isWhole && beyond === 0 ? message : { ...message, payloadState: 'cut' });
    reset();
  }

  function reset(): number {
    const here = header.length + held + beyond;
    [header, pieces, held, missing, beyond] = [[], [], 0, 0, 0];
    return here;
  }

  return {
    take: (at, payload) => {
      if (typeof payload === 'string') emit(receivedText(connection, at, payload));
      else if (gap.isOpen) gap.widen(payload.length, 'evicted');
      else take(at, payload);
    },
    lost: (_at, bytes, state) => {
      gap.widen(bytes + reset(), state);
    },
    end: (at) => {
      const closed = gap.close();
      if (closed !== undefined) emit(receivedGap(connection, at, 'view', closed));
      if (header.length === 0) return;
      if (header.length < HEADER_BYTES) pieces.push(Uint8Array.from(header));
      tell(at, false);
    },
  };
}
