import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type Data, isMap } from '../../../src/core/decoded/data.ts';
import { yjs } from '../../../src/decoders/yjs.ts';
import { yjsCodec } from '../../../src/decoders/yjs-codec.ts';
import { linesOf } from '../../protocols/fixture.ts';
import { plainOf } from '../../protocols/fixture-value.ts';

const carrier = { transport: 'websocket', url: 'ws://host/' } as const;
const read = (payload: Uint8Array | string) =>
  yjsCodec.createReader(carrier).read({ direction: 'sent', payload });

function message(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarUint(encoder, 2);
  encoding.writeVarUint8Array(encoder, update);
  return encoding.toUint8Array(encoder);
}

function dataOf(payload: Uint8Array): Data {
  const content = read(payload).parts[0]?.layers[0]?.content;
  return content?.as === 'data' ? content.data : null;
}

function itemsOf(change: (doc: Y.Doc) => void): unknown {
  const doc = new Y.Doc();
  doc.clientID = 7;
  change(doc);
  const data = dataOf(message(Y.encodeStateAsUpdate(doc)));
  return isMap(data) ? plainOf(data.entries[0]?.[1] ?? null) : undefined;
}

describe('Yjs', () => {
  it('reads every kind of value, each with its type', () => {
    const values = [undefined, null, -0, -64, 2 ** 40, 0.5, 1e100, 2n ** 60n, true, 'é', { a: [] }];
    const read = itemsOf((doc) => doc.getArray('list').push([values]));
    expect(read).toEqual([
      {
        id: '7:0',
        parent: 'list',
        values: [
          [
            { tag: 'undefined', value: null },
            null,
            -0,
            -64,
            2 ** 40,
            0.5,
            1e100,
            { bigint: String(2n ** 60n) },
            true,
            'é',
            { a: [] },
          ],
        ],
      },
    ]);
  });

  it('counts the clock in code units, so that what follows has its right id', () => {
    const items = itemsOf((doc) => {
      doc.getText('text').insert(0, '🍵é');
      doc.getMap('map').set('k', 1);
    });
    expect(items).toEqual([
      { id: '7:0', parent: 'text', text: '🍵é' },
      { id: '7:3', parent: 'map', key: 'k', values: [1] },
    ]);
  });

  it('reads types in types, embeds, formats and documents', () => {
    const items = itemsOf((doc) => {
      const list = new Y.Array();
      doc.getMap('map').set('inner', list);
      list.push([new Y.Doc({ guid: 'g' })]);
      doc.getText('text').insertEmbed(0, { image: 1 }, { bold: true });
    });
    expect(items).toMatchObject([
      { id: '7:0', parent: 'map', key: 'inner', type: 'Array' },
      { id: '7:1', parent: { tag: 'item', value: '7:0' }, document: 'g', options: {} },
      { id: '7:2', format: { bold: 'true' } },
      { id: '7:3', embed: '{"image":1}' },
      { id: '7:4', format: { bold: 'null' } },
    ]);
  });

  it('reads what a merged update skips and collects', () => {
    const doc = new Y.Doc();
    doc.clientID = 7;
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    for (const text of ['a', 'b', 'c']) doc.getText('t').insert(0, text);
    const merged = Y.mergeUpdates([updates[0] ?? new Uint8Array(), updates[2] ?? new Uint8Array()]);
    expect(plainOf(dataOf(message(merged)))).toEqual({
      items: [
        { id: '7:0', parent: 't', text: 'a' },
        { id: '7:1', skipped: 1 },
        { id: '7:2', before: '7:1', text: 'c' },
      ],
      deleted: [],
    });
  });

  it('says where it is no Yjs, and keeps what it has read', () => {
    expect(linesOf(read(Uint8Array.of(9, 0)))).toEqual([
      'failure at 1 in yjs: there is no such message in Yjs',
    ]);
    expect(linesOf(read(Uint8Array.of(0, 2, 3, 1, 1, 7)))).toEqual([
      'yjs: update, 0 items | “update”',
      'failure at 6 in yjs: 1 byte should follow, 0 are there',
    ]);
    expect(linesOf(read('text'))).toEqual(['failure at 0 in yjs: Yjs has binary messages only']);
  });

  it('is not taken from two messages that only have a length that fits', () => {
    const look = (count: number) =>
      yjs.recognise({
        ...carrier,
        samples: Array.from({ length: count }, () => ({
          direction: 'sent' as const,
          payload: Uint8Array.of(0, 2, 2, 9, 9),
        })),
      })?.confidence;
    expect([look(3), look(4)]).toEqual([undefined, 0.6]);
  });
});
