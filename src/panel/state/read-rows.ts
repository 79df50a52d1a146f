import type { ReadMessages } from '../../core/advice/rule.ts';
import type { Channel } from '../../core/channel.ts';
import { createNumberColumn } from '../../core/column.ts';
import type { ProtocolId } from '../../core/decoded/decoded.ts';
import type { Session } from '../../core/session.ts';
import type { GivenProto } from '../../decoders/decoder.ts';
import { rowMessageOf, samplesOf, type RowMessage } from '../../decoders/row-message.ts';
import type { DecodingClient } from '../decoding/client.ts';
import { carriersOf } from '../decoding/context.ts';
import type { WholeReading } from '../decoding/snapshots.ts';
import { giveWay, type SlicedJob } from './in-slices.ts';

/** With what a channel is read. */
export interface ReadStack {
  readonly stack: readonly ProtocolId[];
  readonly given: GivenProto;
}

/** Copying a piece to the thread takes the panel a few milliseconds at most. */
const MOST_MESSAGES = 500;
const MOST_LENGTH = 1_000_000;

/** Numbers of readings that are nobody else's. */
let lastReading = 1_000_000;

/**
 * Reads all of a channel in the decoding thread, or its beginning, and lets go of it there.
 * @param readWith as the panel reads it; left out, by evidence
 */
export async function readRows(
  client: DecodingClient,
  session: Session,
  channel: Channel,
  readWith: ReadStack | undefined,
  job: SlicedJob,
  most = Infinity,
): Promise<WholeReading> {
  const { stack, given } = readWith ?? { stack: await choose(client, session, channel), given: {} };
  lastReading += 1;
  const reading = lastReading;
  await client.open(reading, stack);
  try {
    const { rows } = channel;
    const end = Math.min(rows.length, most);
    let next = 0;
    while (next < end) {
      const piece: RowMessage[] = [];
      let length = 0;
      for (; next < end && piece.length < MOST_MESSAGES && length < MOST_LENGTH; next += 1) {
        const message = rowMessageOf(session, rows.get(next));
        if (message === undefined) continue;
        piece.push(message);
        length += message.payload.length;
      }
      await client.take(reading, piece, carriersOf(session, piece, given));
      job.onProgress(next);
      await giveWay(job);
    }
    return await client.whole(reading);
  } finally {
    await client.close(reading);
  }
}

/** Rows that came from the thread, as those look at them who ask what a row is for. */
export function withColumns({ kinds, ...rest }: WholeReading): ReadMessages {
  return {
    ...rest,
    kinds: kinds.map(({ rows, ...kind }) => {
      const column = createNumberColumn(Uint32Array);
      for (const row of rows) column.push(row);
      return { ...kind, rows: column };
    }),
  };
}

async function choose(
  client: DecodingClient,
  session: Session,
  channel: Channel,
): Promise<readonly ProtocolId[]> {
  const samples = samplesOf(session, channel);
  return samples === undefined ? [] : ((await client.choose(samples))?.stack ?? []);
}
