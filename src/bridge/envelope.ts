import type { Bytes, EpochMilliseconds, Milliseconds } from '../core/units.ts';
import type { MessagesEvicted, TapRecord, TapTransport } from './tap-record.ts';

/**
 * The version of everything in this file and in `tap-record.ts`.
 * A panel that meets another one says so instead of guessing.
 */
export const PROTOCOL = 2;

/** A document presents itself. Sent whenever its relay (re)connects. */
export interface Hello {
  kind: 'hello';
  protocol: number;
  /** Names the document for its whole life, also across reconnects of its relay. */
  stream: string;
  url: string;
  isTop: boolean;
  /** `performance.timeOrigin` of the document. */
  timeOrigin: EpochMilliseconds;
  /** The document came back from the back/forward cache. */
  restored: boolean;
}

/** A batch of facts, in order. */
export interface Records {
  kind: 'records';
  /** The number of the record that was sent before these; what it skips was let go, and is in `evicted`. */
  after: number;
  records: TapRecord[];
  /** Connections that lost messages before these records could be sent. */
  evicted: MessagesEvicted[];
}

/** Watch: send what was recorded after this number, then go on live. */
export interface Start {
  kind: 'start';
  after: number;
}

/** The panel has everything up to this number. */
export interface Acknowledge {
  kind: 'acknowledge';
  through: number;
}

/** Nobody watches any more: record on, but send nothing. */
export interface Stop {
  kind: 'stop';
}

/** The user does not want this site observed: forget, undo the patches, record nothing. */
export interface Off {
  kind: 'off';
}

/** Observe again, from now on. */
export interface On {
  kind: 'on';
}

/** How much a document keeps and lets wait. Counts stay exact beyond every limit. */
export interface KeptLimits {
  /** Messages whose payload the history keeps while nobody watches; of ten times as many it keeps the facts. */
  historyMessages: number;
  /** Payload bytes that the history keeps while nobody watches. */
  historyBytes: Bytes;
  /** Messages that may wait for the panel's acknowledgement. */
  bufferMessages: number;
  /** Payload bytes that may wait for the panel's acknowledgement. */
  bufferBytes: Bytes;
  /** Longer payloads are cut. */
  payloadBytes: Bytes;
}

/** Unless the user says otherwise. */
export const USUAL_LIMITS: Readonly<KeptLimits> = {
  historyMessages: 2_000,
  historyBytes: 8_388_608,
  bufferMessages: 200_000,
  bufferBytes: 134_217_728,
  payloadBytes: 16_777_216,
};

/** From the relay: the user chose other limits. */
export interface Limit {
  kind: 'limit';
  limits: KeptLimits;
}

/** A message of the user's own. */
export interface DrillMessage {
  /** Bytes in the page; on the way there base64, for ports between worlds carry JSON. */
  data: string | Uint8Array<ArrayBuffer>;
  isBase64: boolean;
  /** Event streams, injected. */
  eventType: string;
}

/** What a drill does, to one connection and to those that take its place. */
export type DrillAction =
  | {
      kind: 'begin';
      seed: number;
      transport: TapTransport;
      /** URL without its query: what is made for it later belongs to the drill. */
      endpoint: string;
      /** Of the URL: what injected messages tell as theirs. */
      origin: string;
      /** EventSource: how long the browser waits before it reconnects; no page is told. */
      reconnectionTime: Milliseconds;
    }
  | { kind: 'drop' }
  | { kind: 'close'; closeCode: number; closeReason: string }
  /** The next tries, so many or for so long. */
  | { kind: 'refuse'; attempts: number; duration: Milliseconds }
  | { kind: 'hold'; duration: Milliseconds }
  /** 0 to 1 of the messages received. */
  | { kind: 'lose'; share: number }
  | { kind: 'send' | 'inject'; given: DrillMessage }
  | { kind: 'end' };

/** The user's word to the page, in active mode only. */
export interface DrillCommand {
  kind: 'drill';
  /** The document's own number of the connection that it is about. */
  connection: number;
  action: DrillAction;
}

/** From a document to its panel. */
export type RelayEnvelope = Hello | Records;

/** From a panel to a document. */
export type TapCommand = RecorderCommand | Limit | DrillCommand;

/** What is about the records alone. */
export type RecorderCommand = Start | Acknowledge | Stop | Off | On;

/** From the hub to the relays of a tab: a panel opened. */
export interface Wake {
  kind: 'wake';
}

/** From the hub to a panel. The hub passes `envelope` on unread: the panel guards it. */
export type HubToPanel =
  | { kind: 'from-relay'; relay: number; envelope: unknown; isPopup?: true }
  | { kind: 'relay-left'; relay: number }
  /** The answer to everything that a panel says to the hub itself. */
  | { kind: 'alive' };

/** From a panel to the hub. */
export type PanelToHub =
  | { kind: 'watch'; tab: number }
  | { kind: 'to-relay'; relay: number; envelope: TapCommand }
  /** Keeps the hub from being stopped as idle while a panel is open, and asks whether it is there. */
  | { kind: 'heartbeat' };

/** Names of the runtime ports. */
export const RELAY_PORT = 'wirescope-relay';
export const PANEL_PORT = 'wirescope-panel';

/** The event with which the tap hands its port to the relay, before page code runs. */
export const HANDSHAKE_EVENT = 'wirescope:handshake';

/** Storage key (area `local`): whether any panel is open in this browser. */
export const WATCHING_KEY = 'watching';

/** Storage key (area `local`): origins on which the user has turned Wirescope off. */
export const OFF_KEY = 'off';
