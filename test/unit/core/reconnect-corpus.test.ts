import { describe, expect, it } from 'vitest';
import { createReport } from '../../../src/core/report.ts';
import type { Session } from '../../../src/core/session.ts';
import { ENTRIES } from '../../reconnects/entries.ts';
import { type Judgement, judgeReport, QUESTIONS } from '../../reconnects/judge-report.ts';
import { matchConnections } from '../../reconnects/match-connections.ts';
import { readRecording, recordingNames } from '../../reconnects/read-corpus.ts';
import { compareNumbers, numbersIn } from '../../reconnects/resume-truth.ts';
import { describeScore } from '../../reconnects/score.ts';

const names = recordingNames();

/** What the report gets wrong, and why it is borne for now. */
const BORNE: Readonly<Record<string, string>> = {
  'y-websocket: resume': 'one binary update that holds many numbers is read for the first of them',
};

describe('the corpus of reconnects', () => {
  it('has a recording of each entry, and of nothing else', () => {
    expect(names).toEqual(ENTRIES.map(({ name }) => name).sort());
  });

  it('is made of at least 40 sessions of at least 10 libraries', () => {
    const libraries = new Set(ENTRIES.map(({ library }) => library).filter((one) => one !== null));
    expect(names.length).toBeGreaterThanOrEqual(40);
    expect(libraries.size).toBeGreaterThanOrEqual(10);
  });

  it.each(names)('%s holds every try that the server saw, and no other', async (name) => {
    const { truth, session, warnings } = await readRecording(name);
    expect(warnings).toEqual([]);
    const report = createReport(session);
    const placed = matchConnections(truth, report);
    expect(truth.connections.filter((_, index) => placed[index] === undefined)).toEqual([]);
    const tries = report.channels
      .filter(({ transport, endpoint }) => transport === truth.transport && !isSideStream(endpoint))
      .reduce((sum, { connections }) => sum + connections.length, 0);
    expect(tries).toBe(truth.connections.length);
  });

  it.each(names)('%s holds the numbers that the server wrote', async (name) => {
    const { truth, session } = await readRecording(name);
    const placed = matchConnections(truth, createReport(session));
    const numbers = numbersByConnection(session);
    for (const { connections, outages } of truth.channels) {
      const opened = connections.filter((index) => truth.connections[index]?.refused === undefined);
      const received = opened.map((index) => numbers.get(placed[index]?.connection.id ?? '') ?? []);
      const ended = outages.filter(({ end }) => end !== null);
      const compared = ended.map((_, index) =>
        compareNumbers(received.slice(0, index + 1).flat(), received[index + 1] ?? []),
      );
      expect(compared).toEqual(ended.map(({ resume: { why: _why, ...rest } }) => rest));
    }
  });

  it('is told by the report as it was', async () => {
    const judged = new Map<string, Judgement>();
    for (const name of names) {
      const { truth, session } = await readRecording(name);
      judged.set(name, judgeReport(truth, createReport(session)));
    }
    console.log(describeScore(judged));
    const wrong = [...judged].flatMap(([name, judgement]) =>
      QUESTIONS.filter((question) => (judgement[question] ?? []).length > 0).map(
        (question) => `${name}: ${question}`,
      ),
    );
    expect(wrong.filter((one) => !(one in BORNE))).toEqual([]);
  });
});

/** The numbers of the feed that the page received, by the connection's id in the report. */
function numbersByConnection(session: Session): Map<string, number[]> {
  const byConnection = new Map<string, number[]>();
  for (const fact of session.facts()) {
    if (fact.kind !== 'message' || fact.direction !== 'received' || fact.payload === null) continue;
    const id = `k${fact.connection}`;
    byConnection.set(id, [...(byConnection.get(id) ?? []), ...numbersIn(fact.payload)]);
  }
  return byConnection;
}

/** A stream beside the tries, which shows how long the session went on. */
function isSideStream(endpoint: string): boolean {
  return endpoint.endsWith('/still-there');
}
