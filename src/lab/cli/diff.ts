import { diffMarkdown } from '../../core/session-diff/diff-markdown.ts';
import { type DiffSide, diffSessions } from '../../core/session-diff/session-diff.ts';
import { diffSideOf } from '../../core/session-diff/diff-side.ts';
import { reportDiff } from '../../core/session-diff/report-diff.ts';
import { UsageError } from './command-errors.ts';
import { readArguments } from './read-arguments.ts';
import { readTrace } from './read-trace.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Usage: npm run -s diff -- BEFORE AFTER [--json] [--exit-code]

Compares two traces of the same app and prints what changed: channels and kinds of messages that are new or missing,
fields, sizes, rates, latencies, order. What chance explains is not told.

  --json        print JSON and nothing else
  --exit-code   end with 2 where anything changed`;

const CHANGED = 2;

await runCommand(USAGE, async () => {
  const { values, positionals } = readArguments(process.argv.slice(2), {
    json: { type: 'boolean', default: false },
    'exit-code': { type: 'boolean', default: false },
  });
  const [before, after, another] = positionals;
  if (before === undefined || after === undefined) {
    throw new UsageError('Two traces are needed: BEFORE and AFTER.');
  }
  if (another !== undefined) throw new UsageError(`Two traces only: what is “${another}”?`);
  const diff = diffSessions(await sideOf(before), await sideOf(after));
  const report = reportDiff(diff);
  console.log(values.json ? JSON.stringify(report, null, 2) : diffMarkdown(diff));
  if (values['exit-code'] && report.isChanged) process.exitCode = CHANGED;
});

async function sideOf(file: string): Promise<DiffSide> {
  const { session, decoded, warnings } = await readTrace(file);
  for (const warning of warnings) console.error(`wirescope: ${file}: ${warning}`);
  return diffSideOf(session, decoded);
}
