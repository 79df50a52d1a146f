/** How the taps' script is called in the built extension, in both browsers. */
const OUR_SCRIPT = '/src/page/main.iife.js';
/** Stack text beyond this says nothing new. */
const MAX_LENGTH = 4_000;

/**
 * The page's part of a stack text that was taken inside a tap: what follows the last line of ours.
 * @returns `undefined` when nothing of the page's is on the stack
 */
export function pageStack(stack: string): string | undefined {
  const ours = stack.lastIndexOf(OUR_SCRIPT);
  if (ours === -1) return stack.slice(0, MAX_LENGTH);
  const end = stack.indexOf('\n', ours);
  return end === -1 ? undefined : stack.slice(end + 1, end + 1 + MAX_LENGTH);
}
