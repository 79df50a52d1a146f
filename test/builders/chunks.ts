/** Text as a file comes: in chunks of these sizes, over and over. */
export async function* inChunks(text: string, sizes: readonly number[]): AsyncGenerator<string> {
  let start = 0;
  for (let turn = 0; start < text.length; turn += 1) {
    const end = start + Math.max(sizes[turn % sizes.length] ?? text.length, 1);
    yield await Promise.resolve(text.slice(start, end));
    start = end;
  }
}

export async function* inByteChunks(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += size) {
    yield await Promise.resolve(bytes.subarray(start, start + size));
  }
}

/** Lines of JSON as one file. */
export function asLines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}
