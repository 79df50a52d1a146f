import { describe, expect, it } from 'vitest';
import { grpcWebCodec } from '../../../../src/decoders/grpc-web-codec.ts';
import { linesOf } from '../../../protocols/fixture.ts';

const carrier = { transport: 'fetch-stream', url: 'https://host/market.Feed/Watch' } as const;
const frame = (flags: number, body: string) => {
  const bytes = Buffer.from(body);
  const header = Buffer.alloc(5);
  header.writeUInt8(flags);
  header.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([header, bytes]);
};
const received = (payload: string | Uint8Array) => ({ direction: 'received', payload }) as const;

describe('gRPC-Web', () => {
  it('puts the text form together, wherever it is cut', () => {
    const text =
      frame(0, 'first').toString('base64') + frame(0x80, 'grpc-status: 5\r\n').toString('base64');
    for (let cut = 0; cut <= text.length; cut += 1) {
      const reader = grpcWebCodec.createReader(carrier);
      const lines = [text.slice(0, cut), text.slice(cut)].flatMap((piece) =>
        linesOf(reader.read(received(piece))),
      );
      expect(lines).toEqual([
        'grpc-web: response, 5 bytes | “Watch” | next call (asked: sent)',
        'grpc-web: trailers, grpc-status 5 | “trailers” | fail call (asked: sent)',
      ]);
    }
  });

  it('reads the end of a Connect stream, and whether it is an error', () => {
    const reader = grpcWebCodec.createReader(carrier);
    expect(linesOf(reader.read(received(new Uint8Array(frame(2, '{}')))))).toEqual([
      'grpc-web: end of the stream | “end-stream” | complete call (asked: sent)',
    ]);
    const error = new Uint8Array(frame(2, '{"error":{"code":"internal"}}'));
    expect(linesOf(reader.read(received(error)))[0]).toContain('fail call');
  });

  it('says of flags that there are not where they stand', () => {
    const { failure } = grpcWebCodec
      .createReader(carrier)
      .read(received(new Uint8Array(frame(0x44, 'x'))));
    expect(failure).toEqual({ offset: 0, reason: 'there are no flags 0x44', layer: 'grpc-web' });
  });

  it('holds no frame that has no end', () => {
    const reader = grpcWebCodec.createReader(carrier);
    const endless = Uint8Array.from([0, 0xff, 0xff, 0xff, 0xff]);
    expect(reader.read(received(endless))).toEqual({ parts: [] });
    const { failure } = reader.read(received(new Uint8Array(17 * 1024 * 1024)));
    expect(failure?.reason).toBe('a frame of more than 16 MiB');
  });
});
