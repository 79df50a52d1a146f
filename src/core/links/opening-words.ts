import type { Connection } from '../channel.ts';
import type { MessageFact } from '../facts.ts';

/** Enough to tell one protocol's first message from another's. */
const LONGEST = 160;
const SHOWN = 40;

/** What a connection said first, without numbers and tokens; bytes as hexadecimal digits. */
export function openingWords({ payload }: MessageFact): string | undefined {
  if (payload === null || payload.length === 0) return undefined;
  if (typeof payload !== 'string') {
    const bytes = Array.from(payload.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0'));
    return `bytes ${bytes.join(' ')}`;
  }
  return payload
    .slice(0, LONGEST)
    .replaceAll(/[\w-]{20,}/gu, '…')
    .replaceAll(/\d{3,}/gu, '…');
}

const PROTOCOLS: readonly [begins: RegExp, words: string][] = [
  [/^\{[^{]*"type":"connection_init"/u, 'a GraphQL connection_init'],
  // Its end is the record separator, U+001E.
  [/^\{"protocol":"\w+","version":\d+\}\W$/u, 'the handshake of SignalR'],
  [/^40(?:$|[{/])/u, 'the CONNECT of Socket.IO'],
  [/^2probe$/u, 'the probe of an Engine.IO upgrade'],
  [/^(?:CONNECT|STOMP)\n/u, 'the CONNECT of STOMP'],
  [/^bytes 10 [\da-f]{2} 00 0[46] 4d 51/u, 'the CONNECT of MQTT'],
  [/^\[.*"phx_join"/u, 'a phx_join of Phoenix'],
];

/** That two connections began in the same way, as evidence that one takes the other's place. */
export function sameOpening(before: Connection, next: Connection): string | undefined {
  if (next.opening === undefined || before.opening !== next.opening) return undefined;
  const text = next.opening;
  const named = PROTOCOLS.find(([begins]) => begins.test(text))?.[1];
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return named === undefined
    ? `both began by sending the same message, “${shown}”`
    : `both began by sending ${named}`;
}
