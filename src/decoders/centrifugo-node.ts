import { type Data, type DataMap, fieldsOf, isBytes, isMap } from '../core/decoded/data.ts';
import type { Content } from '../core/decoded/decoded.ts';
import { contentOf, membersAsData } from './json-content.ts';
import { type JsonObject, readJsonObject } from './json-parts.ts';

/** An object of the protocol, in whichever of its two formats it came. */
export interface CentrifugoNode {
  readonly names: readonly string[];
  readonly word: (name: string) => string | number | undefined;
  readonly node: (name: string) => CentrifugoNode | undefined;
  /** What the app has to say, in `name`. */
  readonly content: (name: string) => Content | undefined;
  /** All but what the app has to say. */
  readonly fields: (except: string) => DataMap;
}

const asWord = (value: unknown): string | number | undefined =>
  typeof value === 'string' || typeof value === 'number' ? value : undefined;

export function jsonNode(json: JsonObject): CentrifugoNode {
  const names = Object.keys(json.value);
  return {
    names,
    word: (name) => asWord(json.value[name]),
    node: (name) => {
      const inner = readJsonObject(json.slice(name) ?? '');
      return inner && jsonNode(inner);
    },
    content: (name) => contentOf(json, name),
    fields: (except) =>
      fieldsOf(
        membersAsData(
          json,
          names.filter((name) => name !== except),
        ),
      ),
  };
}

export function dataNode(map: DataMap): CentrifugoNode {
  const member = (name: string): Data | undefined => map.entries.find(([key]) => key === name)?.[1];
  return {
    names: map.entries.flatMap(([key]) => (typeof key === 'string' ? [key] : [])),
    word: (name) => asWord(member(name)),
    node: (name) => {
      const inner = member(name);
      return inner !== undefined && isMap(inner) ? dataNode(inner) : undefined;
    },
    content: (name) => {
      const inner = member(name);
      return inner !== undefined && isBytes(inner) ? { as: 'payload', payload: inner } : undefined;
    },
    fields: (except) => ({ entries: map.entries.filter(([key]) => key !== except) }),
  };
}
