import type { Decoded, ProtocolId, WireMessage } from '../core/decoded/decoded.ts';
import type { Direction, Transport } from '../core/facts.ts';
import type { Milliseconds } from '../core/units.ts';

/** What is known of a connection beside its messages. */
export interface Carrier extends GivenProto {
  readonly transport: Transport;
  readonly url: string;
  /** As agreed in the opening handshake. */
  readonly subprotocol?: string;
  /** Requests: the answer's content type, lower case, without parameters. */
  readonly contentType?: string;
  /** Requests: the content type of what the page sent. */
  readonly requestContentType?: string;
  /** Requests and event streams: when the page asked. */
  readonly askedAt?: Milliseconds;
}

/** What the user gave to read Protobuf by. */
export interface GivenProto {
  /** For this site. */
  readonly protoFiles?: readonly ProtoFile[];
  /** Full names of the message types that the user chose; without one, that of the method or the one that fits is taken. */
  readonly protoTypes?: ProtoTypes;
}

export type ProtoTypes = Readonly<Partial<Record<Direction, string>>>;

/** A `.proto` file. */
export interface ProtoFile {
  readonly name: string;
  readonly text: string;
}

/** A channel as a decoder looks at it to recognise its own: the first messages of a connection, and some of its last. */
export interface ChannelLook extends Carrier {
  /** Oldest first; payloads are whole or cut at `SAMPLE_LENGTH`. */
  readonly samples: readonly WireMessage[];
}

/** Samples that a decoder is shown at most, and their longest payload in code units or bytes. */
export const MOST_SAMPLES = 64;
export const SAMPLE_LENGTH = 64 * 1024;

/** What a decoder says of a channel. */
export interface Claim {
  /** 1: the channel says so itself; from 0.5 on it is taken; what could as well be chance is below. */
  readonly confidence: number;
  /** In plain words, each one observation: `subprotocol “graphql-transport-ws”`. */
  readonly evidence: readonly string[];
}

/** Reads the messages of one connection (of polling: of one channel) in their order. */
export interface Reader {
  /** Never throws, whatever the payload is. Work and memory are bounded by the payload's length. */
  read: (message: WireMessage) => Decoded;
}

/** One protocol or format. */
export interface Decoder {
  readonly id: ProtocolId;
  /** Its messages carry those of another protocol, which is recognised from what this one's readers hand on. */
  readonly isCarrier?: true;
  /** Cheap, pure, never throws, and false of the traffic of all other protocols. */
  readonly recognise: (look: ChannelLook) => Claim | undefined;
  /** What reads it, with the parser's library; in a file of its own, so that the panel starts without it. */
  readonly load: () => Promise<Codec>;
}

export interface Codec {
  readonly createReader: (carrier: Carrier) => Reader;
}

/** Bounds of every decoder; what goes beyond ends in a failure, or is left out and said so. */
export const MOST_DEPTH = 64;
/** Values of one message. */
export const MOST_VALUES = 200_000;
/** Parts of one message. */
export const MOST_PARTS = 20_000;
/** What compressed bytes may become. */
export const MOST_INFLATED = 64 * 1024 * 1024;
/** What a reader keeps of unfinished packets, attachments and names. */
export const MOST_HELD = 16 * 1024 * 1024;
