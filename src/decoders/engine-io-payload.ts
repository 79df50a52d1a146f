import type { Payload } from '../core/facts.ts';

/** A packet as it stands in a payload. */
export interface EnginePacket {
  readonly data: Payload;
  /** Code units or bytes from the payload's beginning. */
  readonly at: number;
  /** As version 3 writes bytes: with the packet's type in front of them. */
  readonly isFramed?: boolean;
  /** Why what stands here is no packet. */
  readonly fault?: string;
}

const SEPARATOR = '\u{1e}';

/** Version 4 puts a record separator between packets, version 3 a length before each, in characters. */
export function cutText(payload: string, isThree: boolean): EnginePacket[] {
  if (isThree && payload !== 'ok' && !payload.startsWith('{')) return cutLengths(payload);
  const packets: EnginePacket[] = [];
  let at = 0;
  for (const data of payload.split(SEPARATOR)) {
    packets.push({ data, at });
    at += data.length + 1;
  }
  return packets;
}

function cutLengths(payload: string): EnginePacket[] {
  const packets: EnginePacket[] = [];
  let at = 0;
  while (at < payload.length) {
    const [prefix, digits] = /^(\d{1,10}):/u.exec(payload.slice(at, at + 11)) ?? [];
    const from = at + (prefix?.length ?? 0);
    const end = from + Number(digits ?? 0);
    if (digits === undefined || end > payload.length || end === from) {
      return [...packets, { data: '', at, fault: 'a length and a packet as long were expected' }];
    }
    packets.push({ data: payload.slice(from, end), at: from, isFramed: true });
    at = end;
  }
  return packets;
}

const END_OF_LENGTH = 255;
const MOST_DIGITS = 10;

/** Version 3 as bytes: 0 for text or 1 for bytes, the length digit by digit, 255, the packet. */
export function cutBinary(payload: Uint8Array): EnginePacket[] {
  const packets: EnginePacket[] = [];
  let at = 0;
  while (at < payload.length) {
    const isText = payload[at] === 0;
    let length = 0;
    let from = at + 1;
    while (from < payload.length && payload[from] !== END_OF_LENGTH && from - at <= MOST_DIGITS) {
      length = length * 10 + (payload[from] ?? 0);
      from += 1;
    }
    from += 1;
    const end = from + length;
    if (
      (payload[at] ?? 2) > 1 ||
      payload[from - 1] !== END_OF_LENGTH ||
      end > payload.length ||
      length === 0
    ) {
      return [...packets, { data: '', at, fault: 'a length and a packet as long were expected' }];
    }
    const bytes = payload.subarray(from, end);
    packets.push({
      data: isText ? new TextDecoder().decode(bytes) : bytes,
      at: from,
      isFramed: true,
    });
    at = end;
  }
  return packets;
}

/** `undefined` where it is none. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  try {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = binary.charCodeAt(index);
    return bytes;
  } catch {
    return undefined;
  }
}
