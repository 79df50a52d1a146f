import { createChannelUrl } from './datachannel-url.ts';
import { captureInitiator } from './initiator.ts';
import type { TapLimits } from './limits.ts';
import { recordMessage } from './message.ts';
import { apply, dataOf, deleteProperty, getterOf } from './natives.ts';
import { patchSend } from './patch-send.ts';
import { patchConstructor } from './patch-constructor.ts';
import { patchAlias, patchMethod } from './patches.ts';
import { seenMessage } from './payload.ts';
import type { Recorder } from './recorder.ts';
import { createTracked } from './tracked.ts';
import { watchEvents } from './watch-events.ts';

/** The channels of one peer connection that have not ended, by their connection. */
type PeerState = Record<number, ChannelState>;

interface ChannelState {
  readonly connection: number;
  readonly peer: PeerState;
  isClosedByPage: boolean;
  /** The words of its last error. */
  failure: string | undefined;
}

/**
 * Observes every RTCDataChannel of the page (WebRTC), those that it makes and those that it gets.
 * Until the page has made a peer connection nothing is patched but the constructor of those.
 */
export function tapDataChannel(recorder: Recorder, limits: TapLimits): void {
  if (typeof RTCPeerConnection !== 'function' || typeof RTCDataChannel !== 'function') return;
  const { RTCPeerConnection: NativePeer } = globalThis;
  const { prototype } = RTCDataChannel;
  const urlOf = createChannelUrl();
  const protocolOf = getterOf<string>(prototype, 'protocol');
  const readyStateOf = getterOf<string>(prototype, 'readyState');
  const channelOf = getterOf<RTCDataChannel>(RTCDataChannelEvent.prototype, 'channel');
  const errorOf = getterOf<object>(RTCErrorEvent.prototype, 'error');
  const messageOf = getterOf<string>(DOMException.prototype, 'message');
  const peers = createTracked<PeerState>();
  const channels = createTracked<ChannelState>();
  let isInPlace = false;

  function end({ connection, peer, isClosedByPage, failure }: ChannelState): void {
    if (peer[connection] === undefined) return;
    deleteProperty(peer, connection);
    recorder.tell('connection-ended', connection, {
      endedBy: isClosedByPage ? 'page' : failure === undefined ? 'unknown' : 'network',
      ...(failure !== undefined && { closeReason: failure }),
    });
  }

  function observe(
    channel: RTCDataChannel,
    peer: PeerState,
    initiator?: { initiator?: string },
  ): void {
    const connection = recorder.nextConnection();
    const state: ChannelState = { connection, peer, isClosedByPage: false, failure: undefined };
    peer[connection] = state;
    channels.add(channel, state);
    const subprotocol = protocolOf(channel);
    recorder.tell('connection-created', connection, {
      transport: 'datachannel',
      url: urlOf(channel),
      ...(subprotocol !== '' && { requestedSubprotocols: [subprotocol] }),
      ...initiator,
    });
    watchEvents(recorder, channel, 'open', () => {
      recorder.tell('connection-opened', connection, { subprotocol });
    });
    watchEvents(recorder, channel, 'message', (event) => {
      const seen = seenMessage(connection, 'received');
      recordMessage(recorder, limits, dataOf(event), seen);
    });
    watchEvents(recorder, channel, 'error', (event) => {
      state.failure = messageOf(errorOf(event));
      recorder.tell('connection-errored', connection);
    });
    watchEvents(recorder, channel, 'close', () => {
      end(state);
    });
  }

  function putInPlace(): void {
    patchMethod(NativePeer.prototype, 'createDataChannel', (native, self, args) => {
      const channel = apply<RTCDataChannel>(native, self, args);
      const peer = peers.find(self);
      if (peer !== undefined) {
        recorder.attempt('createDataChannel', () => {
          observe(channel, peer, captureInitiator());
        });
      }
      return channel;
    });

    // Its channels end with it, and need not say so (WebRTC, “close the connection”).
    patchMethod(NativePeer.prototype, 'close', (native, self, args) => {
      const result = apply(native, self, args);
      const peer = peers.find(self);
      recorder.attempt('close', () => {
        for (const connection in peer) {
          const state = peer[connection as never]!;
          state.isClosedByPage = true;
          end(state);
        }
      });
      return result;
    });

    // What is given to a channel that is not open, the native refuses.
    patchSend(recorder, limits, prototype, channels.find, () => true);

    patchMethod(prototype, 'close', (native, self, args) => {
      const state = channels.find(self);
      const readyState = state && readyStateOf(self as RTCDataChannel);
      const result = apply(native, self, args);
      if (state !== undefined && (readyState === 'connecting' || readyState === 'open')) {
        recorder.attempt('close', () => {
          state.isClosedByPage = true;
          recorder.tell('connection-closing', state.connection);
        });
      }
      return result;
    });
  }

  patchConstructor('RTCPeerConnection', (args, createNative) => {
    const peer = createNative(args);
    recorder.attempt('RTCPeerConnection', () => {
      if (!isInPlace) putInPlace();
      isInPlace = true;
      const state = { __proto__: null } as unknown as PeerState;
      peers.add(peer, state);
      watchEvents(recorder, peer as EventTarget, 'datachannel', (event) => {
        observe(channelOf(event), state);
      });
    });
    return peer;
  });
  patchAlias(globalThis, 'RTCPeerConnection', 'webkitRTCPeerConnection', NativePeer);
}
