import {
  type HandshakeLogged,
  type Headers,
  type Link,
  LOGGED_PHASES,
  type LoggedPhase,
} from '../../core/facts.ts';
import type { Milliseconds } from '../../core/units.ts';
import {
  isRecord,
  type JsonRecord,
  optional,
  readOneOf,
  readPlace,
  readRecord,
  readText,
  readTexts,
  readTime,
  readWhole,
} from '../fields.ts';
import { TraceError } from '../trace-error.ts';

/** The fields of HTTP exchanges; all readers throw a TraceError that names the field. */
export function readHeaders(record: JsonRecord, key: string): Headers {
  const list = record[key];
  if (!Array.isArray(list)) throw new TraceError(`“${key}” should be a list.`);
  return (list as unknown[]).map((pair) => {
    const [name, value, ...more] = Array.isArray(pair) ? (pair as unknown[]) : [];
    if (typeof name !== 'string' || typeof value !== 'string' || more.length > 0) {
      throw new TraceError(`“${key}” should hold pairs of a name and a value.`);
    }
    return [name, value];
  });
}

/** Three digits (RFC 9110 section 15); 0 where there was no answer. */
export function readStatus(record: JsonRecord, key: string): number {
  return readWhole(record, key, 999);
}

export function readLink(record: JsonRecord, key: string): Link {
  const link = readRecord(record, key);
  return {
    basis: readOneOf(link, 'basis', ['observed', 'inferred']),
    evidence: readTexts(link, 'evidence'),
  };
}

export function readHandshake(record: JsonRecord): HandshakeLogged {
  return {
    kind: 'handshake-logged',
    ...readPlace(record),
    ...optional(record, 'requestHeaders', readHeaders),
    ...optional(record, 'responseHeaders', readHeaders),
    ...optional(record, 'status', readStatus),
    ...optional(record, 'httpVersion', readText),
    ...optional(record, 'remoteAddress', readText),
    ...optional(record, 'timings', readTimings),
  };
}

function readTimings(record: JsonRecord, key: string): Partial<Record<LoggedPhase, Milliseconds>> {
  const told = record[key];
  if (!isRecord(told)) throw new TraceError(`“${key}” should be an object.`);
  const timings: Partial<Record<LoggedPhase, Milliseconds>> = {};
  for (const phase of LOGGED_PHASES) {
    if (told[phase] !== undefined) timings[phase] = readTime(told, phase);
  }
  return timings;
}
