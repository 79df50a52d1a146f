import { type Data, isBytes, isList, isMap, isTagged } from '../decoded/data.ts';
import { keyText } from './shape.ts';

/** What became of one place between two values. */
export type Change =
  | { readonly state: 'same'; readonly value: Data }
  | { readonly state: 'added'; readonly value: Data }
  | { readonly state: 'removed'; readonly before: Data }
  | { readonly state: 'changed'; readonly before: Data; readonly value: Data }
  /** A list or map with changes inside. */
  | {
      readonly state: 'inside';
      readonly isList: boolean;
      readonly children: readonly ChangeChild[];
    };

export interface ChangeChild {
  readonly key: string | number;
  readonly change: Change;
}

/** Deeper places are compared as a whole. */
const DEEPEST = 64;

/** The difference between two values as a tree; what is equal on both sides of a list's change stays equal. */
export function differenceOf(before: Data, value: Data, depth = 0): Change {
  if (isEqual(before, value)) return { state: 'same', value };
  if (depth < DEEPEST && isList(before) && isList(value)) {
    return { state: 'inside', isList: true, children: listChanges(before, value, depth) };
  }
  if (depth < DEEPEST && isMap(before) && isMap(value)) {
    return {
      state: 'inside',
      isList: false,
      children: mapChanges(before.entries, value.entries, depth),
    };
  }
  return { state: 'changed', before, value };
}

function listChanges(
  before: readonly Data[],
  value: readonly Data[],
  depth: number,
): ChangeChild[] {
  const shorter = Math.min(before.length, value.length);
  let head = 0;
  while (head < shorter && isEqual(before[head] ?? null, value[head] ?? null)) head += 1;
  let tail = 0;
  while (
    tail < shorter - head &&
    isEqual(before[before.length - 1 - tail] ?? null, value[value.length - 1 - tail] ?? null)
  ) {
    tail += 1;
  }
  const children: ChangeChild[] = [];
  const same = (from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      children.push({ key: index, change: { state: 'same', value: value[index] ?? null } });
    }
  };
  same(0, head);
  const beforeEnd = before.length - tail;
  const valueEnd = value.length - tail;
  for (let index = head; index < Math.max(beforeEnd, valueEnd); index += 1) {
    const [old, fresh] = [before[index] ?? null, value[index] ?? null];
    if (index >= beforeEnd) children.push({ key: index, change: { state: 'added', value: fresh } });
    else if (index >= valueEnd) {
      children.push({ key: index, change: { state: 'removed', before: old } });
    } else children.push({ key: index, change: differenceOf(old, fresh, depth + 1) });
  }
  same(valueEnd, value.length);
  return children;
}

type Entries = readonly (readonly [key: Data, value: Data])[];

function mapChanges(before: Entries, value: Entries, depth: number): ChangeChild[] {
  const old = new Map(before.map(([key, each]) => [keyText(key), each]));
  const children: ChangeChild[] = [];
  for (const [key, each] of value) {
    const name = keyText(key);
    const known = old.get(name);
    old.delete(name);
    children.push({
      key: name,
      change:
        known === undefined
          ? { state: 'added', value: each }
          : differenceOf(known, each, depth + 1),
    });
  }
  for (const [name, gone] of old) {
    children.push({ key: name, change: { state: 'removed', before: gone } });
  }
  return children;
}

/** Equal in all that the data says; work is bounded by the smaller of the two. */
export function isEqual(one: Data, other: Data): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return false;
  }
  if (isBytes(one) || isBytes(other)) {
    return (
      isBytes(one) &&
      isBytes(other) &&
      one.length === other.length &&
      one.every((byte, index) => byte === other[index])
    );
  }
  if (isList(one) || isList(other)) {
    return (
      isList(one) &&
      isList(other) &&
      one.length === other.length &&
      one.every((item, index) => isEqual(item, other[index] ?? null))
    );
  }
  if (isTagged(one) || isTagged(other)) {
    return (
      isTagged(one) && isTagged(other) && one.tag === other.tag && isEqual(one.value, other.value)
    );
  }
  return (
    one.entries.length === other.entries.length &&
    one.entries.every(([key, value], index) => {
      const [otherKey, otherValue] = other.entries[index] ?? [null, null];
      return isEqual(key, otherKey) && isEqual(value, otherValue);
    })
  );
}
