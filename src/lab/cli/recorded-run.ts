import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '../../core/channel.ts';
import type { Tally } from '../../core/facts.ts';
import type { Session } from '../../core/session.ts';
import { importTrace } from '../../trace/importers.ts';
import type { DevTools } from '../browser/devtools.ts';
import { downloadTrace } from '../browser/export-trace.ts';
import type { LaneResult, RunResult } from '../workload/run-result.ts';
import { warn } from './with-panel.ts';
import { copyWhole } from './write-whole.ts';

/** The network log is heard some seconds after the messages. */
const PATIENCE = 10_000;

/**
 * The session that the panel recorded of a run, once all messages are in it and the network log has told of its lanes.
 *
 * @param out where to keep its trace
 */
export async function recordedRun(
  devtools: DevTools,
  result: RunResult,
  out: string | undefined,
): Promise<Session> {
  const folder = await mkdtemp(join(tmpdir(), 'wirescope-run-'));
  try {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const trace = await downloadTrace(devtools, 'jsonl', folder);
      const { session } = await importTrace(createReadStream(trace));
      const missing = result.lanes.filter((lane) => !isWhole(session, lane));
      if (missing.length === 0 || Date.now() > deadline) {
        if (missing.length > 0) {
          const names = missing.map(({ transport }) => transport).join(', ');
          warn(`The recording lacks something of ${names}.`);
        }
        if (out !== undefined) await copyWhole(trace, out);
        return session;
      }
      await pause(500);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Connections of one lane: each is on a port of its own. */
export function connectionsOf(session: Session, { origin }: LaneResult): Connection[] {
  const { host } = new URL(origin);
  return [...session.connections.values()].filter(({ url }) => new URL(url).host === host);
}

function isWhole(session: Session, lane: LaneResult): boolean {
  const { transport, arrived, wire } = lane;
  const all = connectionsOf(session, lane);
  const answered = all.filter(({ openedAt }) => openedAt !== undefined);
  if (answered.length === 0 || answered.some(({ handshake }) => handshake === undefined)) {
    return false;
  }
  const sumOf = (of: keyof Tally): number =>
    all.reduce((sum, each) => sum + each.tally.received[of], 0);
  // An answer to a poll is one message, however many are in it, and is all of the body.
  return transport === 'polling' || transport === 'long-polling'
    ? sumOf('bytes') >= wire.received.body
    : sumOf('messages') >= arrived.received;
}
