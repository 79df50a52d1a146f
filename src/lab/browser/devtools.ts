import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import { type Cdp, type CdpTarget, connectCdp, listTargets } from './cdp.ts';
import type { LabBrowser } from './launch.ts';
import { createPanelHandle, type PanelHandle } from './panel-handle.ts';

/**
 * Opens the real DevTools for a page and drives our panel in it. What is used of DevTools' own front end
 * (module paths, the view manager, the dock controller) is internal to Chromium and stands only here.
 */
export interface DevTools {
  readonly panel: PanelHandle;
  /** The DevTools window as a PNG, at a size in CSS pixels. */
  screenshot: (size: { width: number; height: number }) => Promise<Buffer>;
  setTheme: (theme: 'light' | 'dark') => Promise<void>;
  /** Closes DevTools, as a user would; the page stays. */
  close: () => Promise<void>;
  /** The browser as a whole. */
  readonly root: Cdp;
  /** The DevTools front end itself, to ask Chrome's own panels. */
  readonly frontEnd: Cdp;
}

const PATIENCE = 10_000;
/** On a busy machine DevTools now and then comes up without its extensions; whoever sees that opens it again. */
const TRIES = 3;

/** A window of its own shows nothing of the page, so a screenshot shows DevTools alone. */
export type DockSide = 'undocked' | 'bottom' | 'right';

/** @throws when DevTools or the panel does not come up in time */
export async function openDevTools(
  browser: LabBrowser,
  page: Page,
  dockSide: DockSide = 'undocked',
): Promise<DevTools> {
  const session = await browser.context.newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  await session.detach();
  return openDevToolsOf(browser, targetInfo.targetId, dockSide);
}

/** The same for a page that Playwright does not control. */
export async function openDevToolsOf(
  { debuggingPort: port, extensionId }: Pick<LabBrowser, 'debuggingPort' | 'extensionId'>,
  pageTarget: string,
  dockSide: DockSide = 'undocked',
): Promise<DevTools> {
  const root = await connectCdp(await browserUrl(port));
  const { targetId: frontEndId, frontEnd } = await openFrontEnd(root, pageTarget);
  const panelTarget = await waitForTarget(
    port,
    (target) => target.url.includes('/panel.html') && isInside(target, frontEndId),
  );
  const panelCdp = await attach(panelTarget);
  const panel = createPanelHandle(panelCdp);
  await panel.until(`document.readyState === 'complete'`);

  /** DevTools with our panel in front. */
  async function openFrontEnd(
    root: Cdp,
    inspected: string,
    tries = TRIES,
  ): Promise<{ targetId: string; frontEnd: Cdp }> {
    const { targetId } = await root.send<{ targetId: string }>('Target.openDevTools', {
      targetId: inspected,
    });
    const frontEnd = await attach(await waitForTarget(port, (target) => target.id === targetId));
    try {
      await dock(frontEnd, dockSide);
      await showPanel(frontEnd, extensionId);
      return { targetId, frontEnd };
    } catch (error) {
      if (tries === 1) throw error;
      frontEnd.close();
      await root.send('Target.closeTarget', { targetId });
      return openFrontEnd(root, inspected, tries - 1);
    }
  }

  return {
    panel,
    root,
    frontEnd,
    screenshot: async ({ width, height }) => {
      const metrics = { width, height, deviceScaleFactor: 1, mobile: false };
      await frontEnd.send('Emulation.setDeviceMetricsOverride', metrics);
      await panel.until(
        `new Promise((done) => requestAnimationFrame(() => setTimeout(done, 150, true)))`,
      );
      const { data } = await frontEnd.send<{ data: string }>('Page.captureScreenshot', {
        format: 'png',
      });
      return Buffer.from(data, 'base64');
    },
    setTheme: async (theme) => {
      await frontEnd.evaluate(`(async () => {
        const Common = await import('./core/common/common.js');
        const name = ${JSON.stringify(theme)} === 'dark' ? 'dark' : 'default';
        Common.Settings.Settings.instance().moduleSetting('ui-theme').set(name);
      })()`);
      await panel.until(`document.documentElement.dataset.theme === ${JSON.stringify(theme)}`);
    },
    close: async () => {
      panelCdp.close();
      await root.send('Target.closeTarget', { targetId: frontEndId });
      frontEnd.close();
      root.close();
      // Whoever opens DevTools next must not take this panel for its own.
      await untilGone(port, new Set([frontEndId, panelTarget.id]));
    },
  };
}

async function browserUrl(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/version`);
  return ((await answer.json()) as { webSocketDebuggerUrl: string }).webSocketDebuggerUrl;
}

function isInside(target: CdpTarget & { parentId?: string }, frontEnd: string): boolean {
  return target.parentId === undefined || target.parentId === frontEnd;
}

async function waitForTarget(
  port: number,
  isWanted: (target: CdpTarget) => boolean,
): Promise<CdpTarget> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const found = (await listTargets(port)).find(isWanted);
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error('DevTools did not open the panel in time.');
    await pause(50);
  }
}

async function untilGone(port: number, ids: ReadonlySet<string>): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while ((await listTargets(port)).some(({ id }) => ids.has(id))) {
    if (Date.now() > deadline) throw new Error('DevTools did not close in time.');
    await pause(25);
  }
}

async function attach(target: CdpTarget): Promise<Cdp> {
  if (target.webSocketDebuggerUrl === undefined) throw new Error(`${target.url} is taken.`);
  const cdp = await connectCdp(target.webSocketDebuggerUrl);
  await cdp.send('Runtime.enable');
  return cdp;
}

async function dock(frontEnd: Cdp, side: DockSide): Promise<void> {
  await retry(() =>
    frontEnd.evaluate(`(async () => {
      const UI = await import('./ui/legacy/legacy.js');
      UI.DockController.DockController.instance().setDockSide('${side}');
    })()`),
  );
}

async function showPanel(frontEnd: Cdp, extensionId: string): Promise<void> {
  await retry(() =>
    frontEnd.evaluate(`(async () => {
      const UI = await import('./ui/legacy/legacy.js');
      const views = UI.ViewManager.ViewManager.instance();
      const ids = [...views.views.keys()];
      const id = ids.find((name) => name.startsWith('chrome-extension://${extensionId}'));
      if (id === undefined) throw new Error('the extension has added no panel yet');
      await views.showView(id);
    })()`),
  );
}

/** DevTools assembles itself over some hundred milliseconds; the last refusal is the one that counts. */
async function retry(attempt: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(100);
    }
  }
}
