import type { IncomingHttpHeaders } from 'node:http';

/** What a lane's endpoints need of a request, in HTTP/1.1 as in HTTP/2. */
export interface LaneRequest extends AsyncIterable<unknown> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

export interface LaneResponse {
  writeHead: (status: number, headers?: Record<string, string>) => unknown;
  /** HTTP/1.1 keeps the head until there is a body to go with it. */
  flushHeaders?: () => void;
  write: (chunk: string) => boolean;
  end: (chunk?: string) => unknown;
  on: (event: 'close' | 'error', listener: () => void) => unknown;
}

/** Any page may use a lane: it is on a port of its own, and so another origin. */
const HEADERS = { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' };

export function answer(response: LaneResponse, status: number, type?: string, body?: string): void {
  begin(response, status, type, body);
  response.end(body);
}

/** The head of an answer whose body goes on. */
export function begin(response: LaneResponse, status: number, type?: string, body?: string): void {
  response.writeHead(status, {
    ...HEADERS,
    ...(type !== undefined && { 'Content-Type': type }),
    ...(body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)) }),
  });
}

/** Aborted when the page went away or everything is said. */
export function endOf(response: LaneResponse): AbortSignal {
  const over = new AbortController();
  response.on('close', () => over.abort());
  response.on('error', () => over.abort());
  return over.signal;
}

export async function bodyOf(request: LaneRequest): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
