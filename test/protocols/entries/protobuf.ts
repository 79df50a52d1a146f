import { createServer } from 'node:http';
import protobuf from 'protobufjs';
import type { ProtocolEntry } from '../protocol-entry.ts';
import { feedEntry } from './feed-entry.ts';

const PROTO = `syntax = "proto3";
package market;

enum Side { UNKNOWN = 0; BUY = 1; SELL = 2; }

message Quote {
  string symbol = 1;
  double price = 2;
  sint64 delta = 3;
  Side side = 4;
  repeated uint32 depth = 5;
  map<string, int32> venues = 6;
  Maker maker = 7;
  bytes signature = 8;
  uint64 volume = 9;
}
message Maker { string name = 1; repeated string tags = 2; }
message Ask { repeated string symbols = 1; bool live = 2; }
service Feed { rpc Watch(Ask) returns (stream Quote); }
`;
const { root } = protobuf.parse(PROTO, { keepCase: true });
const Quote = root.lookupType('market.Quote');
const Ask = root.lookupType('market.Ask');

const QUOTES = Array.from({ length: 6 }, (_, i) => ({
  symbol: ['ACME', 'BETA'][i % 2],
  price: 12.5 + i,
  delta: -3 * i - 1,
  side: 1 + (i % 2),
  depth: [i, 300 + i, 70_000],
  venues: { XETRA: 10 + i, NYSE: -i - 1 },
  maker: { name: `maker ${i}`, tags: ['fast', 'small'] },
  signature: Uint8Array.from([0, 255, i]),
  volume: 5_000_000_000 + i,
}));
const encodeQuote = (quote: object) => Quote.encode(Quote.fromObject(quote)).finish();

/** The words of the decoder for enumerations. */
function quoteOf(bytes: Uint8Array): object {
  const quote = Quote.toObject(Quote.decode(bytes), { longs: Number }) as { side: number };
  const name = ['UNKNOWN', 'BUY', 'SELL'][quote.side] ?? '';
  return { ...quote, side: { tag: `Side.${name}`, value: quote.side } };
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

const frame = (flags: number, body: Uint8Array) => {
  const header = Buffer.alloc(5);
  header.writeUInt8(flags);
  header.writeUInt32BE(body.length, 1);
  return Buffer.concat([header, body]);
};

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
    given: { protoFiles: [{ name: 'market.proto', text: PROTO }] },
    messages: () => Promise.resolve(QUOTES.map(encodeQuote)),
    decode: (data) => [{ kind: 'Quote', value: quoteOf(data) }],
  }),
  {
    name: 'grpc-web',
    stack: ['grpc-web', 'protobuf'],
    packages: ['protobufjs'],
    played: 'both sides of the frames by hand',
    given: { protoFiles: [{ name: 'market.proto', text: PROTO }] },
    picks: () => true,
    run: async ({ proxy, tell, atEnd }) => {
      const server = createServer((_asked, answer) => {
        answer.writeHead(200, { 'content-type': 'application/grpc-web+proto' });
        for (const quote of QUOTES) answer.write(frame(0, encodeQuote(quote)));
        answer.end(frame(0x80, Buffer.from('grpc-status:0\r\ngrpc-message:fine\r\n')));
      });
      atEnd(() => server.close());
      const asked = { symbols: ['ACME', 'BETA'], live: true };
      tell('sent', 'Ask', asked);
      const answer = await fetch(`http://${await proxy(server)}/market.Feed/Watch`, {
        method: 'POST',
        headers: { 'content-type': 'application/grpc-web+proto' },
        body: frame(0, Ask.encode(asked).finish()),
      });
      const body = Buffer.from(await answer.arrayBuffer());
      for (let at = 0; at < body.length;) {
        const end = at + 5 + body.readUInt32BE(at + 1);
        const inside = body.subarray(at + 5, end);
        if (body[at] === 0) tell('received', 'Quote', quoteOf(inside));
        else tell('received', 'trailers', { 'grpc-status': '0', 'grpc-message': 'fine' });
        at = end;
      }
    },
  },
];
