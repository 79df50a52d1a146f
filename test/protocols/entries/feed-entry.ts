import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import type { ProtocolId } from '../../../src/core/decoded/decoded.ts';
import type { GivenProto } from '../../../src/decoders/decoder.ts';
import type { ProtocolEntry } from '../protocol-entry.ts';

/** A server that sends what a library encoded, and a client that has the library decode it. */
export interface Feed {
  readonly name: string;
  readonly stack: ProtocolId[];
  readonly packages: readonly string[];
  readonly played?: string;
  readonly given?: GivenProto;
  readonly messages: () => Promise<readonly (string | Uint8Array)[]>;
  /** What the library makes of a message, for each part of it. */
  readonly decode: (
    data: Buffer,
    isBinary: boolean,
  ) => readonly { kind?: string; value: unknown }[];
}

export const feedEntry = ({
  name,
  stack,
  packages,
  messages,
  decode,
  ...rest
}: Feed): ProtocolEntry => ({
  name,
  stack,
  packages: [...packages, 'ws'],
  ...rest,
  picks: () => true,
  run: async ({ proxy, tell, atEnd }) => {
    const all = await messages();
    const server = createServer();
    new WebSocketServer({ server }).on('connection', (socket) => {
      for (const message of all) socket.send(message);
    });
    const client = new WebSocket(`ws://${await proxy(server)}/feed`);
    atEnd(() => server.close());
    atEnd(() => client.terminate());
    let heard = 0;
    await new Promise<void>((resolve) => {
      client.on('message', (data: Buffer, isBinary) => {
        for (const { kind = '', value } of decode(data, isBinary)) tell('received', kind, value);
        heard += 1;
        if (heard === all.length) resolve();
      });
    });
  },
});
