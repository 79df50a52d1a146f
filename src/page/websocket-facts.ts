import type { EndedBy } from '../core/facts.ts';

/** No Close frame was received (RFC 6455 section 7.1.5). */
const ABNORMAL_CLOSURE = 1006;

/** Who ended a connection, as far as the page's side can tell. */
export function endedBy(
  state: { readonly isOpened: boolean; readonly isClosedByPage: boolean },
  closeCode: number,
): EndedBy {
  if (state.isClosedByPage) return 'page';
  if (closeCode !== ABNORMAL_CLOSURE) return 'server';
  return state.isOpened ? 'network' : 'unknown';
}
