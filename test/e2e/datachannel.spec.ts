import { Buffer } from 'node:buffer';
import type { MessageFact } from '../../src/core/facts.ts';
import type { Session } from '../../src/core/session.ts';
import { expect, sessionIn, test, untilMessages } from './fixtures.ts';

/** What the page itself kept of a message: the side, the direction, and the bytes in base64. */
type Kept = [side: string, direction: string, bytes: string];

/** Two peers in one page talk over two channels, and end in each of the ways. */
async function talk(): Promise<Kept[]> {
  const kept: Kept[] = [];
  const keep = async (side: string, direction: string, data: unknown) => {
    const place = kept.push([side, direction, '']) - 1;
    const bytes = new Uint8Array(await new Blob([data as BlobPart]).arrayBuffer());
    kept[place] = [side, direction, btoa(String.fromCharCode(...bytes))];
  };
  const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()];
  const pass = (to: RTCPeerConnection) => (event: RTCPeerConnectionIceEvent) =>
    void to.addIceCandidate(event.candidate);
  here.onicecandidate = pass(there);
  there.onicecandidate = pass(here);
  const heard = (target: EventTarget, type: string) =>
    new Promise<Event>((resolve) => {
      target.addEventListener(type, resolve, { once: true });
    });
  const follow = (side: string, channel: RTCDataChannel) => {
    channel.addEventListener('message', ({ data }) => void keep(side, 'received', data));
  };
  const send = async (side: string, from: RTCDataChannel, to: RTCDataChannel, data: unknown) => {
    void keep(side, 'sent', data);
    const arrived = heard(to, 'message');
    from.send(data as string);
    await arrived;
  };

  const chat = here.createDataChannel('chat', { protocol: 'talk' });
  const isOpen = heard(chat, 'open');
  const came = heard(there, 'datachannel');
  await here.setLocalDescription();
  await there.setRemoteDescription(here.localDescription ?? { type: 'offer' });
  await there.setLocalDescription();
  await here.setRemoteDescription(there.localDescription ?? { type: 'offer' });
  const { channel: theirChat } = (await came) as RTCDataChannelEvent;
  await isOpen;
  follow('chat here', chat);
  follow('chat there', theirChat);
  await send('chat here', chat, theirChat, 'good morning, “Ada”');
  await send('chat here', chat, theirChat, new Uint8Array([0, 1, 2, 255]));
  await send('chat there', theirChat, chat, new Uint8Array([9, 8]).buffer);
  chat.binaryType = 'blob';
  await send('chat there', theirChat, chat, new Uint8Array([7, 7, 7]));
  await send('chat there', theirChat, chat, new Blob(['of a blob']));

  const [mine, theirs] = [
    here.createDataChannel('game state', {
      negotiated: true,
      id: 7,
      ordered: false,
      maxRetransmits: 0,
    }),
    there.createDataChannel('game state', {
      negotiated: true,
      id: 7,
      ordered: false,
      maxRetransmits: 0,
    }),
  ];
  await Promise.all(
    [mine, theirs].map((one) =>
      one.readyState === 'open' ? Promise.resolve() : heard(one, 'open'),
    ),
  );
  follow('game here', mine);
  follow('game there', theirs);
  for (let i = 0; i < 20; i += 1) await send('game here', mine, theirs, `move ${i}`);

  const chatEnds = Promise.all([heard(chat, 'close'), heard(theirChat, 'close')]);
  chat.close();
  await chatEnds;
  const theirEnd = heard(theirs, 'close');
  here.close();
  await theirEnd;
  there.close();
  return kept;
}

function messagesOf(session: Session, connection: number): MessageFact[] {
  return [...session.facts()].filter(
    (fact): fact is MessageFact => fact.kind === 'message' && fact.connection === connection,
  );
}

const base64 = (payload: string | Uint8Array | null) =>
  Buffer.from(payload ?? '(none)').toString('base64');

test('data channels of two peers stand in the session as the page knows them', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  const kept = await page.evaluate(talk);
  expect(kept).toHaveLength(50);
  await untilMessages(devtools, kept.length);
  await devtools.panel.until(
    `[...document.querySelectorAll('[data-channel]')].filter((row) => row.dataset.state === 'closed').length === 4`,
  );
  const session = await sessionIn(devtools);
  const connections = [...session.connections.values()];
  expect(connections.map(({ transport, url, endedBy }) => [transport, url, endedBy])).toEqual([
    ['datachannel', 'datachannel:chat', 'page'],
    ['datachannel', 'datachannel:chat?id=1', 'unknown'],
    ['datachannel', 'datachannel:game%20state?id=7&ordered=false&maxRetransmits=0', 'page'],
    ['datachannel', 'datachannel:game%20state?id=7&ordered=false&maxRetransmits=0', 'network'],
  ]);
  expect(connections.map(({ subprotocol }) => subprotocol)).toEqual(['talk', 'talk', '', '']);
  expect(connections[3]?.closeReason).toContain('Close called');
  for (const [index, side] of ['chat here', 'chat there', 'game here', 'game there'].entries()) {
    const seen = messagesOf(session, connections[index]?.id ?? 0);
    for (const direction of ['sent', 'received']) {
      expect(
        seen.filter((one) => one.direction === direction).map(({ payload }) => base64(payload)),
        `${direction}, ${side}`,
      ).toEqual(
        kept.filter(([of, way]) => of === side && way === direction).map(([, , bytes]) => bytes),
      );
    }
  }
});

test('a transport that cannot connect stands in the session as failed', async ({
  lab,
  page,
  openPanel,
}) => {
  const devtools = await openPanel(page);
  await page.goto(`${lab.origin}/blank`);
  await page.evaluate(async () => {
    const refused = new WebTransport('https://127.0.0.1:1/refused?x=1');
    await Promise.allSettled([refused.ready, refused.closed]);
    const given = new WebTransport('https://127.0.0.1:1/given-up');
    given.close({ closeCode: 4, reason: 'enough' });
    await Promise.allSettled([given.ready, given.closed]);
  });
  await devtools.panel.until(
    `[...document.querySelectorAll('[data-channel]')].filter((row) => row.dataset.state === 'failed').length === 2`,
  );
  const session = await sessionIn(devtools);
  expect([...session.connections.values()]).toMatchObject([
    { transport: 'webtransport', url: 'https://127.0.0.1:1/refused?x=1', endedBy: 'unknown' },
    { transport: 'webtransport', url: 'https://127.0.0.1:1/given-up', endedBy: 'page' },
  ]);
  expect([...session.frames.values()].flatMap(({ failures }) => failures)).toEqual([]);
});
