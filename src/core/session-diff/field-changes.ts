import { shapeLines, typesOf } from '../shape/describe-shape.ts';
import type { Shape } from '../shape/shape.ts';

/** What changed about a field of a kind. */
export interface FieldChange {
  /** From the message inwards: `order.items.price`. */
  readonly path: string;
  readonly fate: 'new' | 'missing' | 'other type' | 'now optional' | 'now always there';
  /** What it can be, in words; absent where it is not there. */
  readonly before?: string;
  readonly after?: string;
}

/** Of a message that is a deep tree, so many fields say enough. */
const MOST_CHANGES = 60;
const DEEPEST = 8;
/** From fewer messages nobody can tell whether a field is always there. */
const ENOUGH = 8;

/** @returns nothing where the data of one of them were not looked at */
export function fieldChanges(before: Shape | undefined, after: Shape | undefined): FieldChange[] {
  if (before === undefined || after === undefined) return [];
  if (before.count === 0 || after.count === 0) return [];
  const changes: FieldChange[] = [];
  walk(before, after, '', 0, changes);
  return changes;
}

function walk(
  before: Shape,
  after: Shape,
  path: string,
  depth: number,
  changes: FieldChange[],
): void {
  const old = new Map(shapeLines(before).map((line) => [line.name, line]));
  const fresh = new Map(shapeLines(after).map((line) => [line.name, line]));
  for (const name of new Set([...old.keys(), ...fresh.keys()])) {
    if (changes.length >= MOST_CHANGES) return;
    const [a, b] = [old.get(name), fresh.get(name)];
    const here = path === '' ? name : `${path}.${name}`;
    if (a === undefined || b === undefined) {
      changes.push(
        a === undefined
          ? { path: here, fate: 'new', after: b?.types ?? '' }
          : { path: here, fate: 'missing', before: a.types },
      );
      continue;
    }
    const words = { path: here, before: typesOf(a.shape), after: typesOf(b.shape) };
    if (words.before !== words.after) changes.push({ ...words, fate: 'other type' });
    else if (before.count >= ENOUGH && after.count >= ENOUGH && a.share < 1 !== b.share < 1) {
      changes.push({ ...words, fate: b.share < 1 ? 'now optional' : 'now always there' });
    }
    if (depth < DEEPEST) walk(a.shape, b.shape, here, depth + 1, changes);
  }
}
