import { expect, SUBSCRIPTION, test, untilMessages } from './fixtures.ts';

test('the keyboard reaches channels, messages, payload and filter', async ({
  lab,
  page,
  openPanel,
}) => {
  const { panel, ...devtools } = await openPanel(page);
  await page.goto(`${lab.origin}/watch?scenario=side-by-side&rate=50&count=30`);
  await untilMessages({ panel, ...devtools }, 60 + SUBSCRIPTION);
  await panel.evaluate('window.focus()');
  await panel.press('ArrowDown');
  await panel.press('ArrowDown');
  await panel.until(`document.querySelector('[data-channel="1"][aria-selected="true"]') !== null`);
  await panel.press('ArrowDown');
  await panel.until(`document.querySelector('[data-channel="2"][aria-selected="true"]') !== null`);
  await panel.press('Enter');
  await panel.press('ArrowDown');
  await panel.until(`document.querySelector('[data-row][aria-selected="true"]') !== null`);
  await panel.until(`document.querySelector('[data-payload]')?.innerText.includes('seq')`);
  await panel.press('Escape');
  await panel.until(`document.querySelector('[data-payload]') === null`);
  await panel.evaluate('document.activeElement.blur()');
  await panel.press('/');
  await panel.until(`document.activeElement.matches('[data-filter]')`);
  await panel.type('"seq":7,');
  await panel.until(`document.querySelector('[data-message-list]').dataset.rows === '1'`);
  await panel.press('Escape');
  await panel.until(`document.querySelector('[data-message-list]').dataset.rows !== '1'`);
});

test('filters by word, direction and transport, and says when a filter cannot be read', async ({
  lab,
  page,
  openPanel,
}) => {
  const { panel, ...devtools } = await openPanel(page);
  await page.goto(`${lab.origin}/watch?scenario=side-by-side&rate=50&count=30`);
  await untilMessages({ panel, ...devtools }, 60 + SUBSCRIPTION);
  const rows = `Number(document.querySelector('[data-message-list]').dataset.rows)`;
  await panel.click('[data-channel="1"]');
  await panel.until(`${rows} >= 31`);
  await panel.click('[data-direction="sent"]');
  await panel.until(`${rows} === 1`);
  await panel.click('[data-direction="sent"]');
  await panel.click('[data-filter]');
  await panel.type('/"seq":1\\d,/');
  await panel.until(`${rows} === 10`);
  await panel.press('Escape');
  await panel.type('dir:sideways');
  await panel.until(`document.querySelector('[data-filter]').title.includes('sent or received')`);
  await panel.press('Escape');
  await panel.click('[data-transport="websocket"]');
  await panel.until(`document.querySelectorAll('[data-channel]').length === 1`);
  await panel.click('[data-transport="websocket"]');
  await panel.until(`document.querySelectorAll('[data-channel]').length === 2`);
});

test('the list stays where one reads and offers the way back to the end', async ({
  lab,
  page,
  openPanel,
}) => {
  const { panel, ...devtools } = await openPanel(page);
  await page.goto(`${lab.origin}/watch?scenario=websocket-steady&rate=100&count=100000`);
  await untilMessages({ panel, ...devtools }, 100);
  await panel.click('[data-channel="1"]');
  const list = `document.querySelector('[data-message-list]')`;
  await panel.until(`${list}.scrollTop > 500`);
  await panel.until(`[...document.querySelectorAll('[data-row]')].at(-2)?.dispatchEvent(
    new PointerEvent('pointerdown', { bubbles: true }))`);
  await panel.until(`document.querySelector('[data-row][aria-selected="true"]') !== null`);
  await panel.cdp.send('Input.dispatchMouseEvent', {
    type: 'mouseWheel',
    ...(await panel.evaluate<{ x: number; y: number }>(
      `(({ left, top }) => ({ x: left + 50, y: top + 50 }))(${list}.getBoundingClientRect())`,
    )),
    deltaX: 0,
    deltaY: -600,
  });
  await panel.until(`document.querySelector('[data-action="to-end"]') !== null`);
  // Where the wheel's own motion has come to rest.
  const top = await panel.evaluate<number>(`new Promise((rest) => {
    let last = -1;
    const look = () => {
      const now = ${list}.scrollTop;
      if (now === last) rest(now);
      else setTimeout(look, 100);
      last = now;
    };
    look();
  })`);
  const count = await panel.evaluate<number>(`Number(${list}.dataset.rows)`);
  await panel.until(`Number(${list}.dataset.rows) > ${count + 100}`);
  expect(await panel.evaluate<number>(`${list}.scrollTop`)).toBe(top);
  await panel.click('[data-action="to-end"]');
  await panel.until(
    `${list}.scrollHeight - ${list}.clientHeight - ${list}.scrollTop < 60 && ${list}.scrollTop > ${top}`,
  );
});

