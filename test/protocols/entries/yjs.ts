import { createServer } from 'node:http';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket, WebSocketServer } from 'ws';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

const SYNC = 0;
const AWARENESS = 1;

export const YJS_ENTRIES: readonly ProtocolEntry[] = [
  {
    name: 'yjs',
    stack: ['yjs'],
    packages: ['yjs', 'y-protocols', 'y-websocket'],
    picks: () => true,
    run: talkYjs,
  },
];

async function talkYjs({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const server = createServer();
  const theirs = serveDocument(new WebSocketServer({ server }));
  const host = await proxy(server);
  atEnd(() => server.close());
  const doc = new Y.Doc();
  doc.clientID = 1;
  const provider = new WebsocketProvider(`ws://${host}/docs`, 'notes', doc, {
    WebSocketPolyfill: WebSocket as never,
    disableBc: true,
  });
  atEnd(() => provider.destroy());
  atEnd(() => theirs.destroy());
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()));
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    tell(origin === provider ? 'received' : 'sent', 'update', inWords(update));
  });
  let isOver = false;
  provider.awareness.on('change', (changes: Record<string, number[]>, origin: unknown) => {
    if (isOver) return;
    const clients = Object.values(changes).flat();
    const states = clients.map((client) => ({
      client,
      clock: provider.awareness.meta.get(client)?.clock,
      state: provider.awareness.states.get(client) ?? null,
    }));
    tell(origin === provider ? 'received' : 'sent', 'awareness', states);
  });
  const text = doc.getText('text');
  text.insert(0, 'hello “you”');
  text.format(0, 5, { bold: true });
  text.delete(2, 3);
  const map = doc.getMap('map');
  map.set('tea', { kind: 'green', cups: [1, 2.5, -300, null, true, 9007199254740993n] });
  map.set('bytes', new Uint8Array([1, 2, 250]));
  map.set('inner', new Y.XmlElement('p'));
  await told(6);
  provider.awareness.setLocalState({ name: 'ann', cursor: { at: 3 } });
  await told(7);
  theirs.doc.getText('text').insert(0, 'theirs: ');
  theirs.doc.getArray('list').push(['a', 'b', { deep: [1] }]);
  theirs.awareness.setLocalState({ name: 'server', busy: true });
  await told(10);
  provider.awareness.setLocalState(null);
  await told(11);
  // Whoever leaves sees all others go.
  isOver = true;
  while (theirs.awareness.states.has(1)) await new Promise((resolve) => setTimeout(resolve, 5));
}

function serveDocument(sockets: WebSocketServer) {
  const doc = new Y.Doc();
  doc.clientID = 2;
  doc.getText('text').insert(0, 'from the server; ');
  const awareness = new Awareness(doc);
  awareness.setLocalState(null);
  const tell = (type: number, write: (encoder: encoding.Encoder) => void) => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, type);
    write(encoder);
    // Nothing but the type of the message is no answer.
    if (encoding.length(encoder) === 1) return;
    for (const socket of sockets.clients) socket.send(encoding.toUint8Array(encoder));
  };
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== sockets) tell(SYNC, (encoder) => writeUpdate(encoder, update));
  });
  awareness.on('update', (changes: Record<string, number[]>, origin: unknown) => {
    if (origin === sockets) return;
    const update = encodeAwarenessUpdate(awareness, Object.values(changes).flat());
    tell(AWARENESS, (encoder) => encoding.writeVarUint8Array(encoder, update));
  });
  sockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const decoder = decoding.createDecoder(new Uint8Array(data));
      const type = decoding.readVarUint(decoder);
      if (type === SYNC) tell(SYNC, (encoder) => readSyncMessage(decoder, encoder, doc, sockets));
      if (type === AWARENESS) {
        applyAwarenessUpdate(awareness, decoding.readVarUint8Array(decoder), sockets);
      }
    });
    tell(SYNC, (encoder) => writeSyncStep1(encoder, doc));
  });
  return { doc, awareness, destroy: () => awareness.destroy() };
}

/** What Yjs itself reads in an update, in the words of the decoder. */
function inWords(update: Uint8Array): unknown {
  const { structs, ds } = Y.decodeUpdate(update);
  return {
    items: structs.map((struct) =>
      struct instanceof Y.Item ? itemInWords(struct) : { id: idOf(struct.id) },
    ),
    deleted: [...ds.clients].flatMap(([client, ranges]) =>
      ranges.map(({ clock, len }) => ({ id: `${client}:${clock}`, length: len })),
    ),
  };
}

const idOf = ({ client, clock }: { client: number; clock: number }) => `${client}:${clock}`;

function itemInWords(item: Y.Item): object {
  const { origin, rightOrigin, content } = item;
  const parent: unknown = item.parent;
  return {
    id: idOf(item.id),
    parent: parent instanceof Y.ID ? { tag: 'item', value: idOf(parent) } : (parent ?? undefined),
    key: item.parentSub ?? undefined,
    after: origin === null ? undefined : idOf(origin),
    before: rightOrigin === null ? undefined : idOf(rightOrigin),
    ...contentInWords(content),
  };
}

function contentInWords(content: Y.Item['content']): object {
  if (content instanceof Y.ContentString) return { text: content.str };
  if (content instanceof Y.ContentAny) return { values: content.arr };
  if (content instanceof Y.ContentBinary) return { bytes: content.content };
  if (content instanceof Y.ContentDeleted) return { deleted: content.len };
  if (content instanceof Y.ContentFormat) {
    return { format: { [content.key]: JSON.stringify(content.value) } };
  }
  if (content instanceof Y.ContentType) return { type: 'XmlElement', name: 'p' };
  throw new Error('the entry has no words for it');
}
