import { type Channel, isBrowserReconnect } from '../channel.ts';
import type { LoggedPhase } from '../facts.ts';
import type { MessageStore } from '../message-store.ts';
import type { Pair } from '../pairs/pair-book.ts';
import type { Outage } from '../story/outage-types.ts';
import { median } from '../story/beats.ts';
import type { Milliseconds } from '../units.ts';
import { distributionOf } from './distribution.ts';
import type { DeliveryDelay, TimeMeasures } from './measures.ts';
import { type Gap, paceOf } from './pace-of-gaps.ts';
import type { ClassOfRow } from './row-class.ts';
import type { Talk } from './talk.ts';

const PHASES = ['dns', 'connect', 'ssl', 'wait'] as const satisfies readonly LoggedPhase[];

export interface TimeSources {
  readonly channels: readonly Channel[];
  readonly talks: readonly Talk[];
  readonly messages: MessageStore;
  readonly classOf: ClassOfRow;
  readonly pairs: readonly Pair[];
  readonly outages: readonly Outage[];
  readonly delivery: DeliveryDelay | undefined;
  /** In which messages could come. */
  readonly openTime: Milliseconds;
}

export function measureTime(sources: TimeSources): TimeMeasures {
  const { channels, talks, messages, classOf, pairs, outages, delivery, openTime } = sources;
  const connections = channels.flatMap((channel) => channel.connections);
  const gapsBy = talks.map(({ rows }) => gapsIn(rows, messages, classOf));
  const said = talks.reduce(
    (sum, { rows }) => sum + rows.filter((row) => classOf(row) === 'app').length,
    0,
  );
  return {
    connect: distributionOf(
      connections.flatMap((connection) =>
        connection.openedAt === undefined || isBrowserReconnect(connection)
          ? []
          : [connection.openedAt - connection.createdAt],
      ),
    ),
    phases: phasesOf(channels),
    firstMessage: distributionOf(firstMessages(talks, messages)),
    gaps: distributionOf(gapsBy.flat().map(({ gap }) => gap)),
    jitter: jitterOf(gapsBy),
    ...paceOf(gapsBy),
    pairs: distributionOf(pairs.flatMap(({ latency }) => latency ?? [])),
    delivery,
    messagesPerSecond: openTime > 0 ? said / (openTime / 1_000) : undefined,
    recovery: distributionOf(
      outages.flatMap(({ start, end, firstMessageAfter }) =>
        end === undefined || firstMessageAfter === undefined
          ? []
          : [end + firstMessageAfter - start],
      ),
    ),
  };
}

/** Between messages of the app that were received one after the other. */
function gapsIn(rows: readonly number[], { at, isSent }: MessageStore, classOf: ClassOfRow): Gap[] {
  const gaps: Gap[] = [];
  let before: Milliseconds | undefined;
  for (const row of rows) {
    if (isSent(row) || classOf(row) !== 'app') continue;
    if (before !== undefined) gaps.push({ row, gap: at(row) - before });
    before = at(row);
  }
  return gaps;
}

function jitterOf(gapsBy: readonly (readonly Gap[])[]): Milliseconds | undefined {
  let [sum, steps] = [0, 0];
  for (const gaps of gapsBy) {
    for (let index = 1; index < gaps.length; index += 1) {
      sum += Math.abs((gaps[index]?.gap ?? 0) - (gaps[index - 1]?.gap ?? 0));
      steps += 1;
    }
  }
  return steps === 0 ? undefined : sum / steps;
}

/** Of each connection that received anything, polls included. */
function firstMessages(talks: readonly Talk[], messages: MessageStore): Milliseconds[] {
  const seen = new Set<number>();
  const times: Milliseconds[] = [];
  for (const { channel, rows } of talks) {
    const created = new Map(
      channel.connections
        .filter((each) => !isBrowserReconnect(each))
        .map(({ id, createdAt }) => [id, createdAt]),
    );
    for (const row of rows) {
      const id = messages.connection(row);
      if (messages.isSent(row) || seen.has(id)) continue;
      seen.add(id);
      const createdAt = created.get(id);
      if (createdAt !== undefined) times.push(messages.at(row) - createdAt);
    }
  }
  return times;
}

function phasesOf(channels: readonly Channel[]): TimeMeasures['phases'] {
  const known = PHASES.flatMap((phase) => {
    const times = channels.flatMap(({ connections }) =>
      connections.flatMap(({ handshake }) => handshake?.timings?.[phase] ?? []),
    );
    return times.length === 0 ? [] : [[phase, median(times)] as const];
  });
  return Object.fromEntries(known);
}
