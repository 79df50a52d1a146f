import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { openBrowserPage } from '../in-browser.ts';
import type { ProtocolEntry, Stage } from '../protocol-entry.ts';

const CLIPS = 2;

/** Voice notes: a browser records a tone, and sends each recording as one message. */
export const AUDIO_ENTRIES: readonly ProtocolEntry[] = [
  {
    name: 'audio',
    stack: ['audio'],
    packages: ['ws'],
    played: 'MediaRecorder of Chromium',
    picks: ({ carrier }) => carrier.transport === 'websocket',
    run: sendVoiceNotes,
  },
];

async function sendVoiceNotes({ proxy, tell, told, atEnd }: Stage): Promise<void> {
  const server = createServer((_asked, answer) => {
    answer.writeHead(200, { 'content-type': 'text/html' }).end('<title>notes</title>');
  });
  new WebSocketServer({ server });
  atEnd(() => server.close());
  const host = await proxy(server);
  const page = await openBrowserPage(host, atEnd);
  await page.exposeFunction('recorded', (base64: string) => {
    tell('sent', '', Buffer.from(base64, 'base64'));
  });
  await page.evaluate(
    async ({ url, clips }) => {
      const socket = new WebSocket(url);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      const context = new AudioContext();
      const tone = new OscillatorNode(context, { frequency: 440 });
      const heard = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
      tone.connect(heard);
      tone.start();
      for (let clip = 0; clip < clips; clip += 1) {
        const recorder = new MediaRecorder(heard.stream, { audioBitsPerSecond: 6000 });
        const recorded = new Promise<Blob>((resolve) => {
          recorder.addEventListener('dataavailable', ({ data }) => {
            resolve(data);
          });
        });
        recorder.start();
        await new Promise((resolve) => setTimeout(resolve, 300));
        recorder.stop();
        const bytes = new Uint8Array(await (await recorded).arrayBuffer());
        socket.send(bytes);
        const { recorded: report } = globalThis as unknown as {
          recorded: (base64: string) => Promise<void>;
        };
        await report(btoa(String.fromCharCode(...bytes)));
      }
    },
    { url: `ws://${host}/notes`, clips: CLIPS },
  );
  await told(CLIPS);
}
