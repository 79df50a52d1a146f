import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../../../src/trace/perfetto/trace-event.ts';
import { writePerfetto } from '../../../src/trace/perfetto/write.ts';
import { readSession } from '../../../src/decoders/read-session.ts';
import { aBusySession } from '../../builders/a-busy-session.ts';
import { aSession } from '../../builders/session.ts';

interface File {
  displayTimeUnit: string;
  otherData: { url: string };
  traceEvents: TraceEvent[];
}

const fileOf = (text: Iterable<string>) => JSON.parse([...text].join('')) as File;
const ofPhase = <Phase extends TraceEvent['ph']>({ traceEvents }: File, phase: Phase) =>
  traceEvents.filter((event): event is Extract<TraceEvent, { ph: Phase }> => event.ph === phase);

describe('a session for Perfetto', () => {
  const session = aBusySession().build();
  const file = fileOf(writePerfetto(session, { toolVersion: '1' }));

  it('has a process for each document and a thread for each channel', () => {
    const names = ofPhase(file, 'M').flatMap(({ name, args }) =>
      name !== 'thread_sort_index' && 'name' in args ? [[name, args.name]] : [],
    );
    for (const { url } of session.frames.values())
      expect(names).toContainEqual(['process_name', url]);
    for (const { transport, endpoint } of session.channels) {
      expect(names).toContainEqual(['thread_name', `${transport} ${endpoint}`]);
    }
  });

  it('has a slice for each message, in whole microseconds', () => {
    const slices = ofPhase(file, 'X');
    expect(slices.map(({ ts }) => ts).sort((a, b) => a - b)).toEqual(
      Array.from({ length: session.messages.length }, (_, row) =>
        Math.round(session.messages.at(row) * 1000),
      ).sort((a, b) => a - b),
    );
    for (const event of file.traceEvents) {
      if ('ts' in event) expect(Number.isInteger(event.ts)).toBe(true);
    }
  });

  it('ends each slice that may overlap, once and not before it begins', () => {
    const ends = new Map(ofPhase(file, 'e').map((event) => [`${event.cat} ${event.id}`, event]));
    const begins = ofPhase(file, 'b');
    expect(begins.length).toBeGreaterThanOrEqual(session.connections.size);
    expect(ends.size).toBe(begins.length);
    for (const { cat, id, ts, name, pid } of begins) {
      const end = ends.get(`${cat} ${id}`);
      expect(end).toMatchObject({ name, pid });
      expect(end?.ts).toBeGreaterThanOrEqual(ts);
    }
  });

  it('counts all messages by the second', () => {
    const counted = ofPhase(file, 'C').reduce(
      (sum, { args }) => sum + (args['sent'] ?? 0) + (args['received'] ?? 0),
      0,
    );
    expect(counted).toBe(session.messages.length);
  });

  it('leads from each request to its answer, from slice to slice', async () => {
    const asked = aSession()
      .frame()
      .websocket('ws://a.test/', { requestedSubprotocols: [] })
      .opens();
    for (let id = 1; id <= 4; id += 1) {
      asked.sends(JSON.stringify({ jsonrpc: '2.0', id, method: 'add', params: [1] }));
      asked.after(9).receives(JSON.stringify({ jsonrpc: '2.0', id, result: 2 }));
    }
    const called = asked.build();
    const decoded = await readSession(called);
    const pairsOf = (channel: number) => decoded.get(channel)?.pairs ?? [];
    const told = fileOf(writePerfetto(called, { toolVersion: '1', pairsOf }));
    const starts = ofPhase(told, 's');
    const ends = ofPhase(told, 'f');
    expect(starts.map(({ name }) => name)).toEqual(['add', 'add', 'add', 'add']);
    expect(ends.map(({ id }) => id)).toEqual(starts.map(({ id }) => id));
    const slices = new Set(ofPhase(told, 'X').map(({ ts, tid }) => `${tid} ${ts}`));
    for (const { ts, tid } of [...starts, ...ends]) expect(slices).toContain(`${tid} ${ts}`);
  });
});
