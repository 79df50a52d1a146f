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
];
