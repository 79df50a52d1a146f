import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Headers } from '../../../src/core/facts.ts';
import { type BodyReader, type EmitRead, feed } from '../../../src/core/http/body-reader.ts';
import { createEnvelopeReader } from '../../../src/core/http/read-envelopes.ts';
import { createEventStreamReader } from '../../../src/core/http/read-event-stream.ts';
import { createLineReader } from '../../../src/core/http/read-lines.ts';
import { createPieceReader } from '../../../src/core/http/read-pieces.ts';
import { createWholeReader } from '../../../src/core/http/read-whole.ts';
import { bodyKindOf, isStreamType, mimeTypeOf } from '../../../src/core/http/content-type.ts';
import { aPiece } from '../../builders/requests.ts';

type Told = Parameters<EmitRead>[0];
type Create = (emit: EmitRead) => BodyReader;

const events: Create = (emit) => createEventStreamReader(1, emit);
const lines: Create = (emit) => createLineReader(1, emit);

/** What a reader tells of pieces that come one millisecond after the other; `null` is a gap of 10 bytes. */
function read(create: Create, pieces: readonly (string | Uint8Array | null)[], isWhole = true) {
  const told: Told[] = [];
  const reader = create((fact) => told.push(fact));
  pieces.forEach((piece, index) => {
    if (piece === null) reader.lost(index, 10, 'evicted');
    else reader.take(index, piece);
  });
  reader.end(pieces.length, isWhole);
  return told;
}

/** A fact without its time, for where it depends on the pieces. */
const timeless = (told: readonly Told[]) => told.map((fact) => ({ ...fact, at: 0 }));

/** Messages in short: `tick 7 data`. */
const words = (told: readonly Told[]) =>
  told.map((fact) => {
    if (fact.kind !== 'message') {
      return `${fact.oddity ?? fact.comment ?? ''}|${fact.reconnectionTime ?? ''}`;
    }
    const { eventType, lastEventId, payload, payloadState, byteLength, unterminated } = fact;
    if (payload === null) return `${payloadState} ${byteLength}`;
    const event = eventType === undefined ? '' : `${eventType} ${lastEventId} `;
    return `${event}${String(payload)}${unterminated === true ? '¶' : ''}`;
  });

/** Bytes cut at these places, over and over. */
function cutBytes(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let start = 0, turn = 0; start < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(bytes.subarray(start, start + size));
    start += size;
  }
  return pieces;
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
const streamText = fc
  .array(
    fc.constantFrom(
      'data: a',
      'data:ä€😀',
      'data',
      'id: 7',
      'id',
      'event: tick',
      ': ping',
      'retry: 50',
      'x',
      '',
      '',
      '\ufeff',
      '\n',
      '\r',
      '\r\n',
    ),
    { maxLength: 30 },
  )
  .chain((parts) => fc.constantFrom('\n', '\r', '\r\n').map((end) => parts.join(end)));

