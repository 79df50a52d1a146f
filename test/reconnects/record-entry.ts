import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import type { Session } from '../../src/core/session.ts';
import { GRACE } from '../../src/core/network-log/witness.ts';
import type { EpochMilliseconds } from '../../src/core/units.ts';
import type { DevTools } from '../../src/lab/browser/devtools.ts';
import { exportTrace } from '../../src/lab/browser/export-trace.ts';
import { importTrace } from '../../src/trace/importers.ts';
import type { Entry as TranscriptEntry } from '../third-party/stage/stage.ts';
import { bundlePage } from '../third-party/stage/bundle.ts';
import { startStageServer } from '../third-party/wire/stage-server.ts';
import { checkRecording } from './check-recording.ts';
import type { Entry, PageSettings } from './entry.ts';
import { createFeed, tickText } from './feed.ts';
import { libraryVersion } from './library-version.ts';
import { startPlan } from './run-plan.ts';
import { tellTruth } from './tell-truth.ts';
import type { Truth } from './truth.ts';

/** A page with the panel open on it; one entry after another is played in it. */
export interface Lane {
  readonly page: Page;
  readonly devtools: DevTools;
  /** Who hears what the page's part says. */
  hear: (command: string) => Promise<void>;
}

export interface Recording {
  /** The session in our own format. */
  readonly trace: Buffer;
  readonly truth: Truth;
  /** Why it is not worth keeping. */
  readonly problems: readonly string[];
}

/** How often an export is tried until two agree: by then the panel has heard everything. */
const EXPORTS = 20;

export async function recordEntry(entry: Entry, lane: Lane): Promise<Recording> {
  const { page, devtools } = lane;
  const feed = createFeed(entry.tickMs ?? 3_600_000);
  const script = await bundlePage(new URL(`pages/${entry.page}.ts`, import.meta.url));
  const server = await startStageServer({ serve: (inner) => entry.serve(inner, feed) }, script);
  try {
    const { say } = server.service;
    if (say !== undefined) {
      feed.subscribe((seq) => {
        say(tickText(seq));
      });
    }
    const plan = startPlan(entry, server, feed);
    lane.hear = plan.tell;
    // DevTools' network log may still tell of the page before, and the panel would take it for a worker's.
    await page.goto('about:blank');
    await pause(GRACE);
    await page.goto(`${server.origin}/page`);
    const timeOrigin: EpochMilliseconds = await page.evaluate('performance.timeOrigin');
    const { policy, beatMs, mode } = entry;
    const settings: PageSettings = {
      policy,
      ...(beatMs !== undefined && { beatMs }),
      ...(mode !== undefined && { mode }),
    };
    const transcript = await page.evaluate(
      (variant): Promise<TranscriptEntry[]> => performScenario(variant),
      JSON.stringify(settings),
    );
    const broken = transcript.find(([event]) => event === 'broke off');
    if (broken !== undefined) throw new Error(`${entry.name}: ${JSON.stringify(broken)}`);
    if (entry.plan.some((step) => 'giveUp' in step)) await showLife(page);
    const story = { log: server.log, failures: plan.failures, timeOrigin };
    const trace = await untilSettled(devtools, timeOrigin);
    const truth = tellTruth(entry, story, await libraryVersion(entry.library));
    return { trace, truth, problems: checkRecording(entry, truth) };
  } finally {
    feed.stop();
    await server.close();
  }
}

/** Without anything to follow, a session would not show that nobody tried again for so long. */
async function showLife(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const source = new EventSource('/still-there');
        source.onmessage = () => {
          source.close();
          resolve();
        };
      }),
  );
}

async function untilSettled(devtools: DevTools, timeOrigin: EpochMilliseconds): Promise<Buffer> {
  let last: Buffer | undefined;
  for (let tries = 0; tries < EXPORTS; tries += 1) {
    await pause(300);
    const trace = await exportTrace(devtools, 'jsonl');
    const { header } = await readSession(trace);
    const isOfPage = Math.abs(header.startedAt - timeOrigin) < 1;
    if (isOfPage && last?.equals(trace) === true) return trace;
    last = trace;
  }
  throw new Error('The panel never came to rest.');
}

async function readSession(trace: Buffer): Promise<Session> {
  async function* chunks() {
    yield await Promise.resolve(trace);
  }
  return (await importTrace(chunks())).session;
}
