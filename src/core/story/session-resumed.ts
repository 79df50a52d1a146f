import type { MessageStore } from '../message-store.ts';
import type { Heard } from './heard.ts';

/** The answer to a resume stands among the first messages. */
const LOOKED_AT = 8;

/**
 * Whether the server says that it took the session of the connection before up again: MQTT 3.1.1 section 3.2.2.2 “session
 * present”, Socket.IO's connection state recovery, Centrifugo's `recovered`.
 */
export function sessionResumed(messages: MessageStore, { rows }: Heard): boolean | undefined {
  let askedFor: string | undefined;
  for (let index = 0; index < Math.min(rows.length, LOOKED_AT); index += 1) {
    const { payload, direction } = messages.read(rows.get(index));
    if (payload === null) continue;
    if (typeof payload !== 'string') {
      // CONNACK: its flags are the third byte.
      if (direction === 'received' && payload[0] === 0x20 && payload[1] !== undefined) {
        return ((payload[2] ?? 0) & 1) === 1;
      }
      continue;
    }
    const pid = /^40[^{]*\{.*"pid":"([^"]+)"/u.exec(payload)?.[1];
    if (direction === 'sent') askedFor = pid ?? askedFor;
    else if (pid !== undefined) return askedFor === undefined ? undefined : pid === askedFor;
    const recovered = /"recovered":(true|false)/u.exec(payload)?.[1];
    if (direction === 'received' && recovered !== undefined) return recovered === 'true';
  }
  return undefined;
}
