import type { Decoded } from '../../core/decoded/decoded.ts';
import type { PanelState } from './panel.svelte.ts';
import type { ReadWith } from './decoding.svelte.ts';
import type { ProtoPlace } from './proto-store.ts';

/** What the selected message was decoded to. */
export interface DecodedMessage {
  /** `undefined` until it is decoded; the one before stays away. */
  readonly decoded: Decoded | undefined;
  readonly readWith: ReadWith | undefined;
  readonly protoPlace: ProtoPlace | undefined;
  readonly error: string;
  /** Takes long, and can be stopped. */
  readonly isWaiting: boolean;
  stop: () => void;
  /** Decodes it once more, after it was stopped or failed. */
  again: () => void;
}

/** Decodes what is selected, each time that it, its bytes or the choice of decoders become others. */
export function createDecodedMessage(panel: () => PanelState): DecodedMessage {
  let decoded = $state.raw<Decoded>();
  let error = $state('');
  let isWaiting = $state(false);
  let again = $state(0);
  let turn = 0;

  const readWith = $derived.by(() => {
    const { channel, decoding } = panel();
    return channel === undefined ? undefined : decoding.readWith(channel);
  });
  const protoPlace = $derived.by(() => {
    const { channel, decoding } = panel();
    return channel === undefined ? undefined : decoding.protoPlace(channel);
  });
  const key = $derived(readWith?.key);
  const state = $derived.by(() => {
    const { row, session, revision } = panel();
    void revision;
    return row === undefined ? undefined : session?.messages.read(row).payloadState;
  });

  $effect(() => {
    const { channel, row, decoding } = panel();
    void state;
    void again;
    turn += 1;
    const mine = turn;
    decoded = undefined;
    error = '';
    isWaiting = false;
    if (channel === undefined || row === undefined || key === undefined) return;
    isWaiting = true;
    decoding.decode(channel, row).then(
      (result) => {
        if (mine !== turn) return;
        decoded = result;
        isWaiting = false;
      },
      (failure: unknown) => {
        if (mine !== turn) return;
        error = failure instanceof Error ? failure.message : String(failure);
        isWaiting = false;
      },
    );
  });

  return {
    get decoded() {
      return decoded;
    },
    get readWith() {
      return readWith;
    },
    get protoPlace() {
      return protoPlace;
    },
    get error() {
      return error;
    },
    get isWaiting() {
      return isWaiting;
    },
    stop: () => {
      panel().decoding.client.stop();
    },
    again: () => {
      again += 1;
    },
  };
}
