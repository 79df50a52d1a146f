import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Stage } from '../../third-party/stage/stage.ts';
import { readSettings } from './read-settings.ts';

export default async function play({ ws, variant, tell }: Stage): Promise<void> {
  const { policy } = readSettings(variant);
  const provider = new WebsocketProvider(`${ws}/docs`, 'notes', new Y.Doc(), {
    disableBc: true,
    maxBackoffTime: policy.capMs ?? 0,
  });
  await tell('play');
  provider.destroy();
}
