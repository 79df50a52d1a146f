import { setTimeout as pause } from 'node:timers/promises';
import type { Milliseconds } from '../../src/core/units.ts';
import type { StageServer } from '../third-party/wire/stage-server.ts';
import { wallTime, type WireConnection } from '../third-party/wire/wire-log.ts';
import type { Entry, Step } from './entry.ts';
import type { Feed } from './feed.ts';
import type { FailureLog } from './tell-truth.ts';

/** Whatever the server has written is with the page by then. */
const SETTLED: Milliseconds = 120;
/** What one word of a page, `talk` or `rest`, takes. */
const TALK: Milliseconds = 900;
const REST: Milliseconds = 500;
const PATIENCE: Milliseconds = 40_000;

const CLOSE_CODES: Readonly<Record<string, number>> = {
  restart: 1012,
  'go away': 1001,
  'try later': 1013,
  'session expired': 4001,
  'normal close': 1000,
};

/** The recorder's hands at the server while a page is played. */
export interface PlanRun {
  readonly failures: readonly FailureLog[];
  /** Does what the page's part asks for: `play` is the entry's whole plan. */
  tell: (command: string) => Promise<void>;
}

export function startPlan(entry: Entry, server: StageServer, feed: Feed): PlanRun {
  const failures: FailureLog[] = [];
  const kind = entry.transport === 'websocket' ? 'websocket' : 'event-stream';
  const streams = () => server.log.connections.filter((one) => one.kind === kind);

  async function talk(time: Milliseconds): Promise<void> {
    feed.isRunning = true;
    await pause(time);
  }

  async function fail({ fail: how, refuse = [], giveUp }: Extract<Step, { fail: unknown }>) {
    feed.isRunning = false;
    await pause(SETTLED);
    if (!streams().some(isAlive))
      throw new Error(`${entry.name}: nothing is there that could fail`);
    const before = streams().length;
    const wanted = before + streams().filter(({ isOver }) => !isOver).length;
    server.refuse(refuse, entry.sparesExchanges === true ? 'exchanges' : undefined);
    const command = typeof how === 'string' ? how : how.command;
    const closeCode = CLOSE_CODES[command];
    failures.push({
      at: wallTime(),
      cause:
        how === 'drop'
          ? 'dropped'
          : how === 'silence'
            ? 'silence'
            : entry.transport === 'websocket'
              ? 'server-closed'
              : 'ended',
      ...(closeCode !== undefined && { closeCode }),
    });
    if (how === 'silence') server.silence();
    else server.command(command);
    feed.isRunning = true;
    if (giveUp !== undefined) await pause(giveUp);
    else await until(() => streams().length >= wanted, `${entry.name}: nothing came back`);
  }

  return {
    failures,
    tell: async (command) => {
      if (command === 'talk') await talk(TALK);
      else if (command === 'rest') await pause(REST);
      else if (command === 'play') {
        await until(() => streams().some(isAlive), `${entry.name}: nothing came`);
        for (const step of entry.plan) await ('talk' in step ? talk(step.talk) : fail(step));
        feed.isRunning = false;
        await pause(SETTLED);
      } else throw new Error(`No step is called ${command}.`);
    },
  };
}

function isAlive({ isOver }: WireConnection): boolean {
  return !isOver;
}

async function until(isTrue: () => boolean, problem: string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(problem);
    await pause(20);
  }
}
