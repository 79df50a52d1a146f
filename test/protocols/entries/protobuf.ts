import protobuf from 'protobufjs';
import type { ProtocolEntry } from '../protocol-entry.ts';
import { feedEntry } from './feed-entry.ts';
import { MARKET_PROTO, QUOTES, sideOf } from './market.ts';

const { root } = protobuf.parse(MARKET_PROTO, { keepCase: true });
const Quote = root.lookupType('market.Quote');

const encodeQuote = (quote: object) => Quote.encode(Quote.fromObject(quote)).finish();

function quoteOf(bytes: Uint8Array): object {
  const quote = Quote.toObject(Quote.decode(bytes), { longs: Number }) as { side: number };
  return { ...quote, side: sideOf(quote.side) };
}

const Note = protobuf
  .parse(
    'syntax = "proto3"; message Note { string text = 1; uint32 at = 2; Note about = 3; bytes key = 4; }',
  )
  .root.lookupType('Note');
interface NoteObject {
  text: string;
  at: number;
  about?: NoteObject;
  key: Uint8Array;
}
const KEY = Uint8Array.from([250, 251, 252, 253]);
const NOTES: NoteObject[] = Array.from({ length: 5 }, (_, i) => ({
  text: `note number ${i}`,
  at: 100 * i + 1,
  about: { text: 'what came before', at: i, key: KEY },
  key: KEY,
}));

/** What is to be read of a note without its schema. */
function wordsOf({ text, at, about, key }: NoteObject): object {
  return {
    1: { tag: 'string', value: text },
    ...(at > 0 && {
      2: { tag: 'varint', value: { unsigned: at, zigzag: (at >>> 1) ^ -(at & 1) } },
    }),
    ...(about && { 3: { tag: 'message', value: wordsOf(about) } }),
    4: { tag: 'bytes', value: key },
  };
}

export const PROTOBUF_ENTRIES: readonly ProtocolEntry[] = [
  feedEntry({
    name: 'protobuf',
    stack: ['protobuf'],
    packages: ['protobufjs'],
    messages: () => Promise.resolve(NOTES.map((note) => Note.encode(note).finish())),
    decode: (data) => [{ value: wordsOf(Note.toObject(Note.decode(data)) as NoteObject) }],
  }),
  feedEntry({
    name: 'protobuf-schema',
    stack: ['protobuf'],
    packages: ['protobufjs'],
    given: { protoFiles: [{ name: 'market.proto', text: MARKET_PROTO }] },
    messages: () => Promise.resolve(QUOTES.map(encodeQuote)),
    decode: (data) => [{ kind: 'Quote', value: quoteOf(data) }],
  }),
];
