/** A DevTools panel is a frame without the clipboard permission: there the old command has to do. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/**
 * `execCommand` copies a selection, here one letter; the `copy` event then puts the text in its place.
 * A text area of its own would turn `\r\n` into `\n`, and take seconds for a long text.
 */
function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = '-';
  area.setAttribute('aria-hidden', 'true');
  area.style.cssText = 'position:fixed;top:0;left:0;opacity:0';
  const oncopy = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.body.append(area);
  document.addEventListener('copy', oncopy, true);
  try {
    area.select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- all that a panel has
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', oncopy, true);
    area.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}
