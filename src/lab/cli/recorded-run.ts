import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '../../core/channel.ts';
import type { Session } from '../../core/session.ts';
import { importTrace } from '../../trace/importers.ts';
import { downloadTrace } from '../browser/export-trace.ts';
import type { LaneResult, RunResult } from '../workload/run-result.ts';
import { type OpenPanel, warn } from './with-panel.ts';
import { copyWhole } from './write-whole.ts';

/** The network log is heard some seconds after the messages. */
const PATIENCE = 20_000;

/**
 * The session that the panel recorded of a run, once all messages are in it and the network log has told of its lanes.
 *
 * @param out where to keep its trace
 */
export async function recordedRun(
  { devtools }: OpenPanel,
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
  const { transport, arrived } = lane;
  const all = connectionsOf(session, lane);
  if (!all.some(({ handshake }) => handshake !== undefined)) return false;
  // An answer to a poll is one message, however many are in it.
  if (transport === 'polling' || transport === 'long-polling') return true;
  const received = all.reduce((sum, each) => sum + each.tally.received.messages, 0);
  return received >= arrived.received;
}
