import { bytesToBase64 } from '../../core/byte-text.ts';
import type { MessageFact, Payload } from '../../core/facts.ts';
import type { Bytes, EpochMilliseconds } from '../../core/units.ts';
import { utf8Length } from '../../core/utf8-length.ts';
import type { HarEventSourceMessage, HarWebSocketMessage, MessageExtras } from './har-format.ts';
import { fromHarSeconds, toHarSeconds } from './har-time.ts';

/** A WebSocket message as Chrome's `_webSocketMessages` has it. */
export function toWebSocketRow(
  message: MessageFact,
  startedAt: EpochMilliseconds,
): HarWebSocketMessage {
  const { direction, dataType, payload } = message;
  return {
    type: direction === 'sent' ? 'send' : 'receive',
    time: toHarSeconds(startedAt, message.at),
    opcode: dataType === 'string' ? 1 : 2,
    data: payload instanceof Uint8Array ? bytesToBase64(payload) : (payload ?? ''),
    ...withExtras({
      ...(dataType !== 'string' && dataType !== 'arraybuffer' && { dataType }),
      ...commonExtras(message, startedAt),
    }),
  };
}

/** An event as Chrome's `_eventSourceMessages` has it. */
export function toEventRow(
  message: MessageFact,
  startedAt: EpochMilliseconds,
): HarEventSourceMessage {
  const { eventType, lastEventId, payload } = message;
  return {
    time: toHarSeconds(startedAt, message.at),
    eventName: eventType ?? 'message',
    eventId: lastEventId ?? '',
    data: typeof payload === 'string' ? payload : '',
    ...withExtras({
      ...(eventType === undefined && { eventType: null }),
      ...(lastEventId === undefined && { lastEventId: null }),
      ...commonExtras(message, startedAt),
    }),
  };
}

function commonExtras(message: MessageFact, startedAt: EpochMilliseconds): MessageExtras {
  const { at, payload, payloadState, byteLength, early, discarded, source, unterminated } = message;
  const isExact = fromHarSeconds(startedAt, toHarSeconds(startedAt, at)) === at;
  return {
    ...(!isExact && { at }),
    ...(payload === null && { payload: null }),
    ...(payloadState !== 'whole' && { payloadState }),
    ...(byteLength !== payloadLength(payload) && { byteLength }),
    ...(unterminated === true && { unterminated }),
    ...(source !== undefined && { source }),
    ...(early === true && { early }),
    ...(discarded === true && { discarded }),
  };
}

export function payloadLength(payload: Payload | null): Bytes {
  if (payload === null) return 0;
  return typeof payload === 'string' ? utf8Length(payload) : payload.length;
}

function withExtras(extras: MessageExtras): { _wirescope?: MessageExtras } {
  return Object.keys(extras).length === 0 ? {} : { _wirescope: extras };
}