describe('the reader of event streams', () => {
  it('tells events as HTML prescribes', () => {
    const body = [
      ': hello',
      'retry: 3000',
      '',
      'data: YHOO',
      'data:+2',
      'data',
      '',
      'event: tick',
      'id: 7',
      'data: {"a":1}',
      '',
      'data',
      '',
      'id',
      'data:  two spaces',
      '',
      'data: never dispatched',
    ].join('\n');
    expect(words(read(events, [body]))).toEqual([
      ' hello|',
      '|3000',
      'message  YHOO\n+2\n',
      'tick 7 {"a":1}',
      'message 7 ',
      'message   two spaces',
      'unfinished-event|',
    ]);
  });

  it('keeps the last event ID of a block that had no data', () => {
    expect(words(read(events, ['id: 5\n\ndata: a\n\nid: x\0\ndata: b\n\n']))).toEqual([
      'message 5 a',
      'nul-in-id|',
      'message 5 b',
    ]);
  });

  it('ends lines at CR, LF and CRLF, and tells an event when its blank line is there', () => {
    const told = read(events, ['data: a\r\r', 'data: b\r', '\n\r', '\ndata: c\n\n']);
    expect(told.map(({ at }) => at)).toEqual([0, 2, 3]);
    expect(words(told)).toEqual(['message  a', 'message  b', 'message  c']);
  });

  it('decodes UTF-8 that pieces cut, and leaves out one byte order mark', () => {
    const bytes = new TextEncoder().encode('\ufeffdata: ä€😀\n\n');
    expect(words(read(events, cutBytes(bytes, [1])))).toEqual(['message  ä€😀']);
    const [event] = read(events, [bytes]);
    expect(event).toMatchObject({ dataType: 'string', byteLength: 9, direction: 'received' });
  });

  it('gives the same messages wherever the pieces were cut', () => {
    fc.assert(
      fc.property(streamText, sizes, (text, cuts) => {
        const bytes = new TextEncoder().encode(text);
        expect(timeless(read(events, cutBytes(bytes, cuts)))).toEqual(
          timeless(read(events, [bytes])),
        );
      }),
    );
  });

  it('never tells half an event after a gap, and counts what is missing', () => {
    const told = read(events, ['data: a\n\ndata: ha', null, 'lf\n\ndata: b\n\n', 'data: c\n\n']);
    // 8 bytes of the half before, 10 lost, 3 of the half after; the first blank line may be the lost line's end.
    expect(words(told)).toEqual(['message  a', 'evicted 21', 'message  b', 'message  c']);
    expect(words(read(events, ['data: a\n\n', null]))).toEqual(['message  a', 'evicted 10']);
  });

  it('takes the end of a line that was lost for no blank line', () => {
    const told = read(events, [null, '\ndata: half\n\ndata: b\n\n']);
    expect(words(told)).toEqual(['evicted 22', 'message  b']);
  });

  it('is one gap where an event or a line never ends, not growth', () => {
    const short: Create = (emit) => createEventStreamReader(1, emit, 20);
    const long = `data: ${'x'.repeat(30)}`;
    expect(words(read(short, [long, 'x'.repeat(30), '\n\ndata: b\n\n']))).toEqual([
      'cut 67',
      'message  b',
    ]);
    expect(words(read(short, ['data: 123456\n'.repeat(4), '\ndata: b\n\n']))).toEqual([
      'cut 52',
      'message  b',
    ]);
  });
});

describe('the reader of lines', () => {
  it('tells each line, blank ones too, and the last one as what it is', () => {
    expect(words(read(lines, ['{"a":1}\r\n\n', '{"b"', ':2}\nlast']))).toEqual([
      '{"a":1}\r',
      '',
      '{"b":2}',
      'last¶',
    ]);
    expect(words(read(lines, ['a\n']))).toEqual(['a']);
  });

  it('gives the same lines wherever the pieces were cut, and they give the body back', () => {
    const body = fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'ä', '😀', '\ufeff') });
    fc.assert(
      fc.property(body, sizes, (text, cuts) => {
        const told = read(lines, cutBytes(new TextEncoder().encode(text), cuts));
        expect(timeless(told)).toEqual(timeless(read(lines, [text])));
        const joined = told.map((fact) =>
          fact.kind === 'message' ? `${String(fact.payload)}${fact.unterminated ? '' : '\n'}` : '',
        );
        expect(joined.join('')).toBe(text);
      }),
    );
  });

  it('starts anew at the line break after a gap', () => {
    expect(words(read(lines, ['a\nha', null, 'lf\nb\n']))).toEqual(['a', 'evicted 14', 'b']);
    expect(words(read(lines, ['a\n', null]))).toEqual(['a', 'evicted 10']);
  });

  it('keeps the beginning of a line that never ends, and its true length', () => {
    const short: Create = (emit) => createLineReader(1, emit, 4);
    const [long, next] = read(short, ['abc', 'de😀', 'fg\nok\n']);
    expect(long).toMatchObject({ payload: 'abcd', payloadState: 'cut', byteLength: 11 });
    expect(next).toMatchObject({ payload: 'ok', payloadState: 'whole', at: 2 });
  });
});

