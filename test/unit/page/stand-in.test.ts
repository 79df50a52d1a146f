import { describe, expect, it, vi } from 'vitest';
import { standInForList, standInForText } from '../../../src/page/stand-in.ts';

/** What a native does with an argument that it converts to a string. */
const convert = (data: unknown): string => String(data);

function convertThrough(data: unknown): { text: string; taken: unknown } {
  const standIn = standInForText(data);
  const text = convert(standIn?.given);
  return { text, taken: standIn?.taken() };
}

describe('a stand-in for text', () => {
  it('is not made for what the native takes as it is', () => {
    const shared = new SharedArrayBuffer(1);
    const bytes = new Uint8Array(1);
    for (const data of ['a', 7, null, undefined, bytes.buffer, bytes, new Blob(), shared]) {
      expect(standInForText(data)).toBeUndefined();
    }
  });

  it('converts as the object does, once, and knows the outcome', () => {
    const toString = vi.fn(() => 'once');
    expect(convertThrough({ toString })).toEqual({ text: 'once', taken: 'once' });
    expect(toString).toHaveBeenCalledOnce();
    const url = new URL('https://shop.test/');
    for (const data of [[1, [2]], () => 1, url, { valueOf: () => 1 }, new Date(0)]) {
      expect(convertThrough(data)).toEqual({ text: convert(data), taken: convert(data) });
    }
  });

  it('goes on to valueOf where toString answers an object', () => {
    const data = { toString: () => ({}), valueOf: () => 42 };
    expect(convertThrough(data)).toEqual({ text: '42', taken: 42 });
  });

  it('runs methods with the page’s own object', () => {
    const data = {
      name: 'mine',
      toString(this: { name: string }) {
        return this.name;
      },
    };
    expect(convertThrough(data).text).toBe('mine');
  });

  it('throws what the conversion throws', () => {
    const odd = {
      toString: () => {
        throw new RangeError('odd');
      },
    };
    expect(() => convertThrough(odd)).toThrow(new RangeError('odd'));
    expect(() => convertThrough(Object.create(null))).toThrow(TypeError);
  });
});

describe('a stand-in for a list', () => {
  it('is made for arrays only', () => {
    for (const data of ['a', 7, null, undefined, {}, new Set(['a'])]) {
      expect(standInForList(data)).toBeUndefined();
    }
  });

  it('yields what the array holds, and knows the strings', () => {
    const standIn = standInForList(['graphql-ws', 7, 'mqtt']);
    expect([...(standIn?.given as string[])]).toEqual(['graphql-ws', 7, 'mqtt']);
    expect(standIn?.taken()).toEqual(['graphql-ws', 'mqtt']);
  });

  it('reads a watched array as often as a bare reading does', () => {
    const read = (through: (list: string[]) => Iterable<string>) => {
      const log: string[] = [];
      const list = new Proxy(['a', 'b'], {
        get: (target, key, receiver) => {
          log.push(String(key));
          return Reflect.get(target, key, receiver) as unknown;
        },
      });
      Array.from(through(list));
      return log;
    };
    expect(read((list) => standInForList(list)?.given as string[])).toEqual(read((list) => list));
  });

  it('leaves a page’s own iterator its own array', () => {
    const list = ['a'];
    const seen: unknown[] = [];
    list[Symbol.iterator] = function (this: string[]) {
      seen.push(this === list);
      return new Set(['x']).values();
    };
    expect([...(standInForList(list)?.given as string[])]).toEqual(['x']);
    expect(seen).toEqual([true]);
  });
});
