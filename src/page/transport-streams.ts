import { type Branch, createBody } from './body.ts';
import type { StreamFollower } from './follow-streams.ts';
import { createWriteFollower } from './follow-writes.ts';
import type { TapLimits } from './limits.ts';
import { recordMessage } from './message.ts';
import { apply, brandChecked, getterOf, now } from './natives.ts';
import { observed } from './observed.ts';
import { patchMethod } from './patches.ts';
import { fillIn, seenMessage } from './payload.ts';
import type { Recorder } from './recorder.ts';
import { createTracked } from './tracked.ts';

/** Follows the datagrams and streams of one WebTransport. */
export type TransportStreams = (transport: WebTransport, connection: number) => void;

type Meet = (stream: object) => void;

const nothing = (): void => undefined;

/**
 * A message is a datagram, or what one read gives of a stream and one write puts into it, as far as the page goes;
 * its `eventType` says which: `datagram`, `stream 1` …
 */
export function createTransportStreams(
  recorder: Recorder,
  limits: TapLimits,
  { follow }: StreamFollower,
): TransportStreams {
  const { prototype } = WebTransport;
  const datagramsOf = getterOf<WebTransportDatagramDuplexStream>(prototype, 'datagrams');
  const incomingOf = [
    getterOf<ReadableStream>(prototype, 'incomingBidirectionalStreams'),
    getterOf<ReadableStream>(prototype, 'incomingUnidirectionalStreams'),
  ];
  const both = WebTransportBidirectionalStream.prototype;
  const readableOf = getterOf<ReadableStream>(both, 'readable');
  const writableOf = getterOf<WritableStream>(both, 'writable');
  const datagrams = WebTransportDatagramDuplexStream.prototype;
  const readableOfDatagrams = getterOf<ReadableStream>(datagrams, 'readable');
  const writableOfDatagrams = getterOf<WritableStream>(datagrams, 'writable');
  const followWrites = createWriteFollower(recorder);
  const meets = createTracked<Meet>();
  let isInPlace = false;

  function begin(transport: WebTransport, connection: number): void {
    let streams = 0;

    function read(stream: object, eventType: string): void {
      const received = (piece: unknown): void => {
        const message = seenMessage(connection, 'received', eventType);
        recordMessage(recorder, limits, piece, message);
      };
      follow(stream, createBody({ received, ended: nothing }, undefined));
    }

    function write(stream: object, eventType: string): void {
      followWrites(stream, (chunk) => {
        const message = seenMessage(connection, 'sent', eventType);
        const fact = fillIn(message, chunk, limits.payloadBytes);
        return () => {
          if (fact === undefined) return;
          fact.at = now();
          recorder.record(fact, fact.byteLength);
        };
      });
    }

    /** @param isIncoming of a stream in one direction, the page reads it */
    function meet(stream: object, isIncoming: boolean): void {
      const name = `stream ${(streams += 1)}`;
      const readable = brandChecked(readableOf, stream);
      if (readable !== undefined) {
        read(readable, name);
        write(writableOf(stream), name);
      } else if (isIncoming) read(stream, name);
      else write(stream, name);
    }

    const duplex = datagramsOf(transport);
    read(readableOfDatagrams(duplex), 'datagram');
    write(writableOfDatagrams(duplex), 'datagram');
    meets.add(transport, (stream) => {
      meet(stream, false);
    });
    for (let i = 0; i < incomingOf.length; i += 1) {
      follow(incomingOf[i]!(transport), {
        __proto__: createBody({ received: nothing, ended: nothing }, undefined),
        seeOther: (stream: object) => {
          meet(stream, true);
        },
      } as unknown as Branch);
    }
  }

  function watchCreation(name: string): void {
    patchMethod(prototype, name, (native, self, args) =>
      observed(apply<Promise<object>>(native, self, args), (stream) => {
        recorder.attempt(name, () => {
          meets.find(self)?.(stream);
        });
      }),
    );
  }

  return (transport, connection) => {
    if (!isInPlace) {
      watchCreation('createBidirectionalStream');
      watchCreation('createUnidirectionalStream');
    }
    isInPlace = true;
    begin(transport, connection);
  };
}
