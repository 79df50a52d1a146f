import { expect, sessionIn, test, untilMessages } from './fixtures.ts';

test('the user says how much a page keeps, at once and for the next page too, and takes it back', async ({
  lab,
  page,
  openPanel,
}) => {
  const feed = (name: string) =>
    page.evaluate(
      ([origin = '', of]) =>
        new Promise<void>((resolve) => {
          const socket = new WebSocket(`${origin}/ws/feed?name=${of}&count=30&burst=30`);
          let left = 30;
          socket.onmessage = () => {
            left -= 1;
            if (left === 0) resolve();
          };
        }),
      [lab.origin.replace('http', 'ws'), name],
    );
  const wholeOnes = async () => {
    await devtools.panel.click('[data-action="record"]');
    await untilMessages(devtools, 30);
    const { payloadStates, length } = (await sessionIn(devtools)).messages;
    expect(length).toBe(30);
    return payloadStates.whole;
  };
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  await devtools.panel.click('[data-action="settings"]');
  await devtools.panel.until(`document.querySelector('[data-sheet="settings"]') !== null`);
  const set = async (value: number) => {
    await devtools.panel.evaluate(`(() => {
      const field = document.querySelector('#setting-historyMessages');
      field.value = '${value}';
      field.dispatchEvent(new Event('change', { bubbles: true }));
    })()`);
  };
  await set(-1);
  expect(await devtools.panel.text('[data-sheet="settings"] [role="alert"]')).toContain(
    'from 0 to 100,000',
  );
  await set(5);
  await devtools.panel.until(
    `document.querySelector('[data-action="record"]').title.includes('last 5 messages')`,
  );
  await devtools.panel.press('Escape');

  // Paused, the page is on its own: its history is all that comes afterwards.
  await devtools.panel.click('[data-action="record"]');
  await page.reload();
  await feed('few');
  expect(await wholeOnes()).toBe(5);

  await devtools.panel.click('[data-action="settings"]');
  await devtools.panel.click('[data-action="usual-limits"]');
  await devtools.panel.until(
    `document.querySelector('[data-action="record"]').title.includes('last 2,000 messages')`,
  );
  await devtools.panel.press('Escape');
  await devtools.panel.click('[data-action="record"]');
  await page.reload();
  await feed('all');
  expect(await wholeOnes()).toBe(30);
});
