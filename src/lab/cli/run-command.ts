import { StoppedError, UsageError } from './command-errors.ts';
import { describeError } from './describe-error.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** One Ctrl+C can arrive twice: from the terminal, and once more from npm. */
const ECHO = 1_000;
const STOPPED = 130;

/**
 * Runs a command: a failure is one line on stderr and exit code 1, never a stack.
 *
 * @param main hears through the signal that the user wants it to end; asked a second time, the process
 *   ends at once, and the browser with it
 */
export async function runCommand(
  usage: string,
  main: (stop: AbortSignal) => Promise<void>,
): Promise<void> {
  if (process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
    console.log(usage);
    return;
  }
  try {
    await main(stopSignal());
  } catch (error) {
    console.error(`wirescope: ${describeError(error)}`);
    if (error instanceof UsageError) console.error(`\n${usage}`);
    process.exitCode = 1;
    // Something may still be on its way up, such as a browser; it must not stay behind.
    if (error instanceof StoppedError) process.exit(STOPPED);
  }
}

function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (controller.signal.aborted && Date.now() - firstAt > ECHO) process.exit(STOPPED);
      if (!controller.signal.aborted) firstAt = Date.now();
      controller.abort();
    });
  }
  return controller.signal;
}

/** The work's own result, unless the user stops it first. */
export async function unlessStopped<Value>(
  stop: AbortSignal,
  work: Promise<Value>,
): Promise<Value> {
  return Promise.race([
    work,
    stopped(stop).then(() => {
      throw new StoppedError('Stopped; nothing was written.');
    }),
  ]);
}

export function stopped(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener('abort', () => {
      resolve();
    });
  });
}
