import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/core/session.ts';
import { readSession } from '../../../src/decoders/read-session.ts';
import { adviceOn } from '../../builders/advice.ts';
import { sessionOf } from '../../builders/fixture-session.ts';
import { FIXTURE_NAMES, readFixture } from '../../protocols/fixture.ts';
import { readRecording, recordingNames } from '../../reconnects/read-corpus.ts';

/** What healthy recordings truly have, by recording: the rules that find it, and why they are right. */
const TRUE_OF: Readonly<Record<string, readonly [rules: string[], because: string]>> = {
  'vite-hmr': [['credentials-in-url'], 'Vite’s dev server takes its token in the URL'],
  'pool-healthy': [['several-sockets'], 'it is a pool: several sockets to one endpoint on purpose'],
};

async function rulesFor(session: Session): Promise<string[]> {
  const { findings, failures } = adviceOn(session, await readSession(session));
  expect(failures).toEqual([]);
  return findings.map(({ rule }) => rule).sort();
}

const wanted = (name: string): string[] => TRUE_OF[name]?.[0] ?? [];

describe('healthy sessions', () => {
  it.each(FIXTURE_NAMES)('get no advice on the protocol %s', async (name) => {
    const fixture = readFixture(name);
    // Recorded on the machine itself, whose name was written over: what is told of the scheme would be told of that.
    const url = fixture.carrier.url.replace(/^(ws|http):/u, '$1s:');
    const session = sessionOf({ ...fixture, carrier: { ...fixture.carrier, url } });
    expect(await rulesFor(session)).toEqual(wanted(name));
  });

  const steady = recordingNames().filter((name) =>
    /^(?:healthy|pool-healthy|page-closes)/u.test(name),
  );
  it.each(steady)('get none on the recording %s', async (name) => {
    expect(await rulesFor((await readRecording(name)).session)).toEqual(wanted(name));
  });
});

describe('recordings of reconnects', () => {
  it.each(recordingNames())('%s is told of what it lost, and of nothing else', async (name) => {
    const { truth, session } = await readRecording(name);
    const rules = await rulesFor(session);
    const outages = truth.channels.flatMap((channel) => channel.outages);
    expect(rules.includes('messages-lost')).toBe(
      outages.some(({ resume }) => resume.lost.length > 0),
    );
    expect(rules.includes('messages-repeated')).toBe(
      outages.some(({ resume }) => resume.repeated.length > 0),
    );
  });
});
