import { readdir, readFile, writeFile } from 'node:fs/promises';
import type { Truth } from './truth.ts';

const MARK = '<!-- The table is written by test/reconnects/record.ts. -->';

/** Writes the table of all recordings below its mark in the folder's README. */
export async function writeTable(folder: URL): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.truth.json')).sort();
  const rows = await Promise.all(
    files.map(async (file) => {
      const truth = JSON.parse(await readFile(new URL(file, folder), 'utf8')) as Truth;
      const { name, library, version = '', transport, setting, failure } = truth;
      const ownWay = transport === 'eventsource' ? 'the browser’s own' : 'by hand';
      const from = library === null ? ownWay : `${library} ${version}`;
      return `| ${[name, from, transport, setting, failure, describeTruth(truth)].join(' | ')} |`;
    }),
  );
  const readme = new URL('README.md', folder);
  const text = await readFile(readme, 'utf8');
  const head = text.slice(0, text.indexOf(MARK) + MARK.length);
  const columns = ['name', 'library', 'transport', 'setting', 'failure', 'truth'];
  const table = [
    `| ${columns.join(' | ')} |`,
    `| ${columns.map(() => '---').join(' | ')} |`,
    ...rows,
  ];
  await writeFile(readme, `${head}\n\n${table.join('\n')}\n`);
}

/** The truth in a line. */
function describeTruth({ channels }: Truth): string {
  return channels
    .map(({ policy, outages, heartbeat, connections }) => {
      const { kinds, gaveUpAfter } = policy;
      const resumes = outages.map(({ resume: { verdict, lost, repeated } }) => {
        const count =
          verdict === 'lost' ? lost.length : verdict === 'repeated' ? repeated.length : 0;
        return count > 0 ? `${verdict} ${count}` : verdict;
      });
      return [
        counted(connections.length, 'connection'),
        outages.length > 0
          ? `${kinds[0] ?? ''}, ${counted(outages.length, 'outage')} (${resumes.join(', ')})`
          : 'no outage',
        ...(gaveUpAfter === undefined ? [] : [`gave up after ${gaveUpAfter}`]),
        ...(heartbeat === null
          ? []
          : [`${heartbeat.kind} every ${heartbeat.intervalMs} ms by ${heartbeat.side}`]),
      ].join('; ');
    })
    .join(' / ');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
