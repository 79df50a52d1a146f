import { formatCountOf } from '../../core/format.ts';
import type { Failure, Layer } from '../../core/decoded/decoded.ts';
import type { Payload } from '../../core/facts.ts';
import { base64Layer, base64Of } from './base64-text.ts';
import { findGzip, findZlib, findZstd } from './compressed.ts';
import { utf8TextOf } from './exact.ts';
import { findForm } from './form-text.ts';
import type { Found, Look } from './format.ts';
import { findJson, findJsonLines } from './json-text.ts';
import { findAudio, findImage } from './media.ts';
import { isPrintable } from './printable.ts';
import { findCbor, findMsgpack, findProtobuf } from './value-formats.ts';
import { findXml } from './xml-text.ts';

/** The formats that a payload shows by itself, outermost first; the last layer holds the content. */
export interface Unfolded {
  readonly layers: readonly Layer[];
  readonly failure?: Failure;
}

/** Formats inside formats; what lies deeper is shown as it is. */
const MOST_LAYERS = 8;

/** In their order: magic before shape, and what says more about itself first. */
const TEXT_FORMATS: readonly Look<string>[] = [
  findJson,
  findJsonLines,
  findXml,
  findForm,
  findBase64,
];
const BYTE_FORMATS: readonly Look<Uint8Array>[] = [
  findGzip,
  findZstd,
  findImage,
  findAudio,
  findUtf8,
  findZlib,
  findMsgpack,
  findCbor,
  findProtobuf,
];

/** Looks at one payload alone, and claims only what chance does not make. */
export function unfold(payload: Payload): Unfolded {
  const layers: Layer[] = [];
  let inside: Payload | undefined = payload;
  let failure: Failure | undefined;
  while (inside !== undefined) {
    const found: Found =
      (layers.length < MOST_LAYERS ? lookInto(inside) : undefined) ?? plain(inside);
    const { layer, stop } = found;
    if (stop !== undefined) failure ??= { ...stop, layer: layer.protocol };
    const { content } = layer;
    inside = content?.as === 'payload' ? content.payload : undefined;
    layers.push(inside === undefined ? layer : withoutContent(layer));
  }
  return { layers, ...(failure !== undefined && { failure }) };
}

function lookInto(payload: Payload): Found | undefined {
  return typeof payload === 'string'
    ? firstOf(TEXT_FORMATS, payload)
    : firstOf(BYTE_FORMATS, payload);
}

function firstOf<P>(formats: readonly Look<P>[], payload: P): Found | undefined {
  for (const look of formats) {
    const found = look(payload);
    if (found !== undefined) return found;
  }
  return undefined;
}

function plain(payload: Payload): Found {
  if (typeof payload === 'string') {
    return { layer: { protocol: 'text', summary: '', content: { as: 'text', text: payload } } };
  }
  const summary = formatCountOf(payload.length, 'byte');
  return { layer: { protocol: 'binary', summary, content: { as: 'bytes', bytes: payload } } };
}

function withoutContent({ protocol, summary, fields }: Layer): Layer {
  return { protocol, summary, ...(fields !== undefined && { fields }) };
}

/** Fewer bytes are letters by chance. */
const SHORTEST_UTF8 = 4;

/** Text that came as bytes. */
function findUtf8(bytes: Uint8Array): Found | undefined {
  const text = bytes.length < SHORTEST_UTF8 ? undefined : utf8TextOf(bytes);
  if (text === undefined || !isPrintable(text)) return undefined;
  const summary = `UTF-8, ${formatCountOf(bytes.length, 'byte')}`;
  return { layer: { protocol: 'text', summary, content: { as: 'payload', payload: text } } };
}

/** Base64 is claimed where it is long and mixed, or where something that is known is inside. */
function findBase64(text: string): Found | undefined {
  const base64 = base64Of(text);
  if (base64 === undefined) return undefined;
  return base64.isSure || lookInto(base64.bytes) !== undefined ? base64Layer(base64) : undefined;
}
