import { exportTrace } from '../../src/lab/browser/export-trace.ts';
import { countMessages } from './compare-with-log.ts';
import { expect, sessionIn, SUBSCRIPTION, test, untilMessages } from './fixtures.ts';
import { importFile } from './import-file.ts';

interface NetworkLogEntry {
  url: string;
  frames: { type: string; text: string; opCode: number }[];
  events: { eventName: string; eventId: string; data: string }[];
}

test('an exported trace, imported and exported again, is the same text', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/zoo`);
  await page.waitForFunction(() => document.documentElement.dataset['state'] === 'done');
  await untilMessages(devtools, countMessages(lab.log));
  // The network log would go on telling of handshakes.
  await devtools.panel.click('[data-action="record"]');
  const first = await exportTrace(devtools, 'jsonl');
  await importFile(devtools, 'zoo.jsonl', first);
  const second = await exportTrace(devtools, 'jsonl');
  expect(second.equals(first)).toBe(true);

  await importFile(devtools, 'zoo.har', await exportTrace(devtools, 'har'));
  const third = await exportTrace(devtools, 'jsonl');
  expect(third.toString().split('\n').sort()).toEqual(first.toString().split('\n').sort());

  await devtools.panel.click('[data-action="back-to-live"]');
  expect((await exportTrace(devtools, 'jsonl')).equals(first)).toBe(true);
});

test('Chrome’s own Network panel opens the HAR and shows the same messages', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/frames-first`);
  await page.waitForFunction(() => document.documentElement.dataset['state'] === 'done');
  await page.evaluate(async () => {
    const query = 'name=fetched&format=event-stream&events=tick,news&count=5&rate=200';
    await (await fetch(`/stream/feed?${query}`)).text();
  });
  await untilMessages(devtools, countMessages(lab.log));
  // Until the network log has told of the handshakes too.
  await expect(async () => {
    const { connections } = await sessionIn(devtools);
    expect([...connections.values()].every(({ handshake }) => handshake !== undefined)).toBe(true);
  }).toPass();
  const har = await exportTrace(devtools, 'har');

  await devtools.frontEnd.evaluate(`(async () => {
    const UI = await import('./ui/legacy/legacy.js');
    await UI.ViewManager.ViewManager.instance().showView('network');
    const Network = await import('./panels/network/network.js');
    globalThis.importText = (text) => Network.NetworkPanel.NetworkPanel.instance()
      .networkLogView.onLoadFromFile(new File([text], 'session.har'));
  })()`);
  await devtools.frontEnd.evaluate(`importText(${JSON.stringify(har.toString())})`);
  const entries = await devtools.frontEnd.evaluate<NetworkLogEntry[]>(`(async () => {
    const { NetworkLog } = await import('./models/logs/logs.js');
    return NetworkLog.NetworkLog.instance().requests().map((request) => ({
      url: request.url(),
      frames: request.frames().map(({ type, text, opCode }) => ({ type, text, opCode })),
      events: request.eventSourceMessages().map(({ eventName, eventId, data }) => ({ eventName, eventId, data })),
    }));
  })()`);

  for (const logged of lab.log.connections()) {
    const entry = entries.find(({ url }) => url.endsWith(logged.target));
    const messages = lab.log.messagesOf(logged.id);
    if (logged.transport === 'websocket') {
      const truth = messages.map(({ direction, payload, data }) => ({
        type: direction === 'sent' ? 'send' : 'receive',
        text: typeof payload === 'string' ? payload : payload.toString('base64'),
        opCode: data === 'text' ? 1 : 2,
      }));
      for (const type of ['send', 'receive']) {
        const of = (list: { type: string }[]) => list.filter((one) => one.type === type);
        expect(of(entry?.frames ?? []), `${type} on ${logged.target}`).toEqual(of(truth));
      }
    } else {
      const truth = messages.map(({ eventType, lastEventId, payload }) => ({
        eventName: eventType ?? 'message',
        eventId: lastEventId ?? '',
        data: payload,
      }));
      expect(entry?.events, logged.target).toEqual(truth);
    }
  }
});

test('a file that is no trace gets a clear message, and the session stays', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/watch?scenario=websocket-steady&rate=50&count=20`);
  await untilMessages(devtools, 20 + SUBSCRIPTION);
  const broken: [string, string, string][] = [
    ['photo.png', '\u0089PNG', 'neither'],
    ['future.jsonl', '{"format":"wirescope","version":99,"session":{}}\n', 'newer'],
    [
      'broken.jsonl',
      '{"format":"wirescope","version":1,"session":{"url":"","startedAt":"2026-01-01T00:00:00Z"},"tool":"x"}\nnot json\n{}\n',
      'ine 2',
    ],
    ['broken.har', '{"log": {"entries": [', ''],
  ];
  for (const [name, content, words] of broken) {
    await importFile(devtools, name, content);
    const problem = await devtools.panel.text('[data-problem]');
    expect(problem).toContain(`${name} could not be opened`);
    expect(problem).toContain(words);
    await devtools.panel.click('[data-problem] button');
  }
  expect(await devtools.panel.text('[data-count="messages"]')).toMatch(/^2\d messages$/u);
});
