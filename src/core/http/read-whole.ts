import type { MessageFact, Payload } from '../facts.ts';
import type { Bytes } from '../units.ts';
import { utf8Length } from '../utf8-length.ts';
import { type BodyReader, type EmitRead, type GapState, LONGEST_MESSAGE } from './body-reader.ts';
import { joinBytes } from './joined-bytes.ts';
import { receivedBytes, receivedGap, receivedText } from './received.ts';
import { createPieceText } from './text-pieces.ts';

/**
 * Reads a body that is one message: the answer to a poll, told when it is complete. An empty one is none.
 * Where the body is not whole its beginning is told as such, or nothing but its length.
 */
export function createWholeReader(
  connection: number,
  isText: boolean,
  emit: EmitRead,
  longest = LONGEST_MESSAGE,
): BodyReader {
  const decoder = createPieceText(true);
  let text = '';
  const pieces: Uint8Array[] = [];
  let heldBytes: Bytes = 0;
  let lostBytes: Bytes = 0;
  let lostState: GapState | undefined;

  function lose(bytes: Bytes, state: GapState): void {
    lostState ??= heldBytes > 0 ? 'cut' : state;
    lostBytes += bytes;
  }

  function take(payload: Payload): void {
    const length = typeof payload === 'string' ? utf8Length(payload) : payload.length;
    if (lostState !== undefined || heldBytes + length > longest) {
      lose(length, 'cut');
      return;
    }
    heldBytes += length;
    if (isText || typeof payload === 'string') text += decoder.of(payload);
    else pieces.push(payload);
  }

  function message(at: number): MessageFact {
    return pieces.length > 0
      ? receivedBytes(connection, at, joinBytes(pieces))
      : receivedText(connection, at, text);
  }

  return {
    take: (_at, payload) => {
      take(payload);
    },
    lost: (_at, bytes, state) => {
      lose(bytes, state);
    },
    end: (at, isWhole) => {
      text += decoder.rest();
      if (heldBytes > 0) {
        const whole = message(at);
        whole.byteLength += lostBytes;
        if (lostState !== undefined || !isWhole) whole.payloadState = 'cut';
        emit(whole);
      } else if (lostState !== undefined && lostBytes > 0) {
        const gap = { bytes: lostBytes, state: lostState };
        emit(receivedGap(connection, at, isText ? 'string' : 'view', gap));
      }
    },
  };
}
