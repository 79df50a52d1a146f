/** Pieces of a body as text: a character may be cut in two (Encoding Standard, `stream`). */
export interface PieceText {
  of: (payload: string | Uint8Array) => string;
  /** What a body that ended within a character leaves: U+FFFD. */
  rest: () => string;
}

/** @param keepsMark whether a byte order mark stays in the text */
export function createPieceText(keepsMark: boolean): PieceText {
  let decoder: TextDecoder | undefined;
  return {
    of: (payload) => {
      if (typeof payload === 'string') return payload;
      decoder ??= new TextDecoder('utf-8', { ignoreBOM: keepsMark });
      return decoder.decode(payload, { stream: true });
    },
    rest: () => {
      const rest = decoder?.decode() ?? '';
      decoder = undefined;
      return rest;
    },
  };
}
