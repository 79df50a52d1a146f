import type { Server } from 'node:http';
import type { ProtocolId } from '../../src/core/decoded/decoded.ts';
import type { Direction } from '../../src/core/facts.ts';
import type { GivenProto } from '../../src/decoders/decoder.ts';
import type { AssembledTruth } from './fixture.ts';
import type { WireLane } from './wire-proxy.ts';

/** One recording: a real client and a server of a protocol, what they do, and what they say of it. */
export interface ProtocolEntry {
  /** File name of the fixture. */
  readonly name: string;
  readonly stack: ProtocolId[];
  /** Whose versions the fixture names. */
  readonly packages: readonly string[];
  /** Who plays a side for which there is no package. */
  readonly played?: string;
  /** What a user gives beside the traffic. */
  readonly given?: GivenProto;
  /** Which of what crossed the proxy is the recording; several lanes are one polling channel. */
  readonly picks: (lane: WireLane) => boolean;
  readonly run: (stage: Stage) => Promise<void>;
}

export interface Stage {
  /** Puts the proxy in front of a server, and gives the `host:port` that the client calls. */
  proxy: (server: Server | number) => Promise<string>;
  /** What a library told or was told, as its callback or call has it. */
  tell: (direction: Direction, kind: string, value?: unknown) => void;
  /** What a library made of all messages together. */
  assembled: (value: AssembledTruth) => void;
  /** Waits until so many truths are told. */
  told: (count: number) => Promise<void>;
  /** What is closed when the run is over, last first. */
  atEnd: (close: () => unknown) => void;
}
