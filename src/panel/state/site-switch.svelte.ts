import browser from 'webextension-polyfill';
import { OFF_KEY } from '../../bridge/envelope.ts';
import { evaluateInPage } from './evaluate.ts';

/** Whether the inspected site is observed at all; kept until the user changes it, for every tab of the site. */
export interface SiteSwitch {
  /** `undefined` where there is no site, as on a page of the browser. */
  readonly origin: string | undefined;
  readonly isOff: boolean;
  toggle: () => Promise<void>;
}

export function createSiteSwitch(): SiteSwitch {
  const { local } = browser.storage;
  const { inspectedWindow, network } = browser.devtools;
  let origin = $state<string>();
  let sitesOff = $state.raw<readonly string[]>([]);

  function take(sites: unknown): void {
    sitesOff = Array.isArray(sites) ? sites.filter((site) => typeof site === 'string') : [];
  }

  async function readSites(): Promise<void> {
    take((await local.get(OFF_KEY))[OFF_KEY]);
  }

  function visit(url: string): void {
    origin = /^https?:\/\/[^/?#]+/u.exec(url)?.[0];
  }

  async function readUrl(): Promise<void> {
    const url = await evaluateInPage(inspectedWindow, 'location.href');
    if (typeof url === 'string') visit(url);
  }

  network.onNavigated.addListener(visit);
  local.onChanged.addListener((changes) => {
    if (changes[OFF_KEY] !== undefined) take(changes[OFF_KEY].newValue);
  });
  void readUrl();
  void readSites();

  return {
    get origin() {
      return origin;
    },
    get isOff() {
      return origin !== undefined && sitesOff.includes(origin);
    },
    toggle: async () => {
      const site = origin;
      if (site === undefined) return;
      await readSites();
      const isOff = sitesOff.includes(site);
      const next = isOff ? sitesOff.filter((other) => other !== site) : [...sitesOff, site];
      await local.set({ [OFF_KEY]: next });
    },
  };
}
