import { onePositional, readArguments } from './read-arguments.ts';
import { printReport, readReport } from './print-report.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Usage: npm run -s report -- FILE [--json]

Reads a trace (.jsonl as Wirescope writes it, or a .har) and prints what happened on each channel.

  --json   print the report as JSON and nothing else`;

await runCommand(USAGE, async () => {
  const { values, positionals } = readArguments(process.argv.slice(2), {
    json: { type: 'boolean', default: false },
  });
  printReport(await readReport(onePositional(positionals, 'FILE')), values);
});
