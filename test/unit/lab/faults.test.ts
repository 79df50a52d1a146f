import { describe, expect, test } from 'vitest';
import { type LabEndpoint, parseFaults } from '../../../src/lab/faults.ts';

function parse(endpoint: LabEndpoint, query: string): ReturnType<typeof parseFaults> {
  return parseFaults(endpoint, new URLSearchParams(query));
}

function problemsOf(endpoint: LabEndpoint, query: string): readonly string[] {
  const parsed = parse(endpoint, query);
  return parsed.ok ? [] : parsed.problems;
}

describe('faults', () => {
  test('an empty query asks for a plain feed', () => {
    expect(parse('/ws/feed', '')).toMatchObject({
      ok: true,
      faults: { rate: 5, count: null, dropAfter: null, ids: true, resume: true, events: [] },
    });
  });

  test('values are read in their own kind', () => {
    expect(
      parse('/sse/feed', 'rate=0.5&ids=0&events=tick,news&retry=250&dropAfter=3'),
    ).toMatchObject({
      ok: true,
      faults: { rate: 0.5, ids: false, events: ['tick', 'news'], retry: 250, dropAfter: 3 },
    });
  });

  test.each<[LabEndpoint, string, string]>([
    ['/ws/feed', 'rat=5', 'rat is unknown'],
    ['/sse/feed', 'binary=1', 'binary means nothing for /sse/feed'],
    ['/ws/feed', 'count=-1', 'count must be a whole number from 0'],
    ['/ws/feed', 'rate=fast', 'rate must be messages per second'],
    ['/ws/feed', 'binary=yes', 'binary must be 1 or 0'],
    ['/ws/feed', 'rate=1&rate=2', 'rate is given more than once'],
    ['/ws/feed', 'code=1001', 'code and reason need closeAfter'],
    ['/ws/feed', 'closeAfter=1&code=1006', 'code 1006 must not be sent'],
    ['/ws/feed', 'closeAfter=1&code=2000', 'code 2000 must not be sent'],
    ['/ws/feed', `closeAfter=1&reason=${'é'.repeat(62)}`, 'reason must not be longer'],
    ['/ws/feed', 'refuse=2', 'refuse needs key'],
    ['/ws/feed', 'refuseStatus=500', 'refuseStatus needs refuse'],
    ['/ws/feed', 'dropAfter=1&halfOpen=1', 'exclude each other'],
    ['/ws/feed', 'key=a%20b', 'key must be letters'],
    ['/stream/feed', 'format=xml', 'format must be ndjson or event-stream'],
  ])('%s?%s is refused in words', (endpoint, query, words) => {
    expect(problemsOf(endpoint, query).join('\n')).toContain(words);
  });

  test('all problems are told at once', () => {
    expect(problemsOf('/ws/feed', 'x=1&y=2&rate=0')).toHaveLength(3);
  });
});
