import type { Headers } from '../facts.ts';

/** Header names are compared without case (RFC 9110 section 5.1); of several values the first. */
export function headerOf(headers: Headers | undefined, name: string): string | undefined {
  return headers?.find(([known]) => known.toLowerCase() === name)?.[1];
}

/** The essence of the media type (WHATWG MIME Sniffing), in lower case; empty where none is told. */
export function mimeTypeOf(headers: Headers | undefined): string {
  const [essence = ''] = (headerOf(headers, 'content-type') ?? '').split(';');
  return essence.trim().toLowerCase();
}

/** How a body divides into messages. */
export type BodyKind = 'event-stream' | 'lines' | 'envelopes' | 'text' | 'bytes';

/** One JSON value a line, under all the names that are in use; RFC 7464 for `json-seq`. */
const LINES = new Set([
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonl',
  'application/jsonlines',
  'application/x-jsonlines',
  'application/json-lines',
  'application/x-json-stream',
  'application/stream+json',
  'application/json-seq',
  'text/x-ndjson',
  'text/ndjson',
]);
/** gRPC-Web and the streaming calls of Connect share their envelope; `-text` is base64, and text. */
const ENVELOPES = /^application\/(?:grpc-web(?!-text)|connect\+)/u;
const TEXT =
  /^(?:text\/|application\/(?:json|xml|javascript|x-javascript|ecmascript|graphql|x-www-form-urlencoded|grpc-web-text)|[^/]+\/[^/]+\+(?:json|xml)$)/u;
/** Multipart answers come part by part: GraphQL's `@defer`, cameras. */
const PARTS = /^multipart\/(?:mixed|x-mixed-replace)$/u;

export function bodyKindOf(mimeType: string): BodyKind {
  if (mimeType === 'text/event-stream') return 'event-stream';
  if (LINES.has(mimeType)) return 'lines';
  if (ENVELOPES.test(mimeType)) return 'envelopes';
  return TEXT.test(mimeType) || mimeType === 'multipart/mixed' ? 'text' : 'bytes';
}

/** A type that exists in order to be read while it comes. */
export function isStreamType(mimeType: string): boolean {
  const kind = bodyKindOf(mimeType);
  if (kind === 'text' || kind === 'bytes') {
    return PARTS.test(mimeType) || mimeType.startsWith('application/grpc-web-text');
  }
  return true;
}
