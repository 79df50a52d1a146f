import { type Data, isBytes, isTagged } from '../core/decoded/data.ts';
import type { Content } from '../core/decoded/decoded.ts';
import { readAmqp } from './amqp-types.ts';
import { ByteCursor, type Stop } from './formats/byte-cursor.ts';

/** The sections of a message: what the app says, and what is said about it. */
export interface AmqpMessage {
  readonly content?: Content;
  /** `header`, `properties`, `application-properties` and their like. */
  readonly about: readonly (readonly [string, Data])[];
  readonly stop?: Stop;
}

const BODIES: ReadonlySet<string> = new Set(['data', 'amqp-value', 'amqp-sequence']);

/** AMQP 1.0, 3.2. */
export function readAmqpMessage(bytes: Uint8Array): AmqpMessage {
  const cursor = new ByteCursor(bytes);
  const about: (readonly [string, Data])[] = [];
  const bodies: Data[] = [];
  while (!cursor.isAtEnd) {
    const section = readAmqp(cursor, 0);
    if (section === undefined) break;
    if (!isTagged(section)) cursor.fail('a section of a message was expected');
    else if (BODIES.has(section.tag)) bodies.push(section.value);
    else about.push([section.tag, section.value]);
  }
  const content = contentOf(bodies);
  return {
    about,
    ...(content !== undefined && { content }),
    ...(cursor.stop !== undefined && { stop: cursor.stop }),
  };
}

/** Text and bytes are looked into; other values are what they are. */
function contentOf(bodies: readonly Data[]): Content | undefined {
  const [body, ...more] = bodies;
  if (body === undefined) return undefined;
  if (more.length > 0) return { as: 'data', data: bodies };
  return typeof body === 'string' || isBytes(body)
    ? { as: 'payload', payload: body }
    : { as: 'data', data: body };
}
