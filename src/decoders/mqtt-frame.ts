import type { Stop } from './formats/byte-cursor.ts';

/** The packet types of MQTT 3.1.1 and 5, from 1 on (MQTT 5, 2.1.2). */
export const PACKET_TYPES = [
  'CONNECT',
  'CONNACK',
  'PUBLISH',
  'PUBACK',
  'PUBREC',
  'PUBREL',
  'PUBCOMP',
  'SUBSCRIBE',
  'SUBACK',
  'UNSUBSCRIBE',
  'UNSUBACK',
  'PINGREQ',
  'PINGRESP',
  'DISCONNECT',
  'AUTH',
] as const;
export type PacketType = (typeof PACKET_TYPES)[number];

/** These have flags of 0010, PUBLISH its own, all others none (2.1.3). */
const MARKED: ReadonlySet<PacketType> = new Set(['PUBREL', 'SUBSCRIBE', 'UNSUBSCRIBE']);
const MOST_LENGTH_BYTES = 4;

export const typeOf = (head: number): PacketType | undefined => PACKET_TYPES[(head >> 4) - 1];

/** From the fixed header: the type with its flags, and the length of what follows. */
export function measureMqtt(bytes: Uint8Array, at: number): number | Stop | undefined {
  const head = bytes[at] ?? 0;
  const type = typeOf(head);
  const flags = head & 0x0f;
  if (type === undefined) return { offset: at, reason: 'packet type 0 means nothing in MQTT' };
  const isRight =
    type === 'PUBLISH' ? (flags & 0x06) !== 0x06 : flags === (MARKED.has(type) ? 2 : 0);
  if (!isRight) return { offset: at, reason: `${type} has no flags ${flags}` };
  let length = 0;
  for (let i = 0; i < MOST_LENGTH_BYTES; i += 1) {
    const byte = bytes[at + 1 + i];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return 2 + i + length;
  }
  return { offset: at + 1, reason: 'a remaining length of more than four bytes' };
}
