import { describe, expect, it } from 'vitest';
import { childrenOf, valueTextOf } from '../../../src/core/payload/json-node.ts';
import { createJsonTree, type JsonTree } from '../../../src/core/payload/json-tree.ts';
import { parentIndex } from '../../../src/panel/payload/json-keys.ts';

/** The rows as an outline: `  key`, `+` for closed, `-` for open. */
function outline(tree: JsonTree): string[] {
  return tree.rows().map((row) => {
    if (row.kind === 'more') return `${row.side} ${row.count}`;
    const mark = row.canOpen ? (row.isOpen ? '-' : '+') : '';
    return `${' '.repeat(row.node.depth)}${mark}${row.node.key ?? '$'}`;
  });
}

const numbers = (count: number): string =>
  `[${Array.from({ length: count }, (_, i) => i).join(',')}]`;

describe('the rows of a JSON tree', () => {
  it('begin with the first levels open', () => {
    const tree = createJsonTree('{"a":{"b":{"c":{}}},"d":[],"e":{ }}');
    expect(outline(tree)).toEqual(['-$', ' -a', '  +b', ' d', ' e']);
    expect(outline(createJsonTree(`{"big":${numbers(30)},"c":1}`))).toEqual(['-$', ' +big', ' c']);
  });

  it('open and close', () => {
    const tree = createJsonTree('{"a":{"b":{"c":{}}}}');
    const a = childrenOf(tree.root).at(0);
    tree.close(a);
    expect(outline(tree)).toEqual(['-$', ' +a']);
    tree.open(a);
    tree.open(childrenOf(a).at(0));
    expect(outline(tree)).toEqual(['-$', ' -a', '  -b', '   c']);
    tree.close(tree.root);
    expect(outline(tree)).toEqual(['+$']);
  });

  it('come in pages of 100', () => {
    const tree = createJsonTree(numbers(250));
    expect(outline(tree)).toHaveLength(102);
    expect(outline(tree).at(-1)).toBe('after 150');
    tree.showMore(tree.root, 'after');
    expect(outline(tree).at(-1)).toBe('after 50');
    tree.showMore(tree.root, 'after');
    expect(outline(tree).at(-1)).toBe(' 249');
  });

  it('show what was searched, and its page only', () => {
    const text = `{"list":${numbers(1_000_000)},"x":{"y":{"z":{"found":1}}}}`;
    const tree = createJsonTree(text);
    const node = tree.reveal(text.indexOf('777777'));
    expect(valueTextOf(node)).toBe('777777');
    expect(outline(tree)).toHaveLength(106);
    expect(outline(tree).slice(1, 4)).toEqual([' -list', 'before 777700', '  777700']);
    tree.showMore(childrenOf(tree.root).at(0), 'before');
    expect(outline(tree)[2]).toBe('before 777600');
    expect(tree.reveal(text.indexOf('"found"')).key).toBe('found');
    expect(tree.reveal(text.indexOf('"y"')).key).toBe('y');
  });

  it('hang the JSON of a string below it', () => {
    const tree = createJsonTree('["{\\"a\\":1}","{no}"]');
    expect(tree.parse(childrenOf(tree.root).at(1))).toBe(false);
    expect(tree.parse(childrenOf(tree.root).at(0))).toBe(true);
    expect(outline(tree)).toEqual(['-$', ' -0', '  -$', '   a', ' 1']);
  });

  it('know what they hang on', () => {
    const rows = createJsonTree('{"a":{"b":1,"c":2},"d":3}').rows();
    expect(rows.map((_, index) => parentIndex(rows, index))).toEqual([0, 0, 1, 1, 0]);
    const list = createJsonTree(numbers(101)).rows();
    expect(parentIndex(list, 101)).toBe(0);
  });

  it('of 5 MB are there at once', () => {
    const text = `[${Array.from({ length: 60_000 }, (_, i) => `{"id":${i},"name":"item ${i}","tags":["a","b"],"price":${i / 7}}`).join(',')}]`;
    const start = performance.now();
    expect(createJsonTree(text).rows()).toHaveLength(102);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
