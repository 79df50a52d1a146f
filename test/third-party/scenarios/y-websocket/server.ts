import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocketServer } from 'ws';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import type { Scenario } from '../../scenario.ts';

const SYNC = 0;

export const Y_WEBSOCKET: Scenario = {
  title: 'y-websocket',
  page: 'y-websocket',
  serve: (server) => {
    const doc = new Y.Doc();
    doc.clientID = 2;
    const text = doc.getText('text');
    text.insert(0, 'from the server');
    const sockets = new WebSocketServer({ server });
    const tell = (write: (encoder: encoding.Encoder) => void) => {
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, SYNC);
      write(encoder);
      // Nothing but the type of the message is no answer.
      if (encoding.length(encoder) === 1) return;
      for (const socket of sockets.clients) socket.send(encoding.toUint8Array(encoder));
    };
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== sockets) tell((encoder) => writeUpdate(encoder, update));
    });
    sockets.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => {
        const decoder = decoding.createDecoder(new Uint8Array(data));
        if (decoding.readVarUint(decoder) !== SYNC) return;
        tell((encoder) => readSyncMessage(decoder, encoder, doc, sockets));
        if (text.toJSON().endsWith('ping')) text.insert(text.length, ', pong');
      });
      tell((encoder) => writeSyncStep1(encoder, doc));
    });
    return {
      say: (words) => {
        text.insert(0, words);
      },
      close: () => {
        sockets.close();
      },
    };
  },
  milestones: { connected: 2, synced: 2, wrote: 3, read: 3, close: 2, disconnected: 2, text: 1 },
  inSession: { websocket: 'websocket' },
};