test('a selected message stays in sight when its payload takes half of the list', async ({
  lab,
  page,
  openPanel,
}) => {
  const { panel, ...devtools } = await openPanel(page);
  await page.goto(`${lab.origin}/watch?scenario=websocket-steady&rate=50&count=22`);
  await untilMessages({ panel, ...devtools }, 22 + SUBSCRIPTION);
  await panel.click('[data-channel="1"]');
  await panel.until(`document.querySelectorAll('[data-row]').length === 24`);
  for (const row of ['0', '23', '0']) {
    await panel.click(`[data-row="${row}"]`);
    await panel.until(`(() => {
      const list = document.querySelector('[data-message-list]').getBoundingClientRect();
      const row = document.querySelector('[data-row="${row}"][aria-selected="true"]')?.getBoundingClientRect();
      return document.querySelector('[data-payload]') !== null && row !== undefined && list.height < 500 &&
        row.top >= list.top - 1 && row.bottom <= list.bottom + 1;
    })()`);
    await panel.press('Escape');
    await panel.until(`document.querySelector('[data-payload]') === null`);
  }
});

test('connection facts name the close in plain words and the initiator’s line', async ({
  lab,
  page,
  openPanel,
}) => {
  const { panel } = await openPanel(page);
  await page.goto(`${lab.origin}/watch?scenario=websocket-closed`);
  await panel.until(
    `[...document.querySelectorAll('[data-channel]')].filter((row) => row.dataset.state === 'closed').length === 2`,
  );
  await panel.click('[data-channel="2"]');
  await panel.click('[data-tab="Connection"]');
  const facts = await panel.text('[data-connection]');
  expect(facts).toContain('session expired');
  expect(facts).toContain('4001');
  expect(facts).toContain('websocket-client.ts');
});

test('payloads are text, whatever they look like', async ({ lab, page, openPanel }) => {
  const { panel } = await openPanel(page);
  await page.goto(`${lab.origin}/zoo`);
  await page.waitForFunction(() => document.documentElement.dataset['state'] === 'done');
  await panel.click('[data-channel="1"]');
  await panel.until(`document.querySelectorAll('[data-row]').length > 5`);
  await panel.click('[data-filter]');
  await panel.type('onerror');
  await panel.until(`Number(document.querySelector('[data-message-list]').dataset.rows) >= 1`);
  await panel.click('[data-row]');
  await panel.until(`document.querySelector('[data-payload]')?.innerText.includes('<img')`);
  expect(await panel.evaluate(`document.querySelectorAll('[data-payload] img').length`)).toBe(0);
});

test('a Blob shows its bytes when they have been read', async ({ lab, page, openPanel }) => {
  const { panel } = await openPanel(page);
  await page.goto(`${lab.origin}/zoo`);
  await panel.click('[data-channel="1"]');
  await page.waitForFunction(() => document.documentElement.dataset['state'] === 'done');
  await panel.click('[data-direction="sent"]');
  const types = `[...document.querySelectorAll('[data-row]')].map((row) => row.innerText)`;
  await panel.until(`${types}.some((text) => text.includes('blob'))`);
  await panel.until(`${types}.every((text) => !text.includes('being read'))`);
});

test('the extension is invisible to the page', async ({ lab, page, labBrowser }) => {
  await page.goto(`${lab.origin}/`);
  const globals = await page.evaluate(() =>
    Object.getOwnPropertyNames(window).filter((name) => /wirescope/iu.test(name)),
  );
  expect(globals).toEqual([]);
  for (const path of ['src/page/main.iife.js', 'src/panel/panel.html', 'assets/icon-32.png']) {
    const url = `chrome-extension://${labBrowser.extensionId}/${path}`;
    const answer = await page.evaluate(
      (resource) =>
        fetch(resource).then(
          () => 'reached',
          () => 'refused',
        ),
      url,
    );
    expect(answer, path).toBe('refused');
  }
});
