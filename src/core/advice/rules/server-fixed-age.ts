import type { Connection } from '../../channel.ts';
import { formatCountOf, formatSpan } from '../../format.ts';
import { median } from '../../story/beats.ts';
import type { Milliseconds } from '../../units.ts';
import { channelRule } from '../said.ts';

const FEWEST = 3;
const YOUNGEST: Milliseconds = 5_000;
/** How far ages may lie from their median: a share of it, and at least what timers and machines are late. */
const SPREAD = 0.03;
const LATE: Milliseconds = 500;

export const serverFixedAge = channelRule(
  {
    id: 'server-fixed-age',
    topic: 'Connections',
    title: 'Connections end at a fixed age',
    source:
      'The recorded ends; limits of this kind: API Gateway of AWS 2 h, Cloud Run 60 min, proxies with a read timeout for the whole response',
  },
  function* look({ channel }) {
    if (channel.transport === 'polling') return;
    const ages = channel.connections.flatMap((connection) => {
      const age = ageAtEnd(connection);
      return age === undefined ? [] : [{ id: connection.id, age }];
    });
    const usual = median(ages.map(({ age }) => age));
    const even = ages.filter(({ age }) => Math.abs(age - usual) <= Math.max(LATE, usual * SPREAD));
    if (usual < YOUNGEST || even.length < FEWEST || even.length < ages.length * 0.8) return;
    yield {
      severity: 'info',
      summary: `${formatCountOf(even.length, 'connection')} of ${ages.length} ended ${formatSpan(usual)} after they opened, and not by the page: the server or something between ends them at that age.`,
      advice:
        'Raise that limit, or let the page connect anew shortly before it and close the old one afterwards, so that nothing is missed.',
      ifWrong:
        'The age may be wanted, to spread clients over servers: then a reconnect that loses nothing is enough.',
      connections: even.map(({ id }) => id),
    };
  },
);

/** Where others than the page or the user ended it. */
function ageAtEnd({ openedAt, endedAt, endedBy, drilled, method = 'GET' }: Connection) {
  if (openedAt === undefined || endedAt === undefined || drilled !== undefined) return undefined;
  const isTheirs = endedBy === 'server' || endedBy === 'network' || endedBy === 'unknown';
  // The answer to a POST ends when it has been given.
  return isTheirs && method.toUpperCase() === 'GET' ? endedAt - openedAt : undefined;
}
