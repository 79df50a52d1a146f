import { bytesToBase64 } from '../../core/byte-text.ts';
import type { Fact, LifeFact, MessageFact } from '../../core/facts.ts';
import type { JsonRecord } from '../fields.ts';

/**
 * A fact as it stands in a file, under its own names. What is nearly always the same is left out:
 * `dataType` "string", `payloadState` "whole", and a payload that is not here.
 */
export function factToRecord(fact: Fact): JsonRecord {
  return fact.kind === 'message' ? messageToRecord(fact) : inOrder(fact);
}

/** Where a fact happened stands first in its line, whoever made it and in whatever order. */
const FIRST_FIELDS = ['kind', 'connection', 'frame', 'at'];

function inOrder(fact: LifeFact): JsonRecord {
  const rest = Object.entries(fact).filter(([name]) => !FIRST_FIELDS.includes(name));
  rest.sort(([a], [b]) => (a < b ? -1 : 1));
  const first = Object.entries(fact).filter(([name]) => FIRST_FIELDS.includes(name));
  first.sort(([a], [b]) => FIRST_FIELDS.indexOf(a) - FIRST_FIELDS.indexOf(b));
  return Object.fromEntries([...first, ...rest]);
}

function messageToRecord(message: MessageFact): JsonRecord {
  const { kind, connection, at, direction, dataType, byteLength } = message;
  const { payload, payloadState, ...marks } = message;
  return {
    kind,
    connection,
    at,
    direction,
    ...(dataType !== 'string' && { dataType }),
    byteLength,
    ...(payloadState !== 'whole' && { payloadState }),
    ...(payload !== null && {
      payload: typeof payload === 'string' ? payload : { base64: bytesToBase64(payload) },
    }),
    ...(marks.eventType !== undefined && { eventType: marks.eventType }),
    ...(marks.lastEventId !== undefined && { lastEventId: marks.lastEventId }),
    ...(marks.unterminated === true && { unterminated: true }),
    ...(marks.source !== undefined && { source: marks.source }),
    ...(marks.early === true && { early: true }),
    ...(marks.discarded === true && { discarded: true }),
  };
}
