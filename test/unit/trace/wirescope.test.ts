import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/core/session.ts';
import { readWirescope } from '../../../src/trace/wirescope/read.ts';
import { writeWirescope } from '../../../src/trace/wirescope/write.ts';
import { aBusySession } from '../../builders/a-busy-session.ts';
import { arbitraryFacts, arbitraryHeader } from '../../builders/arbitrary-session.ts';
import { asLines, inByteChunks, inChunks } from '../../builders/chunks.ts';
import { aSession, sessionOf } from '../../builders/session.ts';

const write = (session: Session) => [...writeWirescope(session, { toolVersion: '1.2.3' })].join('');
const read = (text: string) => readWirescope(inChunks(text, [text.length]));

const HEADER = {
  format: 'wirescope',
  version: 1,
  session: { url: 'https://shop.test/', startedAt: '2026-11-20T10:00:00.000Z' },
};
const FRAME = { kind: 'frame-added', frame: 1, at: 0, url: '', frameKind: 'top' };

describe('a Wirescope trace', () => {
  it('brings back every fact and writes the same text again, however the file is cut', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(arbitraryHeader, arbitraryFacts, sizes, async (header, facts, cuts) => {
        const text = write(sessionOf(facts, header));
        const { session, warnings } = await readWirescope(inChunks(text, cuts));
        expect([...session.facts()]).toEqual(facts);
        expect(session.header).toEqual(header);
        expect(warnings).toEqual([]);
        expect(write(session)).toBe(text);
      }),
    );
  });

  it('opens from bytes cut within characters, with a byte order mark and Windows line ends', async () => {
    const story = aSession().frame('https://shop.test/ä€😀').websocket('ws://a/').receives('€😀');
    const text = `\ufeff${write(story.build()).replaceAll('\n', '\r\n')}\r\n`;
    for (const size of [1, 2, 3, 1000]) {
      const { session } = await readWirescope(inByteChunks(text, size));
      expect([...session.facts()]).toEqual(story.facts());
    }
  });

  it('begins with what it is, and has a line for each fact', () => {
    const story = aBusySession();
    const lines = write(story.build()).trimEnd().split('\n');
    expect(lines[0]).toBe(
      '{"format":"wirescope","version":1,"session":{"url":"https://shop.test/","startedAt":"2026-11-20T10:00:00.000Z","browser":"Chromium 156.0"},"tool":"Wirescope 1.2.3"}',
    );
    expect(lines).toHaveLength(1 + story.facts().length);
    expect(lines[4]).toBe(
      '{"kind":"message","connection":1,"at":22,"direction":"sent","byteLength":9,"payload":"subscribe","early":true}',
    );
    expect(lines[7]).toBe(
      '{"kind":"message","connection":1,"at":25,"direction":"received","dataType":"arraybuffer","byteLength":4,"payload":{"base64":"AAH+/w=="}}',
    );
  });

  it('is written in pieces', () => {
    const story = aSession().frame().websocket('ws://a/');
    for (let i = 0; i < 100; i += 1) story.receives('x'.repeat(5000));
    const pieces = [...writeWirescope(story.build(), { toolVersion: '1' })];
    expect(pieces.length).toBeGreaterThan(5);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(80_000);
  });

  it('tells how far it has been read', async () => {
    const text = write(aBusySession().build());
    const told: number[] = [];
    await readWirescope(inChunks(text, [1000]), { onProgress: (chars) => told.push(chars) });
    expect(told[0]).toBe(1000);
    expect(told.at(-1)).toBe(text.length);
  });

  it('opens up to the cut where the last line was cut, and says so', async () => {
    const story = aBusySession();
    const text = write(story.build());
    const { session, warnings } = await read(text.slice(0, -5));
    expect([...session.facts()]).toEqual(story.facts().slice(0, -1));
    expect(warnings).toEqual([
      `The file is cut in line ${story.facts().length + 1}. Everything before is here; what came after is lost.`,
    ]);
    expect((await read(text.slice(0, -1))).warnings).toEqual([]);
  });

  it('refuses a file from the future in plain words', async () => {
    await expect(read(asLines([{ ...HEADER, version: 2 }]))).rejects.toThrow(
      'This trace has format version 2; this Wirescope reads up to version 1. A newer Wirescope can open it.',
    );
  });

  it('brings a file of an older version up to date step by step', async () => {
    const text = asLines([
      { ...HEADER, version: 1 },
      { kind: 'frame', id: 1, at: 5, href: 'https://old.test/' },
    ]);
    const versions = {
      current: 3,
      upgraders: {
        1: ({ href, ...line }: Record<string, unknown>) => ({ ...line, url: href }),
        2: ({ id, ...line }: Record<string, unknown>) =>
          'kind' in line ? { ...line, kind: 'frame-added', frame: id, frameKind: 'top' } : line,
      },
    };
    const { session } = await readWirescope(inChunks(text, [7]), { versions });
    expect([...session.facts()]).toEqual([
      { kind: 'frame-added', frame: 1, at: 5, url: 'https://old.test/', frameKind: 'top' },
    ]);
    const noWay = { current: 3, upgraders: { 2: versions.upgraders[2] } };
    await expect(readWirescope(inChunks(text, [7]), { versions: noWay })).rejects.toThrow(
      'cannot read any more',
    );
  });

  it('leaves out records of unknown kinds and counts them', async () => {
    const news = ['weather', 'weather', 'toString'].map((kind) => ({ kind }));
    const { session, warnings } = await read(asLines([HEADER, FRAME, ...news]));
    expect([...session.facts()]).toHaveLength(1);
    expect(warnings).toEqual([
      'Left out: 3 records of a kind that this Wirescope does not know (weather, toString).',
    ]);
  });
});
