import { type Channel, type Connection, isBrowserReconnect } from '../channel.ts';
import { downAt } from '../links/judge-link.ts';
import type { MessageStore } from '../message-store.ts';
import type { Milliseconds } from '../units.ts';
import type { FrameTimes } from './attempts.ts';
import { measureDelays } from './delays.ts';
import type { Heard } from './heard.ts';
import { learnHeartbeats, longestSilence } from './heartbeats.ts';
import { learnPolicy, PATIENCE } from './learn-policy.ts';
import { extendFold, isBack, NO_OUTAGES, type OutageFold, type OutageSpan } from './outage-fold.ts';
import type { Availability, Outage } from './outage-types.ts';
import type { ReconnectPolicy } from './policy-types.ts';
import { COMPARED, learnResume } from './resume.ts';
import type { ChannelStory } from './story-types.ts';
import { isOutage, stoppedSince, tellOutage } from './tell-outage.ts';

/** Tells the story of one channel again and again, and does anew only what has changed. */
export interface ChannelTeller {
  /** Something became known of a connection that may be long over. */
  touch: (connection: Connection) => void;
  /**
   * @param now where open connections have come to
   * @param isOver the recording has ended: what has not happened by now never will
   */
  tell: (now: Milliseconds, isOver: boolean) => ChannelStory;
}

