import type { Bytes } from '../../core/units.ts';

/** Bytes that went one way, by what they were for. */
export interface WireSplit {
  /** Of requests and responses, with their first lines; after HPACK in HTTP/2. */
  headers: Bytes;
  /** What marks where something begins and ends: chunk sizes, frame headers, a WebSocket's own pings and closes. */
  framing: Bytes;
  /** Content: bodies, and the payload data of WebSocket messages. */
  body: Bytes;
  /** What HTTP/2 says for itself: its preface, settings, window updates, resets. Nobody's in particular. */
  control: Bytes;
}

/** Takes bytes in the order in which they were on the wire, cut anywhere. */
export type WireReader = (chunk: Uint8Array) => void;

export const emptySplit = (): WireSplit => ({ headers: 0, framing: 0, body: 0, control: 0 });

export const totalOf = ({ headers, framing, body, control }: WireSplit): Bytes =>
  headers + framing + body + control;
