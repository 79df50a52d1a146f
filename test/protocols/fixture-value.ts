import { type Data, isBytes, isList, isMap, isTagged } from '../../src/core/decoded/data.ts';
import type { Content } from '../../src/core/decoded/decoded.ts';

/** A library's value as a fixture holds it: bytes as `{ "base64": … }`, what has no JSON left out. */
export function asFixtureValue(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return { base64: Buffer.from(value).toString('base64') };
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value;
    return { base64: Buffer.from(buffer, byteOffset, byteLength).toString('base64') };
  }
  if (typeof value === 'bigint') return { bigint: String(value) };
  if (Array.isArray(value)) return value.map(asFixtureValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([name, each]) => [name, asFixtureValue(each)]));
}

/** Decoded data in the same words; what JSON has no word for keeps its tag. */
export function plainOf(data: Data): unknown {
  if (data === null || typeof data !== 'object') return asFixtureValue(data);
  if (isBytes(data)) return asFixtureValue(data);
  if (isList(data)) return data.map(plainOf);
  if (isTagged(data)) return { tag: data.tag, value: plainOf(data.value) };
  if (!isMap(data)) return data;
  return Object.fromEntries(
    data.entries.map(([key, value]) => [
      typeof key === 'string' ? key : JSON.stringify(plainOf(key)),
      plainOf(value),
    ]),
  );
}

/** What a layer carries, in the same words. */
export function plainContent(content: Content | undefined): unknown {
  switch (content?.as) {
    case undefined:
      return undefined;
    case 'json':
      return JSON.parse(content.text) as unknown;
    case 'data':
      return plainOf(content.data);
    case 'text':
      return content.text;
    case 'bytes':
    case 'media':
      return asFixtureValue(content.bytes);
    case 'payload':
      throw new Error('a result holds no payload that nobody looked at');
  }
}