export function createChannelTeller(
  channel: Channel,
  messages: MessageStore,
  heardOf: (connection: Connection) => Heard | undefined,
  frameOf: (connection: Connection) => FrameTimes | undefined,
): ChannelTeller {
  /** Connections before this one are over, and their spans stand. */
  let done = 0;
  let fold: OutageFold = NO_OUTAGES;
  const places = new Map<Connection, number>();
  /** Outages of which nothing more can come. */
  const told = new Map<OutageSpan, Outage>();
  const spanOf = new Map<Connection, OutageSpan>();
  /** How the connections before `done` stood when they were taken in. */
  const takenAs = new Map<Connection, string>();
  let lastPolicy: { key: string; policy: ReconnectPolicy } | undefined;

  function advance(): OutageFold {
    const { connections } = channel;
    const from = done;
    while (connections[done]?.endedAt !== undefined) done += 1;
    for (let index = places.size; index < connections.length; index += 1) {
      const connection = connections[index];
      if (connection !== undefined) places.set(connection, index);
    }
    if (done > from) {
      const over = connections.slice(from, done);
      fold = extendFold(fold, over);
      for (const connection of over) takenAs.set(connection, standing(connection));
    }
    return extendFold(fold, connections.slice(done));
  }

  function outageOf(span: OutageSpan, now: Milliseconds, isOver: boolean): Outage {
    const known = told.get(span);
    if (known !== undefined) return known;
    const back = span.end === undefined ? undefined : span.tries.at(-1);
    const after = back === undefined ? undefined : heardOf(back);
    const place = places.get(span.lost) ?? 0;
    const before = channel.connections
      .slice(Math.max(0, place - 15), place + 1)
      .map(heardOf)
      .filter((heard) => heard !== undefined);
    const stopped = stoppedSince(span);
    const outage = tellOutage(span, {
      heardOf,
      frameOf,
      resume: learnResume({ messages, before, after }),
      now,
      isGivenUp: stopped !== undefined && (isOver || now - stopped > PATIENCE),
    });
    const isSettled = back?.endedAt !== undefined || (after?.rows.length ?? 0) > 2 * COMPARED;
    if (isSettled) {
      told.set(span, outage);
      for (const connection of [span.lost, ...span.tries]) spanOf.set(connection, span);
    }
    return outage;
  }

  function policyOf(
    outages: readonly Outage[],
    last: OutageSpan | undefined,
    now: Milliseconds,
    isOver: boolean,
  ): ReconnectPolicy {
    const delays = measureDelays(outages);
    const since = last === undefined ? undefined : stoppedSince(last);
    const waited = since === undefined ? undefined : isOver ? Infinity : now - since;
    const isDecided = waited !== undefined && (delays.length > 0 || waited > PATIENCE);
    const stopped = isDecided ? { after: last?.tries.length ?? 0, since: waited } : undefined;
    const { connections } = channel;
    const isBrowser = delays.length > 0 && connections.some(isBrowserReconnect);
    const reconnectionTime = connections.findLast(
      (each) => each.reconnectionTime !== undefined,
    )?.reconnectionTime;
    const sum = delays.reduce((total, { delay }) => total + delay, 0);
    const key = [
      delays.length,
      sum,
      outages.length,
      stopped?.after,
      stopped?.since,
      isBrowser,
      reconnectionTime,
    ].join(' ');
    if (lastPolicy?.key === key) return { ...lastPolicy.policy, delays };
    const policy = learnPolicy({
      delays,
      by: isBrowser ? 'browser' : 'page',
      outages: outages.length,
      ...(stopped !== undefined && { stopped }),
      ...(reconnectionTime !== undefined && { reconnectionTime }),
    });
    lastPolicy = { key, policy };
    return policy;
  }

  /** Between two polls nothing is open, and nothing is amiss. */
  function pollAvailability({ spans }: OutageFold, now: Milliseconds): Availability {
    const [first] = channel.connections;
    const all = first === undefined ? 0 : Math.max(0, now - first.createdAt);
    const down = spans.reduce((sum, { start, end = now }) => sum + Math.max(0, end - start), 0);
    return { ...(all > 0 && { share: (all - down) / all }), open: all - down, down };
  }

  function availability(live: OutageFold, now: Milliseconds): Availability {
    if (channel.transport === 'polling') return pollAvailability(live, now);
    const { open, openUntil } = live;
    const { connections } = channel;
    const from = Math.min(...connections.slice(0, 1).map(({ createdAt }) => createdAt));
    const alive = connections.filter(
      ({ endedAt, closingAt }) => endedAt === undefined && closingAt === undefined,
    );
    const since = alive.find(({ openedAt }) => openedAt !== undefined)?.openedAt;
    const last = connections.at(-1);
    const isClosedByPage =
      last !== undefined && downAt(last) !== undefined && last.endedBy === 'page';
    const isGone = last?.endedBy === 'navigation';
    const until = isClosedByPage || isGone ? (last.endedAt ?? now) : now;
    const running = since === undefined || openUntil !== Infinity ? 0 : Math.max(0, until - since);
    const all = Math.max(0, until - from);
    const up = Math.min(all, open + running);
    return { ...(all > 0 && { share: up / all }), open: up, down: Math.max(0, all - up) };
  }

  return {
    touch: (connection) => {
      const span = spanOf.get(connection);
      if (span !== undefined) told.delete(span);
      const taken = takenAs.get(connection);
      if (taken === undefined || taken === standing(connection)) return;
      // Nobody takes back an end but a broken trace: begin again.
      done = 0;
      fold = NO_OUTAGES;
      told.clear();
      takenAs.clear();
    },
    tell: (now, isOver) => {
      const live = advance();
      const spans = live.spans.filter((span) => isOutage(span, heardOf(span.lost)));
      const outages = spans.map((span) => outageOf(span, now, isOver));
      const heard = channel.connections.map(heardOf).filter((each) => each !== undefined);
      const policy = policyOf(outages, spans.at(-1), now, isOver);
      const silence = channel.transport === 'polling' ? undefined : longestSilence(heard, now);
      return {
        channel: channel.id,
        outages,
        availability: availability(live, now),
        policy,
        heartbeats: channel.transport === 'polling' ? [] : learnHeartbeats(heard, now),
        ...(silence !== undefined && { silence }),
      };
    },
  };
}

/** What the outages of a channel depend on. */
function standing(connection: Connection): string {
  return `${isBack(connection)} ${connection.openedAt} ${downAt(connection)} ${connection.endedAt}`;
}
