import { createLab } from '../server.ts';
import { UsageError } from './command-errors.ts';
import { LAB_OPTIONS, LAB_USAGE, readBenchOptions } from './lab-options.ts';
import { noPositionals, readArguments } from './read-arguments.ts';
import { runBench } from './run-bench.ts';
import { runCommand, stopped } from './run-command.ts';

await runCommand(LAB_USAGE, async (stop) => {
  const { values, positionals } = readArguments(process.argv.slice(2), LAB_OPTIONS);
  noPositionals(positionals);
  const bench = readBenchOptions(values);
  const lab = await createLab({ port: readPort(values.port ?? '0') });
  try {
    if (bench !== undefined) {
      await runBench(lab, bench, stop);
      return;
    }
    console.log(`The lab is at ${lab.origin}/ – Ctrl+C ends it.`);
    await stopped(stop);
  } finally {
    await lab.close();
  }
});

function readPort(text: string): number {
  const port = /^\d+$/u.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`--port takes a number from 0 to 65535, not “${text}”.`);
}
