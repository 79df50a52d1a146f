import type { Decoded, Failure, Part, ProtocolId, WireMessage } from '../core/decoded/decoded.ts';
import { carriedBy } from './choose.ts';
import type { Carrier, Reader } from './decoder.ts';
import { unfold } from './formats/unfold.ts';
import { decoderOf } from './registry.ts';

/**
 * Reads with a stack of decoders, carriers first; what the innermost one hands on, and all payloads where the
 * stack is empty, are unfolded by the formats that show themselves.
 */
export async function createStackReader(
  stack: readonly ProtocolId[],
  carrier: Carrier,
): Promise<Reader> {
  const readers: Reader[] = [];
  for (const id of stack) {
    const codec = await decoderOf(id)?.load();
    if (codec !== undefined) readers.push(codec.createReader(carrier));
  }

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
      return carried.parts.length === 0
        ? [closed(part)]
        : carried.parts.map((each) => join(part, each));
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
const join = (outer: Part, inner: Part): Part => ({
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
