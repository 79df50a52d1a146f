import { encode } from '@msgpack/msgpack';
import { describe, expect, it } from 'vitest';
import { wampCodec } from '../../../src/decoders/wamp-codec.ts';
import { linesOf } from '../../protocols/fixture.ts';

const carrier = { transport: 'websocket', url: 'ws://host/' } as const;

describe('WAMP', () => {
  it('reads MessagePack as it reads JSON, progressive results as steps of one call', () => {
    const reader = wampCodec.createReader({ ...carrier, subprotocol: 'wamp.2.msgpack' });
    const call = reader.read({ direction: 'sent', payload: encode([48, 7, {}, 'a.sum', [1]]) });
    const part = reader.read({
      direction: 'received',
      payload: encode([50, 7, { progress: true }, [0.5]]),
    });
    expect([call, part].flatMap(linesOf)).toEqual([
      'wamp: CALL “a.sum” | “a.sum” | ask 7 (asked: sent)',
      'wamp: RESULT “a.sum” | “RESULT a.sum” | next 7 (asked: sent)',
    ]);
  });

  it('names no topic whose subscription it has not seen', () => {
    const reader = wampCodec.createReader(carrier);
    const event = reader.read({ direction: 'received', payload: '[36,5,6,{},["x"]]' });
    expect(linesOf(event)).toEqual(['wamp: EVENT | “EVENT”']);
  });

  it('says what is no message', () => {
    const reader = wampCodec.createReader(carrier);
    expect(linesOf(reader.read({ direction: 'sent', payload: '[99]' }))).toEqual([
      'failure at 0 in wamp: a list that begins with a message type was expected',
    ]);
  });
});
