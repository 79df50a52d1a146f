const NAMES = [
  'accent',
  'bg',
  'error',
  'gap',
  'line',
  'line-2',
  'open',
  'received',
  'sent',
  'shade',
  'subject-a',
  'subject-b',
  'subject-c',
  'subject-d',
  'subject-e',
  'subject-f',
  'text',
  'text-2',
] as const;

/** The theme's colours for canvases, by the names of `theme.css`. */
export type Palette = Record<(typeof NAMES)[number], string>;

/** Reads the theme once: asking the style system from every drawing would lay the panel out each time. */
export function readPalette(root: Element): Palette {
  const style = getComputedStyle(root);
  return Object.fromEntries(
    NAMES.map((name) => [name, style.getPropertyValue(`--${name}`)]),
  ) as Palette;
}
