import { readdirSync, readFileSync } from 'node:fs';
import type { Decoded, Part, ProtocolId, WireMessage } from '../../src/core/decoded/decoded.ts';
import type { Direction } from '../../src/core/facts.ts';
import type { Carrier } from '../../src/decoders/decoder.ts';

/** Traffic of a real client and a real server of a protocol, and what they say that it was. */
export interface ProtocolFixture {
  /** Which decoders must be chosen, carriers first. */
  stack: ProtocolId[];
  /** Packages with versions, or where it comes from: `socket.io 4.8.4, socket.io-client 4.8.4`. */
  source: string;
  carrier: Carrier;
  messages: FixtureMessage[];
  /** Told by the libraries themselves: their callbacks, and the arguments of their calls; in the order of the messages. */
  truth: Truth[];
  /** Streams of language models: what the client library made of all messages. */
  assembled?: AssembledTruth;
}

/** An answer as a client library puts it together. */
export interface AssembledTruth {
  id?: string | undefined;
  model?: string | undefined;
  text: string;
  thinking?: string;
  /** Arguments as JSON. */
  toolCalls: { id?: string; name?: string; arguments?: string }[];
  usage: Partial<Record<'input' | 'output' | 'cached' | 'thinking', number | undefined>>;
  stopReason?: string | null | undefined;
}

export interface FixtureMessage {
  direction: Direction;
  text?: string;
  base64?: string;
  eventType?: string;
  lastEventId?: string;
}

/** Something that the app said or was told. */
export interface Truth {
  /** Index of the message that ends it, where the recorder knows. */
  message?: number;
  direction: Direction;
  kind: string;
  /** As JSON; bytes as `{ "base64": … }`. */
  value?: unknown;
}

const FOLDER = new URL('../fixtures/protocols/', import.meta.url);

export const FIXTURE_NAMES: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));

export const readFixture = (name: string): ProtocolFixture =>
  JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')) as ProtocolFixture;

export const wireMessageOf = ({ text, base64, ...rest }: FixtureMessage): WireMessage => ({
  ...rest,
  payload: text ?? new Uint8Array(Buffer.from(base64 ?? '', 'base64')),
});

/** A part on one line, so that a snapshot of a recording can be read. */
export function lineOf(part: Part): string {
  const marks = [
    part.kind === undefined ? undefined : `“${part.kind}”`,
    part.pair && `${part.pair.step} ${part.pair.id} (asked: ${part.pair.asker})`,
    part.isHeartbeat && 'heartbeat',
    part.isControl && 'control',
    part.isContinuation && 'continuation',
  ].filter((mark) => typeof mark === 'string');
  const layers = part.layers.map(({ protocol, summary }) => `${protocol}: ${summary}`.trim());
  return [layers.join(' → '), ...marks].join(' | ');
}

export const linesOf = ({ parts, failure }: Decoded): string[] => [
  ...parts.map(lineOf),
  ...(failure === undefined
    ? []
    : [`failure at ${failure.offset} in ${failure.layer}: ${failure.reason}`]),
];
