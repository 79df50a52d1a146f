import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importTrace } from '../../../src/trace/importers.ts';
import { TraceError } from '../../../src/trace/trace-error.ts';
import { readWirescope } from '../../../src/trace/wirescope/read.ts';
import { writeHar } from '../../../src/trace/har/write.ts';
import { writeWirescope } from '../../../src/trace/wirescope/write.ts';
import { aBusySession } from '../../builders/a-busy-session.ts';
import { inChunks } from '../../builders/chunks.ts';

const HEADER =
  '{"format":"wirescope","version":1,"session":{"url":"u","startedAt":"2026-11-20T10:00:00.000Z"}}';
const FRAME = '{"kind":"frame-added","frame":1,"at":0,"url":"","frameKind":"top"}';
const SOCKET =
  '{"kind":"connection-created","connection":1,"frame":1,"at":0,"transport":"websocket","url":"ws://a/","source":"page"}';
const MESSAGE =
  '{"kind":"message","connection":1,"at":0,"direction":"sent","byteLength":1,"payload":"a"}';

async function failure(text: string): Promise<TraceError | undefined> {
  try {
    await importTrace(inChunks(text, [997]));
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(TraceError);
    return error as TraceError;
  }
}

const withLine = (line: string) => [HEADER, FRAME, SOCKET, line, MESSAGE, ''].join('\n');
const changed = (key: string, value: string) =>
  withLine(MESSAGE.replace(new RegExp(`"${key}":("[^"]*"|\\d+)`, 'u'), `"${key}":${value}`));

describe('a hostile trace', () => {
  it.each([
    ['no JSON', withLine('{"kind":'), 'this is not valid JSON'],
    ['no object', withLine('[1]'), 'one JSON object'],
    ['no kind', withLine('{}'), '“kind” should be text, but is missing'],
    ['an endless time', changed('at', '1e400'), 'a time in milliseconds'],
    ['a time as text', changed('at', '"1"'), 'a time in milliseconds, but is “1”'],
    ['a negative length', changed('byteLength', '-1'), 'a whole number'],
    ['half a byte', changed('byteLength', '0.5'), 'a whole number'],
    ['an unknown direction', changed('direction', '"up"'), 'one of sent, received'],
    ['an unknown connection', changed('connection', '1000000000'), 'is not known'],
    ['an id beyond 32 bits', changed('connection', '4294967296'), 'a whole number'],
    ['bytes that are no base64', changed('payload', '{"base64":"§"}'), 'not fit|valid base64'],
    ['bytes as text', changed('payload', '{"base64":"AA=="}'), 'does not fit the data type'],
    ['a payload of another type', changed('payload', '7'), '“payload” should be text'],
    ['a mark that is false', withLine(MESSAGE.replace('}', ',"early":false}')), 'true, or absent'],
    ['a second frame 1', withLine(FRAME), 'frame 1 is already known'],
  ])('with %s is refused with its line and in words', async (_, text, words) => {
    const error = await failure(text);
    expect(error?.message).toMatch(new RegExp(words, 'u'));
    expect(error?.line).toBe(4);
  });

  it.each([
    ['an empty file', '', 'The file is empty.'],
    ['blank lines', '\n \n', 'The file is empty.'],
    ['another format', '{"format":"wireshark"}\n', 'neither a Wirescope trace'],
    ['a web page', '<!doctype html>', 'neither a Wirescope trace'],
    ['a header that was cut', HEADER.slice(0, 40), 'not valid JSON'],
    ['no session', '{"format":"wirescope","version":1}', '“session” should be an object'],
    ['a version as text', '{"format":"wirescope","version":"1"}', 'a whole number'],
    ['no date', HEADER.replace('2026-11', 'soon'), '“startedAt” is not a date and time'],
    ['a HAR without entries', '{"log":{}}', 'a list “log.entries”'],
    ['a HAR that was cut', '{"log":{"entries":[', 'perhaps it was cut'],
  ])('that is %s is refused in words', async (_, text, words) => {
    expect((await failure(text))?.message).toContain(words);
  });

  it('cannot reach prototypes', async () => {
    const evil = '{"__proto__":{"kind":"frame-added","polluted":1},"constructor":1,"kind":"x"}';
    const { session } = await importTrace(inChunks(withLine(evil), [50]));
    expect(session.messages.length).toBe(1);
    expect({}).not.toHaveProperty('polluted');
  });

  it('may nest as deep as it likes', async () => {
    const deep = `{"kind":"x","deep":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const error = await failure(withLine(deep));
    expect(error === undefined || error.line === 4).toBe(true);
  });

  it('cannot make us collect a line without end', async () => {
    const reading = readWirescope(inChunks(`${HEADER}\n${'x'.repeat(5000)}`, [100]), {
      longestLine: 1000,
    });
    await expect(reading).rejects.toThrow('Line 2: the line has more than 1000 characters.');
  });

  it('of any damage ends in a session or in a TraceError', async () => {
    const session = aBusySession().build();
    const files = [writeWirescope, writeHar].map((write) =>
      [...write(session, { toolVersion: '1' })].join(''),
    );
    const hostile = fc.constantFrom(
      ...['null', '1e999', '-1', '{}', '[]', '"', '}', '\n', '9007199254740993', '"__proto__":{},'],
      ...['true', '4294967295', '"at":1e308,', '\ud800', '"time":-1e300,', ''],
    );
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(40), hostile), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), damage, async (file, hits) => {
        let text = file;
        for (const [place, length, replacement] of hits) {
          const start = place % text.length;
          text = text.slice(0, start) + replacement + text.slice(start + length);
        }
        await failure(text);
      }),
      { numRuns: 600 },
    );
  });

  it('with any JSON in any field ends in a session or in a TraceError', async () => {
    const lines = [...writeWirescope(aBusySession().build(), { toolVersion: '1' })]
      .join('')
      .trimEnd()
      .split('\n');
    const har = JSON.parse(
      [...writeHar(aBusySession().build(), { toolVersion: '1' })].join(''),
    ) as { log: { entries: Record<string, unknown>[] } };
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.jsonValue(), async (which, field, value) => {
        const record = JSON.parse(lines[which % lines.length] ?? '') as Record<string, unknown>;
        const keys = Object.keys(record);
        record[keys[field % keys.length] ?? ''] = value;
        const damaged = lines.with(which % lines.length, JSON.stringify(record));
        await failure(damaged.join('\n'));

        const entries = har.log.entries.map((entry, index) => {
          if (index !== which % har.log.entries.length) return entry;
          const names = Object.keys(entry);
          return { ...entry, [names[field % names.length] ?? '']: value };
        });
        await failure(JSON.stringify({ log: { ...har.log, entries } }));
        await failure(JSON.stringify({ log: { entries: [...entries, value], pages: value } }));
      }),
      { numRuns: 300 },
    );
  });
});
