import type { IncomingMessage } from 'node:http';
import { type Faults, isLabEndpoint, type LabEndpoint, parseFaults } from './faults.ts';
import type { LabRecorder } from './lab-log.ts';
import type { Stories } from './stories.ts';

/** What all endpoints share. */
export interface LabContext {
  readonly recorder: LabRecorder;
  readonly stories: Stories;
}

/** A request for one of the lab's endpoints, understood. */
export interface LabRequest {
  readonly endpoint: LabEndpoint;
  readonly faults: Faults;
  readonly message: IncomingMessage;
}

export type LabRequestResult =
  | { readonly ok: true; readonly request: LabRequest }
  | { readonly ok: false; readonly status: number; readonly problems: readonly string[] };

export function urlOf(message: IncomingMessage): URL {
  return new URL(message.url ?? '/', 'http://lab.invalid');
}

/** Reads path and query of a request; `wants` says which endpoints may be meant here. */
export function readLabRequest(
  message: IncomingMessage,
  wants: (endpoint: LabEndpoint) => boolean,
): LabRequestResult {
  const { pathname, searchParams } = urlOf(message);
  if (!isLabEndpoint(pathname) || !wants(pathname)) {
    return { ok: false, status: 404, problems: [`nothing answers at ${pathname} in this way`] };
  }
  const parsed = parseFaults(pathname, searchParams);
  if (!parsed.ok) return { ok: false, status: 400, problems: parsed.problems };
  return { ok: true, request: { endpoint: pathname, faults: parsed.faults, message } };
}

/** What an EventSource says when it comes back; null when it has seen nothing yet. */
export function lastEventIdOf(message: IncomingMessage): string | null {
  const value = message.headers['last-event-id'];
  return typeof value === 'string' && value !== '' ? value : null;
}
