import type { PanelHandle } from '../../src/lab/browser/panel-handle.ts';
import { expect, SUBSCRIPTION, test, untilMessages } from './fixtures.ts';

const SCENARIO = 'watch?scenario=side-by-side&rate=50&count=50';

test('a drag in the overview shows a stretch, a click everything again', async ({
  lab,
  page,
  openPanel,
}) => {
  const { panel, ...devtools } = await openPanel(page);
  await page.goto(`${lab.origin}/${SCENARIO}`);
  await untilMessages({ panel, ...devtools }, 100 + SUBSCRIPTION);
  const label = `document.querySelector('.overview').getAttribute('aria-label')`;
  const whole = await panel.evaluate<string>(label);
  await drag(panel, '.overview', 0.1, 0.3);
  await panel.until(
    `document.querySelector('.brush') !== null && ${label} !== ${JSON.stringify(whole)}`,
  );
  const [from = 0, to = 0] = numbersIn(await panel.evaluate<string>(label));
  const [, end = 0] = numbersIn(whole);
  expect(from / end).toBeCloseTo(0.1, 1);
  expect(to / end).toBeCloseTo(0.3, 1);
  await panel.click('.overview');
  await panel.until(`document.querySelector('.brush') === null`);
});

test('a click on a mark in a lane selects its message', async ({ lab, page, openPanel }) => {
  const { panel, ...devtools } = await openPanel(page);
  await page.goto(`${lab.origin}/watch?scenario=websocket-steady&rate=5&count=5`);
  await untilMessages({ panel, ...devtools }, 5 + SUBSCRIPTION);
  await panel.click('[data-channel="1"]');
  await panel.until(`document.querySelectorAll('[data-row]').length === ${5 + SUBSCRIPTION}`);
  for (const share of steps(0.02, 0.6, 0.005)) {
    await press(panel, '[data-channel="1"] .lane', share);
    if (await panel.evaluate(`document.querySelector('[data-payload]') !== null`)) break;
  }
  await panel.until(`document.querySelector('[data-row][aria-selected="true"]') !== null`);
});

test('the panel follows the theme of DevTools', async ({ page, openPanel }) => {
  const { panel, setTheme } = await openPanel(page);
  const background = `getComputedStyle(document.body).backgroundColor`;
  const light = await panel.evaluate(background);
  await setTheme('dark');
  expect(await panel.evaluate(background)).not.toBe(light);
  await setTheme('light');
  expect(await panel.evaluate(background)).toBe(light);
});

test('the initiator’s line opens in Sources', async ({ lab, page, openPanel }) => {
  const { panel, frontEnd } = await openPanel(page);
  await page.goto(`${lab.origin}/${SCENARIO}`);
  await panel.click('[data-channel="1"]');
  await panel.click('[data-tab="Connection"]');
  await panel.click('[data-connection] .link');
  await expect
    .poll(() =>
      frontEnd.evaluate(`(async () => {
        const UI = await import('./ui/legacy/legacy.js');
        return UI.Context.Context.instance().flavor(
          (await import('./models/workspace/workspace.js')).UISourceCode.UISourceCode)?.url() ?? '';
      })()`),
    )
    .toContain('websocket-client');
});

/** `shows 1.000 to 3.000 seconds` */
function numbersIn(label: string): number[] {
  return [...label.matchAll(/\d+\.\d+/gu)].map(([text]) => Number(text));
}

async function press(panel: PanelHandle, selector: string, share: number): Promise<void> {
  await drag(panel, selector, share, share);
}

async function drag(panel: PanelHandle, selector: string, from: number, to: number): Promise<void> {
  const { left, top, width, height } = await panel.evaluate<DOMRect>(
    `document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().toJSON()`,
  );
  const y = top + height / 2;
  const mouse = { y, button: 'left', buttons: 1, clickCount: 1 };
  const at = (share: number) => ({ ...mouse, x: left + width * share });
  await panel.cdp.send('Input.dispatchMouseEvent', { ...at(from), type: 'mousePressed' });
  if (to !== from)
    await panel.cdp.send('Input.dispatchMouseEvent', { ...at(to), type: 'mouseMoved' });
  await panel.cdp.send('Input.dispatchMouseEvent', { ...at(to), type: 'mouseReleased' });
}

function steps(from: number, to: number, by: number): number[] {
  return Array.from({ length: Math.floor((to - from) / by) }, (_, index) => from + index * by);
}
