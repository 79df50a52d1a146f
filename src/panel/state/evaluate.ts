import type { Devtools } from 'webextension-polyfill';

/** Of DevTools: asks the page that is inspected. */
export type InspectedWindow = Pick<Devtools.Static['inspectedWindow'], 'eval'>;

/**
 * What an expression of the page amounts to, which is no list; `undefined` where nothing can be evaluated, as on pages of the
 * browser. Firefox and the polyfill answer with a pair, Chromium's own `browser` with the value alone.
 */
export async function evaluateInPage(
  inspectedWindow: InspectedWindow,
  expression: string,
  options: Parameters<InspectedWindow['eval']>[1] = {},
): Promise<unknown> {
  const answer: unknown = await inspectedWindow.eval(expression, options).catch(() => undefined);
  return Array.isArray(answer) ? answer[0] : answer;
}
