import { readFileSync } from 'node:fs';
import { feedEntry } from './feed-entry.ts';

const LINES = [
  [
    { event: 'start', id: 1 },
    { event: 'row', values: [1, 2] },
  ],
  [{ event: 'row', values: [3, 4] }, { event: 'row', values: [] }, { event: 'end' }],
  [{ event: 'start', id: 2 }, { event: 'end' }],
];

const STANZAS = [
  '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" from="im.test" version="1.0"/>',
  '<presence from="ann@im.test/phone"><show>away</show></presence>',
  '<message from="ann@im.test" type="chat"><body>2 &lt; 3 &amp; “tea”</body></message>',
  '<?xml version="1.0"?>\n<message type="chat">\n  <body>bye</body>\n</message>\n',
];
const rootOf = (text: string) => /<(\w+)/u.exec(text)?.[1] ?? '';

const FORMS = [
  { type: 'order', symbol: 'ACME', amount: '12', note: 'at once, please' },
  { type: 'order', symbol: 'B&B', amount: '=1', note: 'ümläut + 100 %' },
  { type: 'cancel', id: '7' },
];

const icon = (size: number) =>
  readFileSync(new URL(`../../../assets/icon-${size}.png`, import.meta.url));

/** A second of nothing and a tone, as RIFF files (16 bit, one channel). */
function wave(samples: number): Buffer {
  const file = Buffer.alloc(44 + 2 * samples);
  file.write('RIFF');
  file.writeUInt32LE(36 + 2 * samples, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(8000, 24);
  file.writeUInt32LE(16000, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(2 * samples, 40);
  for (let i = 0; i < samples; i += 1) {
    file.writeInt16LE(Math.round(8000 * Math.sin(i / 3)), 44 + 2 * i);
  }
  return file;
}

export const TEXT_ENTRIES = [
  feedEntry({
    name: 'ndjson',
    stack: ['ndjson', 'json'],
    packages: [],
    messages: () =>
      Promise.resolve(
        LINES.map((lines) => lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
      ),
    decode: (data) =>
      data
        .toString()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => ({ value: JSON.parse(line) as unknown })),
  }),
  feedEntry({
    name: 'xml',
    stack: ['xml'],
    packages: [],
    played: 'stanzas of RFC 7395 by hand',
    messages: () => Promise.resolve(STANZAS),
    decode: (data) => [
      { kind: rootOf(data.toString().replace(/<\?.*\?>/u, '')), value: data.toString() },
    ],
  }),
  feedEntry({
    name: 'form',
    stack: ['form'],
    packages: [],
    played: 'URLSearchParams of Node.js',
    messages: () => Promise.resolve(FORMS.map((form) => new URLSearchParams(form).toString())),
    decode: (data) => [{ value: Object.fromEntries(new URLSearchParams(data.toString())) }],
  }),
  feedEntry({
    name: 'image',
    stack: ['image'],
    packages: [],
    played: "the extension's icons",
    messages: () => Promise.resolve([icon(16), icon(32), icon(48)]),
    decode: (data) => [{ value: data }],
  }),
  feedEntry({
    name: 'audio',
    stack: ['audio'],
    packages: [],
    played: 'RIFF files by hand',
    messages: () => Promise.resolve([wave(400), wave(20)]),
    decode: (data) => [{ value: data }],
  }),
];
