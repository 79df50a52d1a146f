import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInJson } from '../../../src/core/payload/json-find.ts';
import {
  childrenOf,
  createJsonRoot,
  isContainer,
  type JsonNode,
  parseInside,
  pathOf,
  stringOf,
  valueTextOf,
} from '../../../src/core/payload/json-node.ts';
import { isJson } from '../../../src/core/payload/json-scan.ts';
import { summaryOf } from '../../../src/core/payload/json-summary.ts';
import { mayHoldJson, shownValueOf } from '../../../src/core/payload/json-value.ts';

/** The value of a node, by its children only. */
function valueOf(node: JsonNode): unknown {
  const children = childrenOf(node);
  const all = Array.from({ length: children.length }, (_, i) => children.at(i));
  if (node.kind === 'array') return all.map(valueOf);
  if (node.kind !== 'object') return JSON.parse(node.text.slice(node.from, node.to));
  return Object.fromEntries(all.map((child) => [child.key, valueOf(child)]));
}

function childOf(node: JsonNode, ...keys: (string | number)[]): JsonNode {
  return keys.reduce((at, key) => {
    const children = childrenOf(at);
    const all = Array.from({ length: children.length }, (_, i) => children.at(i));
    const child = all.find((candidate) => candidate.key === key);
    if (child === undefined) throw new Error(`no ${key}`);
    return child;
  }, node);
}

const sourceOf = (node: JsonNode): string => node.text.slice(node.from, node.to);
const summary = (text: string, most?: number): string =>
  summaryOf(createJsonRoot(text), most)
    .map((part) => part.text)
    .join('');

const container = fc.json({ depthSize: 'large' }).map((text) => `{"é\\"\\\\":${text},"last":[]}`);

describe('a JSON tree', () => {
  it('holds what JSON.parse finds, however it is spaced', () => {
    fc.assert(
      fc.property(container, fc.constantFrom(undefined, 2, '\t'), (text, space) => {
        const parsed: unknown = JSON.parse(text);
        expect(valueOf(createJsonRoot(JSON.stringify(parsed, null, space)))).toEqual(parsed);
        expect(valueOf(createJsonRoot(` \n${text}\r\n`))).toEqual(parsed);
      }),
    );
  });

  it('shows numbers as they are on the wire', () => {
    const written = [
      '12345678901234567890',
      '0.10000000000000000001',
      '-0',
      '1.50',
      '1E400',
      '1e-7',
    ];
    const root = createJsonRoot(`[${written.join(' , ')}]`);
    expect(written.map((_, i) => valueTextOf(childrenOf(root).at(i)))).toEqual(written);
    const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,40})(\.\d{1,40})?([eE][+-]?\d{1,3})?$/);
    fc.assert(
      fc.property(fc.array(digits, { minLength: 1 }), (numbers) => {
        const node = createJsonRoot(`{"numbers":[${numbers.join(',')}]}`);
        const list = childOf(node, 'numbers');
        expect(numbers.map((_, i) => sourceOf(childrenOf(list).at(i)))).toEqual(numbers);
      }),
    );
  });

  it('keeps the order and the repetitions of keys', () => {
    const root = createJsonRoot('{"2":0,"1":0,"a":1,"a":2,"__proto__":3}');
    const keys = [0, 1, 2, 3, 4].map((i) => childrenOf(root).at(i).key);
    expect(keys).toEqual(['2', '1', 'a', 'a', '__proto__']);
  });

  it('says the path to a value', () => {
    const root = createJsonRoot('{"a":[{"unit price":1,"größe":"[{\\"b\\":2}]"}]}');
    expect(pathOf(root)).toBe('$');
    expect(pathOf(childOf(root, 'a', 0, 'unit price'))).toBe('$.a[0]["unit price"]');
    const string = childOf(root, 'a', 0, 'größe');
    expect(mayHoldJson(string)).toBe(true);
    expect(parseInside(string)).toBe(true);
    const inside = childOf(childrenOf(string).at(0), 0, 'b');
    expect(pathOf(inside)).toBe('JSON.parse($.a[0].größe)[0].b');
    expect(valueTextOf(inside)).toBe('2');
  });

  it('finds no JSON in a string that only looks like it', () => {
    const [plain, broken] = [0, 1].map((i) => childrenOf(createJsonRoot('["{}x","{x}"]')).at(i));
    expect(plain && mayHoldJson(plain)).toBe(false);
    expect(broken && mayHoldJson(broken)).toBe(true);
    expect(broken && parseInside(broken)).toBe(false);
  });

  it('decodes the beginning of a long string like all of it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.boolean(),
        fc.nat(20),
        (text, isAscii, most) => {
          const json = JSON.stringify([text]);
          const escaped = json.replace(/[\u0080-\uffff]/g, (unit) => {
            return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
          });
          const node = childrenOf(createJsonRoot(isAscii ? escaped : json)).at(0);
          expect(stringOf(node)).toBe(text);
          expect(stringOf(node, most)).toBe(text.slice(0, most));
          const shown = shownValueOf(node, most);
          expect(text.startsWith(shown.text)).toBe(true);
          expect(shown.left === 0).toBe(shown.text === text);
        },
      ),
    );
  });

  it('survives 100,000 nested arrays', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    if (!isJson(deep)) return;
    let node = createJsonRoot(deep);
    for (let depth = 0; depth < 100; depth += 1) node = childrenOf(node).at(0);
    expect(node.depth).toBe(100);
    expect(pathOf(node)).toBe(`$${'[0]'.repeat(100)}`);
    expect(findInJson(deep, 'x').places).toEqual([]);
  });

  it('ends for text that is no JSON', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', ' ', '1', 't'),
        }),
        (text) => {
          const node = createJsonRoot(text);
          const children = childrenOf(node);
          for (let i = 0; i < children.length; i += 1) childrenOf(children.at(i));
          summaryOf(node);
          findInJson(text, 'a');
          expect(isContainer(node) || children.length === 0).toBe(true);
        },
      ),
    );
  });
});

