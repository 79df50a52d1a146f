import type { Bytes, EpochMilliseconds } from '../../core/units.ts';
import { chanceOf } from './schedule.ts';

/** A message as it was made; `at` tells how long it was on its way. */
export interface WorkloadMessage {
  readonly seq: number;
  /** When it happened, by the clock of who says it. */
  readonly at: EpochMilliseconds;
  readonly payload: string | Uint8Array<ArrayBuffer>;
}

const WORDS = 'ACME BOLT CIRRUS DELTA open high low last volume change bid ask up down'.split(' ');
/** A sequence number and a time, both as doubles. */
const HEAD: Bytes = 16;

/** Exactly `size` bytes, of what apps say: JSON that compresses as JSON does, bytes that do not. */
export function createMessage(
  { seq, isBinary }: { seq: number; isBinary: boolean },
  { size, seed }: { size: Bytes; seed: number },
  at: EpochMilliseconds,
): WorkloadMessage {
  return { seq, at, payload: isBinary ? bytes(seq, at, size, seed) : text(seq, at, size, seed) };
}

function text(seq: number, at: EpochMilliseconds, size: Bytes, seed: number): string {
  const head = `{"seq":${seq},"at":${at.toFixed(1)},"text":"`;
  const room = Math.max(0, size - head.length - 2);
  const words: string[] = [];
  for (let length = 0, index = 0; length < room; index++) {
    const word = WORDS[Math.floor(chanceOf(seed, seq, index) * WORDS.length)] ?? '';
    const number = (chanceOf(seed, seq, -index) * 1000).toFixed(2);
    words.push(`${word} ${number}`);
    length += word.length + number.length + 2;
  }
  return `${head}${words.join(' ').slice(0, room).padEnd(room, '.')}"}`;
}

function bytes(
  seq: number,
  at: EpochMilliseconds,
  size: Bytes,
  seed: number,
): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(size);
  for (let index = HEAD; index < size; index++) made[index] = chanceOf(seed, seq, index) * 256;
  const head = new DataView(made.buffer);
  head.setFloat64(0, seq);
  head.setFloat64(8, at);
  return made;
}

/** What a payload says of itself, on either side. @throws where it is none of ours */
export function readMessage(payload: string | ArrayBuffer): Pick<WorkloadMessage, 'seq' | 'at'> {
  if (typeof payload === 'string') return JSON.parse(payload) as WorkloadMessage;
  const head = new DataView(payload);
  return { seq: head.getFloat64(0), at: head.getFloat64(8) };
}

/** Binary for transports that carry text only. */
export function toBase64(payload: Uint8Array): string {
  let characters = '';
  for (const byte of payload) characters += String.fromCharCode(byte);
  return btoa(characters);
}

export function fromBase64(encoded: string): ArrayBuffer {
  return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)).buffer;
}

/** A message as a line or a list of JSON holds it. */
export function toJsonText({ payload }: WorkloadMessage): string {
  return typeof payload === 'string' ? payload : `{"binary":"${toBase64(payload)}"}`;
}

/** The reverse of `toJsonText`, after `JSON.parse`. */
export function readParsed(parsed: unknown): Pick<WorkloadMessage, 'seq' | 'at'> {
  const message = parsed as WorkloadMessage | { readonly binary: string };
  return 'binary' in message ? readMessage(fromBase64(message.binary)) : message;
}
