import browser from 'webextension-polyfill';
import { type KeptLimits, USUAL_LIMITS } from '../../bridge/envelope.ts';
import { LIMITS_KEY, readLimits } from '../../bridge/kept-limits.ts';

/** How much pages keep for a panel, as the user chose it; for all pages of this browser, at once and from then on. */
export interface ChosenLimits {
  readonly now: Readonly<KeptLimits>;
  readonly isUsual: boolean;
  /** @param changed only what becomes another; nothing for all the usual ones */
  change: (changed: Partial<KeptLimits> | undefined) => Promise<void>;
}

export function createLimits(): ChosenLimits {
  const { local } = browser.storage;
  let chosen = $state.raw<Partial<KeptLimits>>({});

  async function read(): Promise<void> {
    chosen = readLimits((await local.get(LIMITS_KEY))[LIMITS_KEY]);
  }

  local.onChanged.addListener((changes) => {
    if (changes[LIMITS_KEY] !== undefined) chosen = readLimits(changes[LIMITS_KEY].newValue);
  });
  void read();

  return {
    get now() {
      return { ...USUAL_LIMITS, ...chosen };
    },
    get isUsual() {
      return Object.keys(chosen).length === 0;
    },
    change: async (changed) => {
      await read();
      const next = changed === undefined ? {} : { ...chosen, ...changed };
      await local.set({ [LIMITS_KEY]: next });
    },
  };
}
