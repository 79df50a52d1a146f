import browser from 'webextension-polyfill';
import { type Palette, readPalette } from '../ui/palette.ts';

/** What both browsers offer beside `themeName`, each in its own way; the polyfill's types have neither. */
interface ThemedPanels {
  /** Chromium. */
  setThemeChangeHandler?: (hear: (name: string) => void) => void;
  /** Firefox. */
  onThemeChanged?: { addListener: (hear: (name: string) => void) => void };
}

/** Follows the theme of DevTools, which may differ from the system's. */
export function followTheme(apply: (palette: Palette) => void): void {
  const { panels } = browser.devtools;
  const show = (name: string) => {
    const root = document.documentElement;
    root.dataset['theme'] = name === 'dark' ? 'dark' : 'light';
    apply(readPalette(root));
  };
  show(panels.themeName);
  const themed = panels as unknown as ThemedPanels;
  themed.setThemeChangeHandler?.(show);
  themed.onThemeChanged?.addListener(show);
}
