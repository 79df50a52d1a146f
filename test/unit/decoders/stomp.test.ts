import { describe, expect, it } from 'vitest';
import { stompCodec } from '../../../src/decoders/stomp-codec.ts';
import { linesOf } from '../../protocols/fixture.ts';

const carrier = { transport: 'websocket', url: 'ws://host/' } as const;
const read = (...payloads: (string | Uint8Array)[]): string[] => {
  const reader = stompCodec.createReader(carrier);
  return payloads.flatMap((payload) => linesOf(reader.read({ direction: 'received', payload })));
};
const bytes = (text: string) => new TextEncoder().encode(text);

describe('STOMP', () => {
  it('reads a frame that comes in several messages, once', () => {
    expect(read('MESSAGE\nsubscription:1\ndest', 'ination:/a\n\nhel', 'lo\0')).toEqual([
      'stomp: MESSAGE “/a” | “/a” | next 1 (asked: sent)',
    ]);
  });

  it('reads several frames of one message, and the newlines between them', () => {
    expect(read('SEND\ndestination:/a\n\n1\0\n\nSEND\r\ndestination:/b\r\n\r\n2\0\n')).toEqual([
      'stomp: SEND “/a” | “/a”',
      'stomp: SEND “/b” | “/b”',
    ]);
  });

  it('counts content-length in bytes, with NULs in the body', () => {
    const reader = stompCodec.createReader(carrier);
    const [part] = reader.read({
      direction: 'sent',
      payload: bytes('SEND\ndestination:/a\ncontent-length:5\n\n€\0!\0'),
    }).parts;
    expect(part?.layers[0]?.content).toEqual({ as: 'payload', payload: bytes('€\0!') });
  });

  it('takes escapes out of headers, but not of CONNECT', () => {
    expect(read('SEND\ndestination:a\\cb\\n\\\\n\n\n\0')).toEqual([
      'stomp: SEND “a:b\n\\n” | “a:b\n\\n”',
    ]);
    expect(read('CONNECTED\nversion:1.2\\c\n\n\0')).toEqual([
      'stomp: CONNECTED “1.2\\c” | “CONNECTED” | control',
    ]);
  });

  it('names a message by the destination of its subscription where the broker leaves it out', () => {
    const reader = stompCodec.createReader(carrier);
    const sub = 'SUBSCRIBE\nid:7\ndestination:/topic\n\n\0';
    reader.read({ direction: 'sent', payload: sub });
    const message = 'MESSAGE\nsubscription:7\nmessage-id:1\n\nx\0';
    const { parts } = reader.read({ direction: 'received', payload: message });
    expect(parts[0]?.kind).toBe('/topic');
  });

  it('says where it is no STOMP', () => {
    expect(read('hello world\n\n')).toEqual([
      'failure at 0 in stomp: a STOMP command was expected',
    ]);
    expect(read('SEND\ncontent-length:1\n\nab\0')).toEqual([
      'failure at 24 in stomp: a NUL was expected after the body',
    ]);
  });

  it('an ERROR that names a receipt is the failure of what asked for it', () => {
    expect(read('ERROR\nreceipt-id:77\nmessage:bad\n\n\0')).toEqual([
      'stomp: ERROR “77” | “ERROR” | fail receipt 77 (asked: sent)',
    ]);
  });
});
