import type { Channel } from '../../src/core/channel.ts';
import type { MessageFact, Transport } from '../../src/core/facts.ts';
import type { Session } from '../../src/core/session.ts';
import type { LabConnection, LabLog } from '../../src/lab/lab-log.ts';
import { expect, sessionIn, test, untilMessages } from './fixtures.ts';

/** The server's connections of one name. */
function logged(log: LabLog, name: string): LabConnection[] {
  return log.connections().filter((connection) => connection.name === name);
}

function channelOf(session: Session, name: string): Channel | undefined {
  return session.channels.find(({ connections }) =>
    connections.some(({ url }) => url.includes(`name=${name}`)),
  );
}

function messagesOf(session: Session, channel: Channel | undefined): MessageFact[] {
  const ids = channel?.connections.map(({ id }) => id) ?? [];
  return [...session.facts()].filter(
    (fact) => fact.kind === 'message' && ids.includes(fact.connection),
  ) as MessageFact[];
}

/** The channel has this transport, and received what the server sent on all its connections, in order. */
function expectReceived(
  session: Session,
  log: LabLog,
  name: string,
  transport: Transport,
): Channel | undefined {
  const channel = channelOf(session, name);
  expect(channel?.transport, name).toBe(transport);
  const truth = logged(log, name).flatMap(({ id }) => log.messagesOf(id));
  const received = messagesOf(session, channel).filter(({ direction }) => direction === 'received');
  expect(received.map(({ payload }) => payload)).toEqual(truth.map(({ payload }) => payload));
  expect(truth.length, name).toBeGreaterThan(0);
  return channel;
}

test('bodies that a page reads as they come are streams, by every way of reading', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  await page.evaluate(async (origin) => {
    const url = (name: string, format: string) =>
      `${origin}/stream/feed?name=${name}&format=${format}&count=12&rate=200&events=tick,news`;
    const open = async (name: string, format: string) => {
      const { body } = await fetch(url(name, format), { headers: { 'X-Way': name } });
      return body ?? new ReadableStream<Uint8Array<ArrayBuffer>>();
    };
    for (const format of ['ndjson', 'event-stream']) {
      const reader = (await open(`reader-${format}`, format)).getReader();
      while (!(await reader.read()).done);
      await (
        await open(`pipe-${format}`, format)
      )
        .pipeThrough(new TextDecoderStream())
        .pipeTo(new WritableStream());
      for await (const piece of await open(`iterate-${format}`, format))
        document.title = `${piece.length}`;
      const [one, two] = (await open(`tee-${format}`, format)).tee();
      await Promise.all([new Response(one).text(), two.pipeTo(new WritableStream())]);
      const response = await fetch(url(`clone-${format}`, format));
      await Promise.all([response.clone().text(), response.text()]);
      await new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.open('GET', url(`xhr-${format}`, format));
        request.onloadend = resolve;
        request.send();
      });
    }
  }, lab.origin);
  await untilMessages(devtools, 2 * 6 * 12);
  const session = await sessionIn(devtools);
  for (const format of ['ndjson', 'event-stream']) {
    for (const way of ['reader', 'pipe', 'iterate', 'tee', 'clone']) {
      const channel = expectReceived(session, lab.log, `${way}-${format}`, 'fetch-stream');
      expect(channel?.connections).toMatchObject([
        { state: 'closed', endedBy: 'server', status: 200, method: 'GET' },
      ]);
    }
    expectReceived(session, lab.log, `xhr-${format}`, 'xhr-stream');
  }
  const types = messagesOf(session, channelOf(session, 'reader-event-stream'));
  expect(types.map(({ eventType }) => eventType).slice(0, 3)).toEqual(['tick', 'news', 'tick']);
  expect(types.at(-1)?.lastEventId).toBe('12');
});

test('an abort, a cancel and a broken connection are told apart', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  await page.evaluate(async (origin) => {
    const url = (name: string, more = '') => `${origin}/stream/feed?name=${name}&rate=100${more}`;
    const controller = new AbortController();
    const aborted = await fetch(url('aborted'), { signal: controller.signal });
    await aborted.body?.getReader().read();
    controller.abort();
    const reader = (await fetch(url('cancelled'))).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    const broken = (await fetch(url('broken', '&dropAfter=5'))).body?.getReader();
    await (async () => {
      while ((await broken?.read())?.done === false);
    })().catch(() => undefined);
  }, lab.origin);
  // The server hears of it at once: nobody else holds the stream.
  await lab.log.until((log) =>
    ['aborted', 'cancelled', 'broken'].every((name) =>
      logged(log, name).every(({ closedAt }) => closedAt !== null),
    ),
  );
  await devtools.panel.until(
    `[...document.querySelectorAll('[data-channel]')].filter((row) => row.dataset.state === 'closed').length === 3`,
  );
  const session = await sessionIn(devtools);
  const endOf = (name: string) => channelOf(session, name)?.connections[0]?.endedBy;
  expect([endOf('aborted'), endOf('cancelled'), endOf('broken')]).toEqual([
    'page',
    'page',
    'network',
  ]);
});

test('repeated requests become one channel, with the evidence', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  await page.evaluate(async (origin) => {
    let after = 0;
    for (let i = 0; i < 8; i += 1) {
      const response = await fetch(
        `${origin}/long-poll/feed?name=long&key=long&rate=2&after=${after}`,
      );
      after = ((await response.json()) as { last: number }).last;
    }
    for (let i = 0; i < 6; i += 1) {
      const begun = performance.now();
      await new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.open('POST', `${origin}/poll/feed?name=short&key=short&rate=20`);
        request.onload = resolve;
        request.send(`ask ${i}`);
      });
      await new Promise((resolve) => setTimeout(resolve, 200 - (performance.now() - begun)));
    }
    await (await fetch(`${origin}/poll/feed?name=once`)).text();
  }, lab.origin);
  await untilMessages(devtools, 8 + 12);
  const session = await sessionIn(devtools);
  const long = expectReceived(session, lab.log, 'long', 'polling');
  expect(long?.connections).toHaveLength(8);
  expect(long?.connections[1]?.link).toMatchObject({ basis: 'inferred' });
  const short = expectReceived(session, lab.log, 'short', 'polling');
  const sent = messagesOf(session, short).filter(({ direction }) => direction === 'sent');
  expect(sent.map(({ payload }) => payload)).toEqual([0, 1, 2, 3, 4, 5].map((i) => `ask ${i}`));
  expect(channelOf(session, 'once')).toBeUndefined();
});
