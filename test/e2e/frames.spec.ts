import { expect, sessionIn, test, untilMessages } from './fixtures.ts';

test('every kind of frame is entered, and a popup is part of the session of the page that opened it', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  const script = (name: string) => `<script>
    const socket = new WebSocket('${lab.origin.replace('http', 'ws')}/ws/echo?name=${name}');
    socket.onopen = () => socket.send('from ${name}');
  </script>`;
  const kinds = [
    'srcdoc',
    'data',
    'blob',
    'sandboxed',
    'document-write',
    'javascript',
    'nested',
    'popup',
  ];
  await page.evaluate(
    ([scripts, origin]) => {
      const add = (set: (frame: HTMLIFrameElement) => void) => {
        const frame = document.createElement('iframe');
        set(frame);
        document.body.append(frame);
        return frame;
      };
      const of = (name: string) => scripts[name] ?? '';
      const blobOf = (text: string) => URL.createObjectURL(new Blob([text], { type: 'text/html' }));
      add((frame) => (frame.srcdoc = of('srcdoc')));
      add((frame) => (frame.src = `data:text/html,${encodeURIComponent(of('data'))}`));
      add((frame) => (frame.src = blobOf(of('blob'))));
      add((frame) => {
        frame.sandbox.add('allow-scripts');
        frame.srcdoc = of('sandboxed');
      });
      const written = add(() => undefined).contentDocument;
      written?.open();
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- pages use it
      written?.write(of('document-write'));
      written?.close();
      Object.assign(window, { text: of('javascript') });
      add((frame) => (frame.src = 'javascript:parent.text'));
      add(
        (frame) => (frame.srcdoc = `<iframe srcdoc="${of('nested').replaceAll('"', '&quot;')}">`),
      );
      window.open(blobOf(of('popup')), '', 'popup,width=300,height=200');
      window.open(origin + '/blank', '', 'popup,width=300,height=200');
    },
    [Object.fromEntries(kinds.map((name) => [name, script(name)])), lab.origin] as const,
  );
  await lab.log.until(
    (log) => kinds.every((name) => log.messagesOf(log.connectionNamed(name)?.id ?? 0).length === 2),
    30_000,
  );
  await untilMessages(devtools, 2 * kinds.length);
  const session = await sessionIn(devtools);
  for (const name of kinds) {
    const found = [...session.connections.values()].filter(({ url }) =>
      url.endsWith(`name=${name}`),
    );
    expect(found, name).toHaveLength(1);
    expect(found[0], name).toMatchObject({ source: 'page', tally: { sent: { messages: 1 } } });
    const frame = session.frames.get(found[0]?.frame ?? 0);
    expect(frame?.kind, name).toBe(name === 'popup' ? 'popup' : 'iframe');
  }
});

test('frames that come and go leave their connections ended, and the session goes on', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  for (let round = 1; round <= 5; round += 1) {
    await page.evaluate(
      ([origin, name]) => {
        document.querySelector('iframe')?.remove();
        const frame = document.createElement('iframe');
        frame.srcdoc = `<script>new WebSocket('${origin}/ws/feed?name=${name}&count=3&rate=200')</script>`;
        document.body.append(frame);
      },
      [lab.origin.replace('http', 'ws'), `round-${round}`],
    );
    await untilMessages(devtools, 3 * round);
  }
  const session = await sessionIn(devtools);
  expect([...session.connections.values()].map(({ state, endedBy }) => [state, endedBy])).toEqual([
    ...Array.from({ length: 4 }, () => ['closed', 'navigation']),
    ['open', undefined],
  ]);
  expect(
    [...session.frames.values()].filter(({ removedAt }) => removedAt === undefined),
  ).toHaveLength(2);
});
