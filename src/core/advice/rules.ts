import type { Rule } from './rule.ts';
import { base64InText } from './rules/base64-in-text.ts';
import { chattyMessages } from './rules/chatty-messages.ts';
import { compressionOfTiny } from './rules/compression-of-tiny.ts';
import { compressionOff } from './rules/compression-off.ts';
import { credentialsInUrl } from './rules/credentials-in-url.ts';
import { duplicateSubscriptions } from './rules/duplicate-subscriptions.ts';
import { eventStreamBackChannel } from './rules/event-stream-back-channel.ts';
import { eventStreamBuffered } from './rules/event-stream-buffered.ts';
import { eventStreamId } from './rules/event-stream-id.ts';
import { eventStreamMark } from './rules/event-stream-mark.ts';
import { eventStreamNoIds } from './rules/event-stream-no-ids.ts';
import { eventStreamRetry } from './rules/event-stream-retry.ts';
import { eventStreamType } from './rules/event-stream-type.ts';
import { eventStreamUnfinished } from './rules/event-stream-unfinished.ts';
import { givesUp } from './rules/gives-up.ts';
import { handshakeTooLong } from './rules/handshake-too-long.ts';
import { heartbeatTooBusy } from './rules/heartbeat-too-busy.ts';
import { http1EventStreams } from './rules/http1-event-streams.ts';
import { insecureTransport } from './rules/insecure-transport.ts';
import { longPolling } from './rules/long-polling.ts';
import { messageTooLarge } from './rules/message-too-large.ts';
import { messagesLost } from './rules/messages-lost.ts';
import { messagesRepeated } from './rules/messages-repeated.ts';
import { neverBacksOff } from './rules/never-backs-off.ts';
import { noHeartbeat } from './rules/no-heartbeat.ts';
import { noJitter } from './rules/no-jitter.ts';
import { pollingWithoutNews } from './rules/polling-without-news.ts';
import { reconnectsAtOnce } from './rules/reconnects-at-once.ts';
import { reconnectsWhileHidden } from './rules/reconnects-while-hidden.ts';
import { reconnectsWhileOffline } from './rules/reconnects-while-offline.ts';
import { resubscribeStorm } from './rules/resubscribe-storm.ts';
import { sendBufferGrows } from './rules/send-buffer-grows.ts';
import { serverFixedAge } from './rules/server-fixed-age.ts';
import { severalSockets } from './rules/several-sockets.ts';
import { subprotocolRefused } from './rules/subprotocol-refused.ts';
import { unusualPort } from './rules/unusual-port.ts';
import { waitsForSlot } from './rules/waits-for-slot.ts';
import { websocketOneWay } from './rules/websocket-one-way.ts';

/** All rules, by topic; a line here is what makes one look. */
export const RULES: readonly Rule[] = [
  websocketOneWay,
  eventStreamBackChannel,
  pollingWithoutNews,
  longPolling,
  credentialsInUrl,
  insecureTransport,
  http1EventStreams,
  waitsForSlot,
  severalSockets,
  unusualPort,
  subprotocolRefused,
  serverFixedAge,
  handshakeTooLong,
  messagesLost,
  messagesRepeated,
  reconnectsAtOnce,
  neverBacksOff,
  noJitter,
  givesUp,
  resubscribeStorm,
  reconnectsWhileHidden,
  reconnectsWhileOffline,
  noHeartbeat,
  heartbeatTooBusy,
  sendBufferGrows,
  messageTooLarge,
  chattyMessages,
  base64InText,
  compressionOff,
  compressionOfTiny,
  duplicateSubscriptions,
  eventStreamType,
  eventStreamNoIds,
  eventStreamBuffered,
  eventStreamRetry,
  eventStreamId,
  eventStreamUnfinished,
  eventStreamMark,
];

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

export const ruleOf = (id: string): Rule | undefined => byId.get(id);
