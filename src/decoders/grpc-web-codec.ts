import { formatCountOf } from '../core/format.ts';
import { fieldsOf } from '../core/decoded/data.ts';
import type { Content, PairStep, Part } from '../core/decoded/decoded.ts';
import type { Direction } from '../core/facts.ts';
import type { Codec } from './decoder.ts';
import { utf8TextOf } from './formats/exact.ts';
import {
  COMPRESSED,
  createGrpcFrames,
  END_STREAM,
  type GrpcFrame,
  TRAILERS,
} from './formats/grpc-frames.ts';

/** gRPC-Web (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md) and the streams of Connect: one call a connection. */
export const grpcWebCodec: Codec = {
  createReader: ({ url }) => {
    const method = /\/([\w.]+)\/(\w+)(?:[?#]|$)/u.exec(url)?.[2];
    const frames = { sent: createGrpcFrames(), received: createGrpcFrames() };
    return {
      read: ({ payload, direction }) => {
        const taken = frames[direction].take(payload);
        return {
          parts: taken.frames.map((frame) => partOf(frame, direction, method)),
          ...(taken.stop !== undefined && { failure: { ...taken.stop, layer: 'grpc-web' } }),
        };
      },
    };
  },
};

function partOf(frame: GrpcFrame, direction: Direction, method: string | undefined): Part {
  const { flags, body } = frame;
  if ((flags & (TRAILERS | END_STREAM)) !== 0) return endOf(frame);
  const isCompressed = (flags & COMPRESSED) !== 0;
  const fields = fieldsOf({ compressed: isCompressed ? true : undefined, length: body.length });
  const step = direction === 'sent' ? 'subscribe' : 'next';
  return {
    layers: [
      {
        protocol: 'grpc-web',
        summary: `${direction === 'sent' ? 'request' : 'response'}, ${formatCountOf(body.length, 'byte')}`,
        fields,
        content: { as: 'payload', payload: body.slice() },
      },
    ],
    ...(method !== undefined && { kind: method }),
    pair: callStep(step),
  };
}

/** The page asks; a connection holds one call. */
const callStep = (step: PairStep['step']): PairStep => ({ step, id: 'call', asker: 'sent' });

/** Trailers, or Connect's last frame: how the call ended. */
function endOf({ flags, body }: GrpcFrame): Part {
  const text = (flags & COMPRESSED) === 0 ? utf8TextOf(body) : undefined;
  const isConnect = (flags & END_STREAM) !== 0;
  const headers = text === undefined || isConnect ? [] : headersIn(text);
  const status = headers.find(([name]) => name === 'grpc-status')?.[1];
  const isError = isConnect ? hasError(text) : status !== undefined && status !== '0';
  const content: Content =
    text === undefined
      ? { as: 'bytes', bytes: body.slice() }
      : isConnect
        ? { as: 'json', text }
        : { as: 'data', data: { entries: headers } };
  return {
    layers: [
      {
        protocol: 'grpc-web',
        summary: status === undefined ? 'end of the stream' : `trailers, grpc-status ${status}`,
        content,
      },
    ],
    kind: isConnect ? 'end-stream' : 'trailers',
    pair: callStep(isError ? 'fail' : 'complete'),
  };
}

function headersIn(text: string): [string, string][] {
  return text
    .split(/\r?\n/u, 200)
    .filter((line) => line.includes(':'))
    .map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    });
}

function hasError(text: string | undefined): boolean {
  try {
    const end: unknown = JSON.parse(text ?? '');
    return typeof end === 'object' && end !== null && 'error' in end;
  } catch {
    return false;
  }
}
