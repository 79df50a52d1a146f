import { describe, expect, test } from 'vitest';
import { readUntil, seqOf, startLab } from './lab-clients.ts';

const dataOf = (text: string): string[] =>
  [...text.matchAll(/^data: (\{.*\})$/gmu)].map((match) => match[1] ?? '');

describe('event streams', () => {
  test('events carry id, type in turn and the reconnection time', async () => {
    const lab = await startLab();
    const response = await fetch(
      `${lab.origin}/sse/feed?rate=500&count=4&events=tick,news&retry=750`,
    );
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const { text } = await readUntil(response, (soFar) => /"seq":4.*\n\n/u.test(soFar));
    expect(text).toMatch(/^retry: 750\n\nevent: tick\nid: 1\ndata: \{"seq":1,/u);
    expect(text).toContain('event: news\nid: 2\n');
    const logged = lab.log.messagesOf(1);
    expect(logged.map((message) => message.payload)).toEqual(dataOf(text));
    expect(logged.map((message) => message.eventType)).toEqual(['tick', 'news', 'tick', 'news']);
    expect(logged.map((message) => message.lastEventId)).toEqual(['1', '2', '3', '4']);
  });

  test('a cut stream breaks, and Last-Event-ID continues it without a gap', async () => {
    const lab = await startLab();
    const url = `${lab.origin}/sse/feed?key=k&rate=200&dropAfter=3`;
    const first = await readUntil(await fetch(url), () => false);
    expect(first.end).toBe('broken');
    expect(dataOf(first.text).map(seqOf)).toEqual([1, 2, 3]);
    const second = await readUntil(
      await fetch(url, { headers: { 'Last-Event-ID': '3' } }),
      () => false,
    );
    expect(dataOf(second.text).map(seqOf)).toEqual([4, 5, 6]);
    expect(lab.log.connections()[1]?.headers['last-event-id']).toBe('3');
  });

  test('without ids the page has nothing to come back with', async () => {
    const lab = await startLab();
    const response = await fetch(`${lab.origin}/sse/feed?ids=0&rate=500&closeAfter=2`);
    const { text, end } = await readUntil(response, () => false);
    expect(end).toBe('ended');
    expect(text).not.toContain('id:');
    expect(lab.log.messagesOf(1).map((message) => message.lastEventId)).toEqual(['', '']);
  });

  test('the sequence keeps the id of the event before where an event has none', async () => {
    const lab = await startLab();
    const response = await fetch(`${lab.origin}/sse/sequence?comments=10&unheard=1`);
    const { text } = await readUntil(response, (soFar) => /that was all\n\n[^]*:/u.test(soFar));
    expect(text).toContain('event: empty\nid: 4\ndata: \n\n');
    expect(text).toContain('data: line one\ndata: line two\ndata: \ndata: line four\ndata: \n\n');
    expect(text).toContain(': keep-alive\n\n');
    const logged = lab.log.messagesOf(1);
    expect(logged.find((message) => message.payload === 'no id of its own')?.lastEventId).toBe('5');
    expect(logged.at(-1)).toMatchObject({ eventType: 'end', lastEventId: '10' });
  });

  test('a status is answered as asked, 204 without a body', async () => {
    const lab = await startLab();
    expect((await fetch(`${lab.origin}/sse/feed?status=500`)).status).toBe(500);
    const nothing = await fetch(`${lab.origin}/sse/feed?status=204&slow=20`);
    expect([nothing.status, await nothing.text()]).toEqual([204, '']);
    expect(lab.log.connections().map((entry) => [entry.status, entry.openedAt])).toEqual([
      [500, null],
      [204, null],
    ]);
  });
});

describe('other HTTP transports', () => {
  test('a fetch stream is NDJSON by default and ends with its count', async () => {
    const lab = await startLab();
    const response = await fetch(`${lab.origin}/stream/feed?rate=500&count=5`);
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines.map(seqOf)).toEqual([1, 2, 3, 4, 5]);
    expect(lab.log.messagesOf(1).map((message) => message.payload)).toEqual(lines);
    await lab.log.until((log) => log.connections()[0]?.endedBy === 'server');
  });

  test('a flood into a slow reader rests and loses nothing', async () => {
    const lab = await startLab();
    const response = await fetch(`${lab.origin}/stream/feed?count=400&burst=400&size=100000`);
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines.map(seqOf)).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
  });

  test('a long poll is held until there is something new', async () => {
    const lab = await startLab();
    const url = `${lab.origin}/long-poll/feed?key=k&rate=50&after=`;
    const first: unknown = await (await fetch(`${url}0`)).json();
    expect(first).toMatchObject({ after: 0, done: false });
    const second: unknown = await (await fetch(`${url}20&wait=0`)).json();
    expect(second).toEqual({ after: 20, last: 20, done: false, ticks: [] });
    const third: unknown = await (await fetch(`${url}5`)).json();
    expect(JSON.stringify(third)).toContain('"seq":6');
  });

  test('a poll answers what is due at once and says when the feed is over', async () => {
    const lab = await startLab();
    const url = `${lab.origin}/poll/feed?key=k&rate=100000&burst=10&count=10&after=0`;
    const answer = await (await fetch(url)).text();
    expect(answer).toMatch(/^\{"after":0,"last":10,"done":true,"ticks":\[\{"seq":1,/u);
    expect(lab.log.messagesOf(1)[0]?.payload).toBe(answer);
  });

  test('a wrong query is answered with 400 and words, a wrong way of asking with 404', async () => {
    const lab = await startLab();
    const wrong = await fetch(`${lab.origin}/poll/feed?halfOpen=1`);
    expect([wrong.status, await wrong.text()]).toEqual([
      400,
      'halfOpen means nothing for /poll/feed\n',
    ]);
    expect((await fetch(`${lab.origin}/ws/feed`)).status).toBe(404);
  });
});

describe('the lab itself', () => {
  test('close ends whatever is open, promptly', async () => {
    const lab = await startLab();
    const held = [
      fetch(`${lab.origin}/sse/feed`).then((response) => readUntil(response, () => false)),
      fetch(`${lab.origin}/long-poll/feed?after=999999`).then(String, () => 'gone'),
      fetch(`${lab.origin}/sse/feed?slow=60000`).then(String, () => 'gone'),
    ];
    await lab.log.until((log) => log.connections().length === 3);
    await lab.close();
    const ends = await Promise.all(held);
    expect(ends.map((end) => (typeof end === 'string' ? end : end.end))).toEqual([
      'broken',
      'gone',
      'gone',
    ]);
    await lab.log.until((log) => log.connections().every((entry) => entry.closedAt !== null));
  });

  test('clear forgets what is over and keeps what is open', async () => {
    const lab = await startLab();
    await (await fetch(`${lab.origin}/poll/feed`)).text();
    await lab.log.until((log) => log.connections()[0]?.closedAt !== null);
    const open = await fetch(`${lab.origin}/sse/feed?name=open`);
    lab.log.clear();
    expect(lab.log.connections().map((entry) => entry.name)).toEqual(['open']);
    await open.body?.cancel();
  });

  test('both origins answer, each from loopback', async () => {
    const lab = await startLab();
    expect((await fetch(`${lab.crossOrigin}/poll/feed?after=0`)).status).toBe(200);
    expect(lab.crossOrigin).not.toBe(lab.origin);
  });
});
