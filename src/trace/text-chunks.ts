/** A file as it comes: bytes in UTF-8, or text, cut anywhere. */
export type FileChunks = AsyncIterable<string | Uint8Array>;

/** The text of a file, in its own cuts. A byte order mark is left out; bad bytes become U+FFFD. */
export async function* decodeChunks(chunks: FileChunks): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let isFirst = true;
  for await (const chunk of chunks) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    if (text === '') continue;
    yield isFirst && text.startsWith('\ufeff') ? text.slice(1) : text;
    isFirst = false;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