describe('the reader of envelopes', () => {
  const envelopes: Create = (emit) => createEnvelopeReader(1, emit, 100);
  const frame = (flags: number, body: readonly number[]) =>
    Uint8Array.of(flags, 0, 0, 0, body.length, ...body);

  it('gives the same frames, headers included, wherever the pieces were cut', () => {
    const frames = [frame(0, [1, 2, 3]), frame(0, []), frame(0x80, [9])];
    const body = Uint8Array.from(frames.flatMap((bytes) => [...bytes]));
    fc.assert(
      fc.property(sizes, (cuts) => {
        const told = read(envelopes, cutBytes(body, cuts));
        expect(told.map((fact) => fact.kind === 'message' && fact.payload)).toEqual(frames);
        expect(told).toMatchObject(frames.map(() => ({ payloadState: 'whole', dataType: 'view' })));
      }),
    );
  });

  it('does not believe a length, and says of a frame that broke off that it is cut', () => {
    const huge = Uint8Array.of(0, 255, 255, 255, 255, 1, 2);
    expect(read(envelopes, [huge])).toMatchObject([
      { payload: huge, payloadState: 'cut', byteLength: 7 },
    ]);
    const long = Uint8Array.from([0, 0, 0, 1, 0, ...Array<number>(256).fill(7)]);
    expect(read(envelopes, [long, frame(0, [1])])).toMatchObject([
      { payloadState: 'cut', byteLength: 261 },
      { payload: frame(0, [1]), payloadState: 'whole' },
    ]);
  });

  it('tells the rest of the body as a gap once it is out of step', () => {
    const told = read(envelopes, [frame(0, [1]), Uint8Array.of(0, 0), null, frame(0, [2])]);
    expect(words(told.slice(1))).toEqual(['evicted 18']);
  });
});

describe('the reader of other bodies', () => {
  it('tells pieces as they came, text where the type says text', () => {
    const text: Create = (emit) => createPieceReader(1, true, emit);
    const bytes = new TextEncoder().encode('aä');
    expect(words(read(text, [bytes.subarray(0, 2), bytes.subarray(2), null, 'x']))).toEqual([
      'a',
      'ä',
      'evicted 10',
      'x',
    ]);
    const binary: Create = (emit) => createPieceReader(1, false, emit);
    expect(read(binary, [bytes])).toMatchObject([{ dataType: 'view', payload: bytes }]);
  });

  it('tells a whole body when it is complete, and an empty one not at all', () => {
    const whole: Create = (emit) => createWholeReader(1, true, emit);
    expect(read(whole, ['{"a"', ':1}'])).toMatchObject([
      { payload: '{"a":1}', at: 2, payloadState: 'whole' },
    ]);
    expect(read(whole, [])).toEqual([]);
    expect(read(whole, ['half'], false)).toMatchObject([{ payload: 'half', payloadState: 'cut' }]);
    expect(read(whole, ['a', null, 'b'])).toMatchObject([
      { payload: 'a', payloadState: 'cut', byteLength: 12 },
    ]);
    expect(read(whole, [null, 'b'])).toMatchObject([
      { payload: null, payloadState: 'evicted', byteLength: 11 },
    ]);
  });
});

describe('a piece', () => {
  it('of which a part is missing is its beginning, and then a gap', () => {
    const told: Told[] = [];
    const reader = lines((fact) => told.push(fact));
    const cut = { ...aPiece(1, 5, 'a\nb'), byteLength: 8, payloadState: 'cut' as const };
    feed(reader, cut);
    feed(reader, aPiece(1, 6, null));
    feed(reader, aPiece(1, 7, '\nc\n'));
    feed(reader, aPiece(1, 8, ''));
    expect(words(told)).toEqual(['a', 'cut 106', 'c']);
  });
});

describe('a content type', () => {
  it('says how a body divides into messages', () => {
    const kinds = Object.fromEntries(
      [
        'text/event-stream',
        'application/x-ndjson',
        'application/json-seq',
        'application/grpc-web+proto',
        'application/grpc-web-text',
        'application/connect+json',
        'application/vnd.api+json',
        'multipart/mixed',
        'image/png',
        '',
      ].map((type) => [type, `${bodyKindOf(type)} ${isStreamType(type)}`]),
    );
    expect(kinds).toEqual({
      'text/event-stream': 'event-stream true',
      'application/x-ndjson': 'lines true',
      'application/json-seq': 'lines true',
      'application/grpc-web+proto': 'envelopes true',
      'application/grpc-web-text': 'text true',
      'application/connect+json': 'envelopes true',
      'application/vnd.api+json': 'text false',
      'multipart/mixed': 'text true',
      'image/png': 'bytes false',
      '': 'bytes false',
    });
    const headers: Headers = [
      ['x', 'y'],
      ['Content-Type', 'Text/Event-Stream; charset=utf-8'],
    ];
    expect(mimeTypeOf(headers)).toBe('text/event-stream');
  });
});
