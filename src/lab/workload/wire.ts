import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Milliseconds } from '../../core/units.ts';
import type { WireReader } from './wire-split.ts';

export interface WireOptions {
  /** Sees what the page sent. */
  readonly sent: WireReader;
  /** Sees what the page gets. */
  readonly received: WireReader;
  /** Called when bytes for the page have been given to the socket. */
  readonly hasLeft: () => void;
  /** How long the next bytes are on their way; undefined where nothing is held back. */
  readonly delay: (() => Milliseconds) | undefined;
}

/** A socket that is listened to, and slow where that is wanted. Without a socket below, nothing is left of it. */
export function createWire(raw: Socket, { sent, received, hasLeft, delay }: WireOptions): Duplex {
  const comes = createDelayLine(delay);
  const goes = createDelayLine(delay);
  raw.setNoDelay(true);
  raw.on('error', () => wire.destroy());
  raw.on('close', () => wire.destroy());
  raw.on('data', (chunk: Buffer) => {
    sent(chunk);
    comes(() => {
      if (!wire.push(chunk)) raw.pause();
    });
  });
  raw.on('end', () => comes(() => wire.push(null)));

  function write(chunk: Buffer, done: () => void): void {
    received(chunk);
    goes(() => {
      raw.write(chunk, () => {
        if (delay === undefined) done();
      });
      hasLeft();
    });
    // A long way is no narrow one: the next bytes may set off at once.
    if (delay !== undefined) done();
  }

  const wire: Duplex = new Duplex({
    read: () => raw.resume(),
    write: (chunk: Buffer, _encoding, done) => write(chunk, done),
    writev: (chunks, done) =>
      write(Buffer.concat(chunks.map((each) => each.chunk as Buffer)), done),
    final: (done) => {
      goes(() => raw.end(() => done()));
    },
    destroy: (_error, done) => {
      raw.destroy();
      done(null);
    },
  });
  return wire;
}

/** Lets acts happen later, in the order in which they were given. */
function createDelayLine(delay: (() => Milliseconds) | undefined): (act: () => void) => void {
  if (delay === undefined) return (act) => act();
  const waiting: (() => void)[] = [];
  let lastDue = 0;
  return (act) => {
    const now = performance.now();
    lastDue = Math.max(lastDue, now + delay());
    waiting.push(act);
    setTimeout(() => waiting.shift()?.(), lastDue - now);
  };
}
