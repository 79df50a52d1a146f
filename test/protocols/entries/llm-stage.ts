import { createServer } from 'node:http';
import type { ProtocolId } from '../../../src/core/decoded/decoded.ts';
import type { AssembledTruth } from '../fixture.ts';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

/** An event as it goes to the wire. */
export interface PlayedEvent {
  readonly event?: string;
  readonly data: unknown;
}

export interface LlmCall {
  readonly name: string;
  readonly id: ProtocolId;
  readonly packages: readonly string[];
  readonly events: readonly PlayedEvent[];
  /** Calls the server at `host` with the real client, tells each event as the client has it, and what it made of all. */
  readonly call: (host: string, stage: Stage) => Promise<AssembledTruth>;
}

const textOf = ({ event, data }: PlayedEvent): string => {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`;
};

/** A provider's client against a server that answers as the provider's reference says. */
export const llmEntry = ({ name, id, packages, events, call }: LlmCall): ProtocolEntry => ({
  name,
  stack: [id],
  packages,
  played: "the server by the provider's reference",
  picks: ({ carrier }) => carrier.contentType === 'text/event-stream',
  run: async (stage) => {
    const server = createServer((asked, answer) => {
      asked.resume();
      asked.on('end', () => {
        answer.writeHead(200, { 'content-type': 'text/event-stream' });
        answer.end(events.map(textOf).join(''));
      });
    });
    stage.atEnd(() => server.close());
    stage.assembled(await call(await stage.proxy(server), stage));
  },
});
