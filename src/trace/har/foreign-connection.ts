import type { Fact, Transport } from '../../core/facts.ts';
import type { EpochMilliseconds, Milliseconds } from '../../core/units.ts';
import { isRecord, type JsonRecord } from '../fields.ts';
import { readRows } from './read-rows.ts';

export interface Place {
  connection: number;
  frame: number;
  url: string;
  transport: Transport;
}

/**
 * The facts that an entry of Chrome's tells. What it does not tell is not made up: there is no close
 * code, and a connection whose end is not in the log stays open.
 * @param at when the entry began
 */
export function readConnection(
  entry: JsonRecord,
  place: Place,
  at: Milliseconds,
  startedAt: EpochMilliseconds,
): { facts: Fact[]; skipped: number } {
  const { connection, transport } = place;
  const rows = readRows(entry, transport, connection, startedAt);
  const messages = rows.messages.filter((message) => message !== undefined);
  messages.sort((a, b) => a.at - b.at);
  const firstAt = messages[0]?.at ?? Infinity;
  const lastAt = messages[messages.length - 1]?.at ?? at;
  const during: Fact[] = rows.errorsAt.map((errorAt) => ({
    kind: 'connection-errored',
    connection,
    at: errorAt,
  }));
  for (const message of messages) during.push(message);
  during.sort((a, b) => a.at - b.at);

  const facts: Fact[] = [{ kind: 'connection-created', ...place, at, source: 'network-log' }];
  const opened = messages.length > 0 || isAccepted(entry, transport);
  if (opened) {
    const openedAt = Math.max(at, Math.min(at + handshakeTime(entry, transport), firstAt));
    facts.push({ kind: 'connection-opened', connection, at: openedAt, ...negotiated(entry) });
  }
  for (const fact of during) facts.push(fact);
  if (!opened || isEnded(entry, transport)) {
    const endedAt = Math.max(at + Math.max(numberIn(entry, 'time'), 0), lastAt);
    facts.push({ kind: 'connection-ended', connection, at: endedAt, endedBy: 'unknown' });
  }
  return { facts, skipped: rows.skipped };
}

/** 101 (RFC 6455 section 4.1), or 200 for a WebSocket over HTTP/2 (RFC 8441) and an event stream. */
function isAccepted(entry: JsonRecord, transport: Transport): boolean {
  const status = numberIn(entry['response'], 'status');
  return status === 200 || (transport === 'websocket' && status === 101);
}

/**
 * For a WebSocket Chrome moves the time of the response on with every message, so `wait` reaches up
 * to the last one and `receive` counts from there to the end: it is 0 as long as there is no end.
 * For an event stream `receive` grows with the data, and only an error tells of the end.
 */
function isEnded(entry: JsonRecord, transport: Transport): boolean {
  const { response, timings } = entry as { response?: unknown; timings?: unknown };
  if (isRecord(response) && typeof response['_error'] === 'string')
    return response['_error'] !== '';
  return transport === 'websocket' && numberIn(timings, 'receive') > 0;
}

function handshakeTime(entry: JsonRecord, transport: Transport): Milliseconds {
  const steps = ['blocked', 'dns', 'connect', 'send'];
  if (transport === 'eventsource') steps.push('wait');
  return steps.reduce((sum, step) => sum + Math.max(numberIn(entry['timings'], step), 0), 0);
}

/** What the server chose in the opening handshake (RFC 6455 section 4.2.2), if its headers are here. */
function negotiated(entry: JsonRecord): { subprotocol?: string; extensions?: string } {
  const response = entry['response'];
  const headers = isRecord(response) ? response['headers'] : undefined;
  const found: { subprotocol?: string; extensions?: string } = {};
  for (const header of Array.isArray(headers) ? (headers as unknown[]) : []) {
    if (!isRecord(header)) continue;
    const { name, value } = header as { name?: unknown; value?: unknown };
    if (typeof name !== 'string' || typeof value !== 'string') continue;
    if (name.toLowerCase() === 'sec-websocket-protocol') found.subprotocol = value;
    if (name.toLowerCase() === 'sec-websocket-extensions') found.extensions = value;
  }
  return found;
}

/** A finite number that fits the time axis; 0 where there is none. */
function numberIn(record: unknown, key: string): number {
  const value = isRecord(record) ? record[key] : undefined;
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : 0;
}
