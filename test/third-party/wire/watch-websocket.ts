import { Buffer } from 'node:buffer';
import type { Duplex } from 'node:stream';
import * as ws from 'ws';
import type { Direction } from '../../../src/core/facts.ts';
import { wallTime, type WireConnection } from './wire-log.ts';

/** A frame parser of `ws`; its type package leaves it out. */
const { Receiver } = ws as unknown as {
  Receiver: new (options: { isServer: boolean }) => Duplex;
};

const END_OF_HEAD = '\r\n\r\n';

/**
 * Reads the frames on an upgraded socket beside the server that speaks on it, so that each library can bring
 * the server of its own. Compressed frames cannot be read: no server here agrees to compress.
 */
export function watchWebSocket(socket: Duplex, head: Buffer, connection: WireConnection): void {
  const fromPage = readFrames('sent', connection);
  const fromServer = readFrames('received', connection);
  let handshake: Buffer | undefined = Buffer.alloc(0);

  fromPage(head);
  socket.on('data', fromPage);
  socket.on('close', () => {
    connection.isOver = true;
    connection.endedAt = wallTime();
  });

  const write = socket.write.bind(socket) as (chunk: string | Buffer, ...rest: never[]) => boolean;
  socket.write = (chunk: string | Buffer, ...rest: never[]) => {
    let bytes = Buffer.from(chunk as string);
    if (handshake !== undefined) {
      bytes = Buffer.concat([handshake, bytes]);
      const end = bytes.indexOf(END_OF_HEAD);
      handshake = end === -1 ? bytes : undefined;
      bytes = bytes.subarray(end === -1 ? bytes.length : end + END_OF_HEAD.length);
    }
    fromServer(bytes);
    return write(chunk, ...rest);
  };
}

function readFrames(direction: Direction, { messages }: WireConnection): (bytes: Buffer) => void {
  const receiver = new Receiver({ isServer: direction === 'sent' });
  receiver.on('message', (data: Buffer, isBinary: boolean) => {
    messages.push({ at: wallTime(), direction, payload: isBinary ? data : data.toString() });
  });
  return (bytes) => {
    // It ends itself with the close frame, and takes the mask off in place: the bytes are not ours alone.
    if (bytes.length > 0 && !receiver.writableEnded) receiver.write(Buffer.from(bytes));
  };
}
