import { describe, expect, it } from 'vitest';
import type { Direction } from '../../../src/core/facts.ts';
import { centrifugo } from '../../../src/decoders/centrifugo.ts';
import { centrifugoCodec } from '../../../src/decoders/centrifugo-codec.ts';
import { linesOf } from '../../protocols/fixture.ts';

const carrier = { transport: 'websocket', url: 'ws://host/' } as const;
const read = (...messages: (readonly [Direction, string | Uint8Array])[]): string[] => {
  const reader = centrifugoCodec.createReader(carrier);
  return messages.flatMap(([direction, payload]) => linesOf(reader.read({ direction, payload })));
};

describe('Centrifugo', () => {
  it('reads several replies of one message, and a push as it stands in the text', () => {
    const push = '{"push":{"channel":"a","pub":{"data":{"n":1.50},"offset":3}}}';
    expect(read(['received', `{"id":1,"publish":{}}\n${push}\n{}`])).toEqual([
      'centrifugo: publish | “publish” | answer 1 (asked: sent)',
      'centrifugo: pub “a” | “a”',
      'centrifugo: ping | “ping” | heartbeat',
    ]);
    const reader = centrifugoCodec.createReader(carrier);
    const [part] = reader.read({ direction: 'received', payload: push }).parts;
    expect(part?.layers[0]?.content).toEqual({ as: 'json', text: '{"n":1.50}' });
  });

  it('names an error by what failed, where that was seen', () => {
    const error = ['received', '{"id":4,"error":{"code":108,"message":"no"}}'] as const;
    expect(read(error)).toEqual(['centrifugo: error “no” | “error” | fail 4 (asked: sent)']);
    expect(read(['sent', '{"id":4,"rpc":{"method":"add","data":1}}'], error)[1]).toBe(
      'centrifugo: error “no” | “add” | fail 4 (asked: sent)',
    );
  });

  it('says where a line or a message is none, after what is', () => {
    expect(read(['received', '{}\nhello'])).toEqual([
      'centrifugo: ping | “ping” | heartbeat',
      'failure at 3 in centrifugo: a JSON object was expected',
    ]);
    expect(read(['sent', Uint8Array.of(0, 9, 8)])).toEqual([
      'centrifugo: pong | “pong” | heartbeat',
      'failure at 2 in centrifugo: 9 bytes should follow, 1 are there',
    ]);
  });

  it('is not taken from calls that only have an id and a word of its own', () => {
    const look = (...texts: string[]) =>
      centrifugo.recognise({
        ...carrier,
        samples: texts.map((payload) => ({ direction: 'received', payload })),
      })?.confidence;
    expect(look('{"id":1,"ping":{}}', '{"id":2,"error":{}}')).toBeUndefined();
    expect(look('{"id":1,"connect":{}}', '{}')).toBe(0.9);
  });
});
