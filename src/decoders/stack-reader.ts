import type { Decoded, Failure, Part, ProtocolId, WireMessage } from '../core/decoded/decoded.ts';
import { carriedBy } from './choose.ts';
import type { Carrier, Codec, Reader } from './decoder.ts';
import { unfold } from './formats/unfold.ts';
import { decoderOf } from './registry.ts';

/**
 * Reads with a stack of decoders, carriers first; what the innermost one hands on, and all payloads where the
 * stack is empty, are unfolded by the formats that show themselves.
 */
export async function loadStack(stack: readonly ProtocolId[]): Promise<Codec> {
  const decoders = stack.map(decoderOf).filter((decoder) => decoder !== undefined);
  const codecs = await Promise.all(decoders.map((decoder) => decoder.load()));
  return { createReader: (carrier) => joined(codecs.map((codec) => codec.createReader(carrier))) };
}

/** Of one connection. */
export async function createStackReader(
  stack: readonly ProtocolId[],
  carrier: Carrier,
): Promise<Reader> {
  return (await loadStack(stack)).createReader(carrier);
}

function joined(readers: readonly Reader[]): Reader {
  function readWith(depth: number, message: WireMessage): Decoded {
    const reader = readers[depth];
    if (reader === undefined) return unfolded(message);
    const { parts, failure } = reader.read(message);
    const failures: Failure[] = failure === undefined ? [] : [failure];
    const inner = parts.flatMap((part) => {
      const payload = carriedBy(part);
      if (payload === undefined) return [part];
      const carried = readWith(depth + 1, { ...message, payload });
      if (carried.failure !== undefined) failures.push(carried.failure);
      if (carried.parts.length === 0) return [closed(part)];
      return carried.parts.map((each) => nested(part, each));
    });
    const [first] = failures;
    return { parts: inner, ...(first !== undefined && { failure: first }) };
  }

  return { read: (message) => readWith(0, message) };
}

function unfolded({ payload }: WireMessage): Decoded {
  const { layers, failure } = unfold(payload);
  return {
    parts: layers.length === 0 ? [] : [{ layers }],
    ...(failure !== undefined && { failure }),
  };
}

/** What is inside stands in the layers of what is around it; the inner one names it better. */
const nested = (outer: Part, inner: Part): Part => ({
  ...outer,
  ...inner,
  layers: [...withoutPayload(outer), ...inner.layers],
});

function withoutPayload({ layers }: Part): Part['layers'] {
  return layers.map(({ content, ...layer }) =>
    content === undefined || content.as === 'payload' ? layer : { ...layer, content },
  );
}

/** Nobody could say what it carries: it is shown as it is. */
const closed = (part: Part): Part => ({
  ...part,
  layers: part.layers.map((layer) => {
    if (layer.content?.as !== 'payload') return layer;
    const { payload } = layer.content;
    return {
      ...layer,
      content:
        typeof payload === 'string'
          ? { as: 'text', text: payload }
          : { as: 'bytes', bytes: payload },
    };
  }),
});
