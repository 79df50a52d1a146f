import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Stage } from '../../stage/stage.ts';

export default async function play({ ws, note, until, tell }: Stage): Promise<void> {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const text = doc.getText('text');
  text.observe(({ delta, transaction }) => {
    note(transaction.local ? 'wrote' : 'read', delta, text.toJSON());
  });
  const provider = new WebsocketProvider(`${ws}/docs`, 'notes', doc, {
    disableBc: true,
    maxBackoffTime: 1,
  });
  provider.on('status', ({ status }) => {
    note(status);
  });
  provider.on('sync', (isSynced) => {
    note(isSynced ? 'synced' : 'not synced');
  });
  provider.on('connection-close', (event) => {
    note('close', event);
  });
  provider.on('connection-error', (event) => {
    note('error', event);
  });

  await until('synced');
  text.insert(text.length, ' ping');
  await until('read', 2);
  await tell('drop');
  await until('connecting');
  text.insert(0, 'Écrit hors ligne 🌍: ');
  await until('synced', 2);
  text.insert(text.length, ' ping');
  await until('read', 3);
  note('text', text.toJSON());
  provider.disconnect();
  await until('disconnected', 2);
  provider.destroy();
}
