const SCROLL_KEYS: ReadonlySet<string> = new Set([
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'PageUp',
  'PageDown',
  'Home',
  'End',
  ' ',
]);

/** A focused payload scrolls by its keys; the panel would take them for its own lists. */
export function keepScrollKeys(event: KeyboardEvent): void {
  if (SCROLL_KEYS.has(event.key)) event.stopPropagation();
}
