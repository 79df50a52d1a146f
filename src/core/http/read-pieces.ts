import { type BodyReader, type EmitRead } from './body-reader.ts';
import { receivedBytes, receivedGap, receivedText } from './received.ts';
import { createPieceText } from './text-pieces.ts';

/** Reads a body of which nothing says where messages end: each piece is one, as the page got it. */
export function createPieceReader(connection: number, isText: boolean, emit: EmitRead): BodyReader {
  const text = createPieceText(true);
  return {
    take: (at, payload) => {
      if (!isText && typeof payload !== 'string') {
        emit(receivedBytes(connection, at, payload));
        return;
      }
      const piece = text.of(payload);
      if (piece !== '') emit(receivedText(connection, at, piece));
    },
    lost: (at, bytes, state) => {
      text.rest();
      if (bytes === 0) return;
      emit(receivedGap(connection, at, isText ? 'string' : 'view', { bytes, state }));
    },
    end: (at) => {
      const rest = text.rest();
      if (rest !== '') emit(receivedText(connection, at, rest));
    },
  };
}
