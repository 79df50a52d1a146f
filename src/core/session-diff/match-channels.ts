import type { DiffChannel, DiffSide } from './session-diff.ts';

/** Two channels that are the same one in two recordings. */
export interface ChannelMatch {
  readonly before: DiffChannel;
  readonly after: DiffChannel;
  readonly basis: 'same endpoint' | 'same path on another host' | 'same kinds of messages';
}

export interface MatchedChannels {
  readonly matches: readonly ChannelMatch[];
  readonly missing: readonly DiffChannel[];
  readonly added: readonly DiffChannel[];
}

/** Channels that share so much of their kinds carry the same, by whatever transport. */
const ENOUGH_KINDS = 0.5;

/** Each channel finds at most one; the surer reasons choose first, and of equals those that came in the same order. */
export function matchChannels(before: DiffSide, after: DiffSide): MatchedChannels {
  const missing = new Set(before.channels.filter(isHeard));
  const added = new Set(after.channels.filter(isHeard));
  const matches: ChannelMatch[] = [];

  function take(old: DiffChannel, fresh: DiffChannel, basis: ChannelMatch['basis']): void {
    matches.push({ before: old, after: fresh, basis });
    missing.delete(old);
    added.delete(fresh);
  }

  function takeEqual(keyOf: (each: DiffChannel) => string, basis: ChannelMatch['basis']): void {
    for (const old of [...missing]) {
      const fresh = [...added].find((each) => keyOf(each) === keyOf(old));
      if (fresh !== undefined) take(old, fresh, basis);
    }
  }

  takeEqual(({ channel }) => `${channel.transport} ${channel.endpoint}`, 'same endpoint');
  takeEqual(
    ({ channel }) => `${channel.transport} ${pathOf(channel.endpoint)}`,
    'same path on another host',
  );
  for (const old of [...missing]) {
    const [best] = [...added]
      .map((fresh) => ({ fresh, share: sharedKinds(old, fresh) }))
      .sort((a, b) => b.share - a.share);
    if (best !== undefined && best.share >= ENOUGH_KINDS) {
      take(old, best.fresh, 'same kinds of messages');
    }
  }
  const place = new Map(before.channels.map((each, index) => [each, index]));
  const placeOf = ({ before: old }: ChannelMatch): number => place.get(old) ?? 0;
  return {
    matches: matches.sort((a, b) => placeOf(a) - placeOf(b)),
    missing: [...missing],
    added: [...added],
  };
}

/** One that never carried anything says nothing. */
const isHeard = ({ channel }: DiffChannel): boolean =>
  channel.rows.length > 0 && !channel.isSetAside;

const pathOf = (endpoint: string): string => endpoint.replace(/^[\w.+-]+:\/\/[^/?#]*/u, '') || '/';

/** Kinds that both have by all kinds of either, 0 to 1; what the protocol says for itself does not count. */
function sharedKinds(old: DiffChannel, fresh: DiffChannel): number {
  const [a, b] = [namesOf(old), namesOf(fresh)];
  const shared = [...a].filter((name) => b.has(name)).length;
  const all = a.size + b.size - shared;
  return all === 0 ? 0 : shared / all;
}

const namesOf = ({ kinds }: DiffChannel): Set<string> =>
  new Set(
    kinds
      .filter(({ isHeartbeat, isControl }) => !isHeartbeat && !isControl)
      .map(({ name, direction }) => `${direction} ${name}`),
  );
