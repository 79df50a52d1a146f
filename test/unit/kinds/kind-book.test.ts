import { describe, expect, it } from 'vitest';
import type { Direction } from '../../../src/core/facts.ts';
import { createKindBook, type KindBook, MOST_KINDS } from '../../../src/core/kinds/kind-book.ts';
import { unfold } from '../../../src/decoders/formats/unfold.ts';

interface Given {
  direction?: Direction;
  eventType?: string;
}

/** A book of texts, one a second. */
function bookOf(values: readonly (string | object)[], given: Given = {}, book = createKindBook()) {
  values.forEach((value, index) => {
    add(book, index, value, given);
  });
  return book;
}

function add(
  book: KindBook,
  row: number,
  value: string | object,
  { direction = 'received', eventType }: Given,
): void {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  book.take({
    row,
    at: row * 1_000,
    direction,
    byteLength: text.length,
    parts: [{ layers: unfold(text).layers }],
    ...(eventType !== undefined && { eventType }),
  });
}

const told = (book: KindBook) =>
  book.kinds.map(({ name, basis, messages }) => [name, basis, messages]);
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

describe('kinds', () => {
  it('are told by a type field from the first message on', () => {
    const book = bookOf([{ type: 'hello' }, { type: 'quote', bid: 1 }, { type: 'quote', bid: 2 }]);
    expect(told(book)).toEqual([
      ['hello', 'field', 1],
      ['quote', 'field', 2],
    ]);
    expect(book.fields.received?.evidence).toBe(
      'field “type”: a usual name; in 3 of the first 3 messages, 2 different values',
    );
    expect(book.kindOf(2)).toMatchObject({ name: 'quote', lastAt: 2_000, bytes: 48 });
    expect(book.kindOf(3)).toBeUndefined();
  });

  it('are told by an event type, a word at the head of a list, or the word that a text is', () => {
    expect(told(bookOf([{ a: 1 }], { eventType: 'tick' }))).toEqual([['tick', 'protocol', 1]]);
    expect(told(bookOf([['quote', 1], 'ping', 'some words here']))).toEqual([
      ['quote', 'field', 1],
      ['“ping”', 'format', 1],
      ['text', 'format', 1],
    ]);
    expect(told(bookOf([{ type: 'a' }], { eventType: 'message' }))).toEqual([['a', 'field', 1]]);
  });

  it('are told by a second field where the first only says that something follows', () => {
    const book = bookOf([
      { op: 0, t: 'MESSAGE_CREATE', d: {} },
      { op: 0, t: 'TYPING_START', d: {} },
      { op: 11 },
    ]);
    expect(told(book)).toEqual([
      ['op 0 › MESSAGE_CREATE', 'field', 1],
      ['op 0 › TYPING_START', 'field', 1],
      ['op 11', 'field', 1],
    ]);
  });

  it('are told by a field that no list of names knows, where its values go with fields of their own', () => {
    const book = bookOf(
      times(32, (index) =>
        index % 2 === 0 ? { wat: 'price', p: index } : { wat: 'news', title: `n${index}`, url: '' },
      ),
    );
    expect(told(book)).toEqual([
      ['price', 'field', 16],
      ['news', 'field', 16],
    ]);
  });

  it('are told by their fields where nothing names them, and names of people are no kinds', () => {
    const book = bookOf(times(40, (index) => ({ name: `user ${index}`, age: index })));
    expect(told(book)).toEqual([['{age, name}', 'shape', 40]]);
  });

  it('stay what they were when the field has been concluded, in one pass as in many', () => {
    const values = times(200, (index) => ({ type: index % 3 === 0 ? 'a' : 'b', index }));
    const looked = createKindBook();
    values.forEach((value, row) => {
      add(looked, row, value, {});
      expect(looked.kinds.length).toBeGreaterThan(0);
    });
    expect(told(looked)).toEqual(told(bookOf(values)));
    expect(told(looked)).toEqual([
      ['a', 'field', 67],
      ['b', 'field', 133],
    ]);
  });

  it('learn the shape of what they carry', () => {
    const [kind] = bookOf([
      { type: 'a', n: 1 },
      { type: 'a', n: 5 },
    ]).kinds;
    expect(kind?.shape.objects?.fields.get('n')?.numbers).toMatchObject({ least: 1, most: 5 });
  });

  it('are limited, and what is beyond is counted as others', () => {
    const book = bookOf(times(1_000, (index) => [`kind-${index}`, 1]));
    expect(book.kinds).toHaveLength(MOST_KINDS);
    expect(book.kinds.at(-1)).toMatchObject({ name: '(others)', messages: 1_001 - MOST_KINDS });
    expect(book.othersFrom).toBe(MOST_KINDS);
  });

  it('tell the two directions apart', () => {
    const book = bookOf([{ type: 'a' }], { direction: 'sent' }, bookOf([{ type: 'a' }]));
    expect(book.kinds.map(({ direction }) => direction)).toEqual(['received', 'sent']);
  });
});