describe('the summary of a closed value', () => {
  it('shows its beginning on one line', () => {
    expect(summary('{ "seq": 4812, "type": "quote", "in": { "a": 1 }, "no": {}, "l": [1] }')).toBe(
      '{seq: 4812, type: "quote", in: {…}, no: {}, l: […]}',
    );
    expect(summary('[]')).toBe('[]');
    expect(summary('[1,2,3,4]', 5)).toBe('[1, 2, …]');
    expect(summary('["a\\nb\u202e"]')).toBe('["a↵b‹U+202E›"]');
  });

  it('reads no further than it shows', () => {
    const root = createJsonRoot(`[${'[1],'.repeat(1_000_000)}1]`);
    const start = performance.now();
    for (let i = 0; i < 100; i += 1) expect(summaryOf(root).length).toBeLessThan(200);
    expect(performance.now() - start).toBeLessThan(500);
    expect(summary(`{"a":"${'x'.repeat(9_000)}","b":1}`)).toBe(`{a: "${'x'.repeat(39)}…", …}`);
  });
});

describe('a search in JSON', () => {
  it('finds keys and values, decoded', () => {
    const text = '{"Name":"caf\\u00e9","n":[12.50,true,"name"]}';
    const at = (query: string): string[] =>
      findInJson(text, query).places.map((place) => text.slice(place, place + 6));
    expect(at('name')).toEqual(['"Name"', '"name"']);
    expect(at('café')).toEqual(['"caf\\u']);
    expect(at('2.5')).toEqual(['12.50,']);
    expect(at('TRUE')).toEqual(['true,"']);
    expect(at(':')).toEqual([]);
    expect(findInJson(text, 'n', 2)).toMatchObject({ isCapped: true });
  });
});
