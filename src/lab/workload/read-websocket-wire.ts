import type { WireReader, WireSplit } from './wire-split.ts';

/** Counts RFC 6455 frames: https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
export function createWebSocketReader(split: WireSplit): WireReader {
  const head: number[] = [];
  let rest = 0;
  let isControl = false;

  return (chunk) => {
    for (let at = 0; at < chunk.length;) {
      if (rest > 0) {
        const taken = Math.min(rest, chunk.length - at);
        // Pings, pongs and closes carry nothing of the app's.
        split[isControl ? 'framing' : 'body'] += taken;
        rest -= taken;
        at += taken;
        continue;
      }
      head.push(chunk[at] ?? 0);
      at++;
      split.framing++;
      if (head.length < 2 || head.length < headLengthOf(head)) continue;
      isControl = ((head[0] ?? 0) & 0x08) !== 0;
      rest = payloadLengthOf(head);
      head.length = 0;
    }
  };
}

function headLengthOf([, second = 0]: readonly number[]): number {
  const length = second & 0x7f;
  const extended = length === 126 ? 2 : length === 127 ? 8 : 0;
  return 2 + extended + (second >= 0x80 ? 4 : 0);
}

function payloadLengthOf(head: readonly number[]): number {
  const length = (head[1] ?? 0) & 0x7f;
  if (length < 126) return length;
  const end = length === 126 ? 4 : 10;
  return head.slice(2, end).reduce((sum, byte) => sum * 256 + byte, 0);
}
