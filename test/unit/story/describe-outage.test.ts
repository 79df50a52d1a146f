import { describe, expect, it } from 'vitest';
import {
  describeFailures,
  describeResume,
  describeReturn,
  groupFailures,
  outcomeWords,
  sumOutages,
  whoBegan,
} from '../../../src/core/story/describe-outage.ts';
import type { Outage } from '../../../src/core/story/outage-types.ts';
import { anOutage, aResume } from '../../builders/outage.ts';

function lasting(told: Partial<Outage> = {}): Outage {
  const outage = anOutage(told);
  delete outage.end;
  return outage;
}

const lost = aResume({
  verdict: 'lost',
  lost: 4,
  lostRanges: [{ from: 812, to: 815 }],
  sequence: 'seq',
});

describe('the words for an outage', () => {
  it('name what was lost and what came twice with their numbers', () => {
    expect(describeResume(lost)).toBe('4 messages never came (seq 812–815).');
    const both = { ...lost, repeated: 1, repeatedRanges: [{ from: 811, to: 811 }] };
    expect(describeResume(both)).toBe(
      '4 messages never came (seq 812–815); 1 message came twice (seq 811).',
    );
    expect(outcomeWords(anOutage({ resume: both }))).toBe('lost 4, repeated 1');
  });

  it('say why nothing can be known', () => {
    expect(describeResume(aResume())).toBe(
      'Whether messages were lost cannot be known: no field of the messages counts them.',
    );
  });

  it('tell how it came back, or that it did not', () => {
    expect(describeReturn(anOutage())).toBe('It was back after 1.2 s, with the first try.');
    const lasts = lasting({ attempts: [] });
    expect(describeReturn(lasts)).toBe('It is down for 1.2 s; nobody has tried again yet.');
    expect(outcomeWords(lasts)).toBe('still down');
    expect(describeReturn({ ...lasts, isGivenUp: true })).toBe('Nobody tried again.');
  });

  it('give tries that failed alike one reason', () => {
    const failed = (number: number, failure: string) => ({
      connection: number,
      number,
      createdAt: 0,
      delay: 0,
      endedAt: 1,
      failure,
    });
    const attempts = [failed(1, 'It never opened'), failed(2, 'It never opened'), failed(3, '503')];
    expect(groupFailures({ attempts }).map(describeFailures)).toEqual([
      'Tries 1–2: It never opened.',
      'Try 3: 503.',
    ]);
  });

  it('give the page its own ends', () => {
    expect(whoBegan(anOutage({ endedBy: 'unknown', isIntended: true }))).toBe('the page');
    expect(whoBegan(anOutage({ endedBy: 'server' }))).toBe('the server');
    expect(whoBegan(anOutage({ endedBy: 'network', isDrilled: true }))).toBe(
      'Wirescope, in a drill',
    );
  });

  it('sum up what the outages of a channel cost', () => {
    expect(sumOutages([anOutage({ resume: lost }), anOutage(), lasting()])).toEqual({
      reconnects: 2,
      lost: 4,
      repeated: 0,
      unknown: 1,
    });
  });
});
