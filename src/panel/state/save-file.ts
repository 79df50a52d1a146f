/** Long work says how far it is, and stops when it is told to. */
export interface Job {
  isCancelled: boolean;
  onProgress: (characters: number) => void;
}

const SLICE = 12;
const PART_CHARS = 1 << 20;

/**
 * Gathers a file from its pieces, a slice of time after the other, so that the panel goes on.
 * @returns `undefined` when the job was cancelled
 */
export async function gatherFile(
  pieces: Iterable<string>,
  mediaType: string,
  job: Job,
): Promise<Blob | undefined> {
  const parts: Blob[] = [];
  let part = '';
  let characters = 0;
  let sliceEnd = performance.now() + SLICE;
  for (const piece of pieces) {
    part += piece;
    characters += piece.length;
    if (part.length >= PART_CHARS) {
      parts.push(new Blob([part]));
      part = '';
    }
    if (performance.now() < sliceEnd) continue;
    job.onProgress(characters);
    await new Promise((resolve) => setTimeout(resolve));
    if (job.isCancelled) return undefined;
    sliceEnd = performance.now() + SLICE;
  }
  return new Blob([...parts, part], { type: mediaType });
}

/** Hands a file to the user as a download; `chrome.downloads` would take a permission. */
export function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken its own hold of the blob long before.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}

/** `wirescope-example.org-2026-11-20-101500.har` */
export function fileName(pageUrl: string, startedAt: number, extension: string): string {
  const host = URL.canParse(pageUrl) ? new URL(pageUrl).hostname : '';
  const time = new Date(startedAt)
    .toISOString()
    .replace(/\.\d+Z$/u, '')
    .replace('T', '-')
    .replaceAll(':', '');
  return ['wirescope', host, time].filter((part) => part !== '').join('-') + `.${extension}`;
}
