import type { Page } from 'playwright';
import { ensureBuilt } from '../../build/ensure-built.ts';
import type { BuildTarget } from '../../build/manifest-for.ts';
import { type DevTools, type DockSide, openDevTools } from '../browser/devtools.ts';
import { findBrowser } from '../browser/find-browser.ts';
import { type LabBrowser, launchBrowser } from '../browser/launch.ts';
import { unlessStopped } from './run-command.ts';

/** A browser whose only page is empty and has DevTools open on our panel. */
export interface OpenPanel {
  browser: LabBrowser;
  page: Page;
  devtools: DevTools;
}

export interface PanelOptions {
  headless: boolean;
  dockSide?: DockSide;
  /** `chromium` unless told otherwise. */
  target?: BuildTarget;
  /** As `LaunchOptions` has it. */
  trusts?: string;
  stop: AbortSignal;
  /** Hears one line when the extension is built. */
  say: (line: string) => void;
}

/** Opens the panel before any page loads, so that it misses nothing; closes everything after the work. */
export async function withPanel<Result>(
  { headless, dockSide, target = 'chromium', trusts, stop, say }: PanelOptions,
  work: (open: OpenPanel) => Promise<Result>,
): Promise<Result> {
  const executablePath = await unlessStopped(stop, findBrowser(warn));
  const extension = await unlessStopped(stop, ensureBuilt(target, say));
  const launch = { executablePath, extension, headless, ...(trusts !== undefined && { trusts }) };
  const browser = await unlessStopped(stop, launchBrowser(launch));
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    const devtools = await unlessStopped(stop, openDevTools(browser, page, dockSide));
    return await work({ browser, page, devtools });
  } finally {
    await browser.close();
  }
}

/** A line for the user that is no result. */
export function warn(line: string): void {
  console.error(`wirescope: ${line}`);
}
