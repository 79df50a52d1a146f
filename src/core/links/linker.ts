import type { Connection } from '../channel.ts';
import type { Link, Transport } from '../facts.ts';
import type { Milliseconds } from '../units.ts';
import { callSite, type CallSite } from './call-site.ts';
import { downAt, type Judgement, judgeLink, type Linkable, toLink } from './judge-link.ts';
import { linkKey } from './link-key.ts';

/** The connection that another one goes on from. */
export interface Predecessor {
  connection: Connection;
  link: Link;
}

/**
 * Finds the reconnects that a page made itself: which new connection takes the place of which lost one.
 * Connections are compared within one frame, transport, endpoint and set of subprotocols only.
 */
export interface Linker {
  /**
   * Meets a connection.
   * @param given its predecessor where that was seen; `null` where the user said that there is none
   */
  add: (connection: Connection, given?: Connection | null) => Predecessor | undefined;
  /** The user says which connection another one goes on from, or none; `undefined` takes that back. */
  decide: (connection: Connection, given: Connection | null | undefined) => void;
  /** A connection ended, or began to close. */
  went: (connection: Connection, at: Milliseconds) => void;
  /** Whether facts came later than what was concluded without them. */
  readonly isStale: boolean;
  /** Concludes again where facts came late. @returns the connections of which that is true */
  settle: () => Iterable<readonly [Connection, Predecessor | undefined]>;
}

/** Those that the page itself makes anew; polling has its own evidence, and data channels have no endpoint. */
const INFERRED: ReadonlySet<Transport> = new Set<Transport>([
  'websocket',
  'eventsource',
  'fetch-stream',
  'xhr-stream',
  'webtransport',
]);
/** Of a larger pool those that were made first are no longer candidates. */
const MOST_CANDIDATES = 256;
/** Of connections that were lost within this time the one that waited longest comes first. */
const LOST_TOGETHER: Milliseconds = 30_000;

interface Group {
  /** In the order in which they were created. */
  readonly members: Linkable[];
  /** Those that nothing goes on from yet. */
  candidates: Linkable[];
  lastCreatedAt: Milliseconds;
}

export function createLinker(): Linker {
  const groups = new Map<string, Group>();
  const known = new Map<number, { linkable: Linkable; group: Group }>();
  /** Seen, or said by the user: nothing is to be concluded. */
  const given = new Map<number, Connection | null>();
  /** How many connections are known to go on from this one. */
  const claims = new Map<number, number>();
  const stale = new Set<Group>();

  function groupOf(key: string): Group {
    let group = groups.get(key);
    if (group === undefined) {
      group = { members: [], candidates: [], lastCreatedAt: -Infinity };
      groups.set(key, group);
    }
    return group;
  }

  function claim(connection: Connection | null | undefined, change: 1 | -1): void {
    if (connection === null || connection === undefined) return;
    claims.set(connection.id, (claims.get(connection.id) ?? 0) + change);
    const group = known.get(connection.id)?.group;
    if (group === undefined) return;
    if (change === -1 || !group.candidates.some((held) => held.connection === connection)) {
      stale.add(group);
    } else {
      group.candidates = group.candidates.filter((held) => held.connection !== connection);
    }
  }

  function conclude(group: Group, next: Linkable): Predecessor | undefined {
    const isOpenQuestion =
      given.get(next.connection.id) === undefined && INFERRED.has(next.connection.transport);
    const found = isOpenQuestion ? bestOf(group.candidates, next) : undefined;
    if (found !== undefined) {
      group.candidates = group.candidates.filter(
        ({ connection }) => connection !== found.connection,
      );
    }
    if ((claims.get(next.connection.id) ?? 0) === 0) group.candidates.push(next);
    if (group.candidates.length > MOST_CANDIDATES) group.candidates.shift();
    return found;
  }

  return {
    add: (connection, before) => {
      const { stable, random } = linkKey(connection.url);
      const { frame, transport, method = '', withCredentials, requestedSubprotocols } = connection;
      const group = groupOf(
        [frame, transport, method, withCredentials, requestedSubprotocols, stable].join(' '),
      );
      const site =
        callSite(connection.initiator) ?? (before ? siteOf(known.get(before.id)) : undefined);
      const linkable: Linkable = { connection, site, stable, random };
      known.set(connection.id, { linkable, group });
      if (before !== undefined) {
        given.set(connection.id, before);
        claim(before, 1);
      }
      group.members.push(linkable);
      const last = group.members.at(-2);
      if (last !== undefined && byCreation(last, linkable) > 0) {
        stale.add(group);
        return undefined;
      }
      group.lastCreatedAt = Math.max(group.lastCreatedAt, connection.createdAt);
      return conclude(group, linkable);
    },
    decide: (connection, before) => {
      claim(given.get(connection.id), -1);
      if (before === undefined) given.delete(connection.id);
      else given.set(connection.id, before);
      claim(before, 1);
      const group = known.get(connection.id)?.group;
      if (group !== undefined) stale.add(group);
    },
    went: (connection, at) => {
      const group = known.get(connection.id)?.group;
      if (group === undefined || group.members.length < 2) return;
      if (group.members.at(-1)?.connection !== connection && group.lastCreatedAt >= at) {
        stale.add(group);
      }
    },
    get isStale() {
      return stale.size > 0;
    },
    *settle() {
      for (const group of stale) {
        group.members.sort(byCreation);
        group.candidates = [];
        for (const next of group.members) {
          const found = conclude(group, next);
          if (given.get(next.connection.id) === undefined) yield [next.connection, found];
        }
      }
      stale.clear();
    },
  };
}

const siteOf = (held: { linkable: Linkable } | undefined): CallSite | undefined =>
  held?.linkable.site;

function byCreation({ connection: a }: Linkable, { connection: b }: Linkable): number {
  return a.createdAt - b.createdAt || a.id - b.id;
}

/** The lost connection whose place a new one takes. */
function bestOf(candidates: readonly Linkable[], next: Linkable): Predecessor | undefined {
  const judged: { before: Linkable; down: Milliseconds; judgement: Judgement }[] = [];
  for (const before of candidates) {
    const judgement = judgeLink(before, next);
    const down = downAt(before.connection);
    if (judgement !== undefined && down !== undefined) judged.push({ before, down, judgement });
  }
  const latest = Math.max(...judged.map(({ down }) => down));
  const together = judged.filter(({ down }) => latest - down <= LOST_TOGETHER);
  together.sort(
    (a, b) =>
      b.judgement.fit - a.judgement.fit || a.down - b.down || byCreation(a.before, b.before),
  );
  const [best, ...others] = together;
  if (best === undefined) return undefined;
  const rivals = others.filter(({ judgement }) => judgement.fit === best.judgement.fit);
  return {
    connection: best.before.connection,
    link: toLink(best.judgement, rivals.length),
  };
}
