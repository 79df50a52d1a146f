import { createLab } from '../server.ts';
import { UsageError } from './command-errors.ts';
import { noPositionals, readArguments } from './read-arguments.ts';
import { runCommand, stopped } from './run-command.ts';

const USAGE = `Usage: npm run lab [-- --port N]

Serves the transport lab on loopback until Ctrl+C; open it in any browser.

  --port N   the port (default: a free one)`;

await runCommand(USAGE, async (stop) => {
  const { values, positionals } = readArguments(process.argv.slice(2), {
    port: { type: 'string', default: '0' },
  });
  noPositionals(positionals);
  const lab = await createLab({ port: readPort(values.port) });
  console.log(`The lab is at ${lab.origin}/ – Ctrl+C ends it.`);
  await stopped(stop);
  await lab.close();
});

function readPort(text: string): number {
  const port = /^\d+$/u.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`--port takes a number from 0 to 65535, not “${text}”.`);
}
