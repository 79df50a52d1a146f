import type { Direction } from '../facts.ts';

/** A kind, as far as a filter names it. */
export interface FilteredKind {
  readonly name: string;
  readonly direction: Direction;
}

/** A name as it is compared: a filter stands on one line and knows no quotes inside of quotes. */
export const comparableName = (name: string): string =>
  name.replaceAll('"', '').replaceAll(/\s+/gu, ' ').toLowerCase();

/** The text of the filter that lets one kind pass. */
export const kindFilter = ({ name, direction }: FilteredKind): string =>
  `kind:"${name.replaceAll('"', '').replaceAll(/\s+/gu, ' ')}" dir:${direction}`;

/** The kind that a filter lets pass, and nothing else; `undefined` where it is another filter. */
export function readKindFilter(text: string): FilteredKind | undefined {
  const [, name, direction] = /^\s*kind:"([^"]+)" dir:(sent|received)\s*$/u.exec(text) ?? [];
  return name !== undefined && (direction === 'sent' || direction === 'received')
    ? { name, direction }
    : undefined;
}
