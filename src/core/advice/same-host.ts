import { groupBy } from '../group-by.ts';
import { urlOf } from './hosts.ts';
import type { Advised } from './rule.ts';

/** Channels of documents with the same scheme, to the same scheme and host: what is true of one is true of all. */
export interface SameHost {
  readonly url: URL;
  /** The document that they belong to. */
  readonly page: string;
  readonly channels: readonly number[];
  readonly connections: readonly number[];
}

/** @param pageOf the URL of a document */
export function byHost(
  channels: readonly Advised[],
  pageOf: (frame: number) => string,
): SameHost[] {
  const all = channels.flatMap(({ channel }) => {
    const url = urlOf(channel.endpoint);
    return url === undefined ? [] : [{ channel, url, page: pageOf(channel.frame) }];
  });
  const groups = groupBy(all, ({ url, page }) =>
    [page.split(':', 1)[0], url.protocol, url.host].join(' '),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        url: first.url,
        page: first.page,
        channels: group.map(({ channel }) => channel.id),
        connections: group.flatMap(({ channel }) => channel.connections.map(({ id }) => id)),
      },
    ];
  });
}
