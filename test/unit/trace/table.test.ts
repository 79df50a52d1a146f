import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmlessCell } from '../../../src/core/csv-cell.ts';
import { writeCsv, writeTsv } from '../../../src/trace/table/write.ts';
import { aBusySession } from '../../builders/a-busy-session.ts';
import { aSession } from '../../builders/session.ts';

const rowsOf = (csv: string) => parse<Record<string, string>>(csv, { columns: true });

describe('messages as a table', () => {
  it('has a line for each message, with what it belongs to', () => {
    const session = aBusySession().build();
    const rows = rowsOf([...writeCsv(session)].join(''));
    expect(rows).toHaveLength(session.messages.length);
    for (const [index, row] of rows.entries()) {
      const message = session.messages.read(index);
      expect(Number(row['at_ms'])).toBe(message.at);
      expect(Number(row['bytes'])).toBe(message.byteLength);
      expect(row['direction']).toBe(message.direction);
      expect(Number(row['connection'])).toBe(message.connection);
      expect(Date.parse(row['time'] ?? '')).toBe(Math.floor(session.header.startedAt + message.at));
    }
  });

  it('keeps any text, and any bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array(), (text, bytes) => {
        fc.pre(text.isWellFormed());
        const session = aSession()
          .frame()
          .websocket('ws://a.test/')
          .opens()
          .receives(text)
          .sends(bytes)
          .build();
        const [first, second] = rowsOf([...writeCsv(session)].join(''));
        expect(first?.['text']).toBe(harmlessCell(text));
        expect(Buffer.from(second?.['base64'] ?? '', 'base64')).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 200 },
    );
  });

  it('never gives a spreadsheet a formula', () => {
    const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'];
    const story = aSession().frame().websocket('ws://a.test/').opens();
    for (const formula of formulas) story.receives(formula);
    const rows = rowsOf([...writeCsv(story.build())].join(''));
    expect(rows.map((row) => row['text'])).toEqual(formulas.map((formula) => `'${formula}`));
  });

  it('with tabs has one line a message, whatever is in it', () => {
    const text = 'a\tb\nc\r\\d"';
    const session = aSession().frame().websocket('ws://a.test/').opens().receives(text).build();
    const lines = [...writeTsv(session)].join('').split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]?.split('\t')).toContain('a\\tb\\nc\\r\\\\d"');
  });
});
