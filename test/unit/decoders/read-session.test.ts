import { describe, expect, it } from 'vitest';
import { createReport } from '../../../src/core/report.ts';
import { readSession } from '../../../src/decoders/read-session.ts';
import { aSession, type SessionBuilder } from '../../builders/session.ts';

async function channelOf(builder: SessionBuilder) {
  const session = builder.build();
  return createReport(session, await readSession(session)).channels[0];
}

describe('the report of what payloads mean', () => {
  it('names the protocol with its evidence, the kinds, and the latency of pairs', async () => {
    const builder = aSession().frame().websocket('wss://shop.test/live').opens();
    for (let id = 0; id < 4; id += 1) {
      builder
        .sends(JSON.stringify({ cmd: 'get', id }))
        .after(9)
        .receives(JSON.stringify({ id, ok: true }))
        .receives(JSON.stringify({ type: 'tick', n: id }));
    }
    const channel = await channelOf(builder.sends('{"cmd":"get","id":99}'));
    expect(channel?.protocol).toEqual({
      id: 'json',
      layers: ['json'],
      confidence: 0.6,
      evidence: ['13 of 13 texts looked at are whole JSON objects or lists'],
      failures: 0,
    });
    expect(
      channel?.kinds?.map(({ name, direction, messages }) => [name, direction, messages]),
    ).toEqual([
      ['get', 'sent', 5],
      ['{id, ok}', 'received', 4],
      ['tick', 'received', 4],
    ]);
    expect(channel?.pairs).toEqual({
      count: 5,
      failed: 0,
      unanswered: 1,
      latencyMs: { p50: 9, p95: 9, max: 9 },
      subscriptions: 0,
    });
  });

  it('says nothing where nothing was said, and does not stumble over payloads that are not here', async () => {
    const silent = await channelOf(aSession().frame().websocket('wss://shop.test/').opens());
    expect(silent).not.toHaveProperty('protocol');
    expect(silent?.kinds).toEqual([]);
    const gone = await channelOf(
      aSession()
        .frame()
        .websocket('wss://shop.test/')
        .opens()
        .receives('abc', { payload: null, payloadState: 'evicted' }),
    );
    expect(gone?.kinds).toEqual([]);
  });
});
