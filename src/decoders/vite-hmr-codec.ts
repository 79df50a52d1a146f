import { fieldsOf } from '../core/decoded/data.ts';
import { createJsonCodec, type ReadObject } from './json-codec.ts';
import { contentOf } from './json-content.ts';
import { isRecord } from './json-parts.ts';
import { quoted } from './result.ts';

const readVite: ReadObject = (object) => {
  const { type, event, updates, path } = object.value;
  if (typeof type !== 'string') return undefined;
  const custom = type === 'custom' && typeof event === 'string' ? event : undefined;
  const paths = Array.isArray(updates)
    ? updates.flatMap((each: unknown) =>
        isRecord(each) && typeof each['path'] === 'string' ? [each['path']] : [],
      )
    : typeof path === 'string'
      ? [path]
      : [];
  const [first] = paths;
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : '';
  const content =
    contentOf(object, 'updates') ??
    contentOf(object, 'data') ??
    contentOf(object, 'err') ??
    contentOf(object, 'paths');
  return {
    kind: custom ?? type,
    ...(type === 'ping' && { isHeartbeat: true }),
    ...(type === 'connected' && { isControl: true }),
    layers: [
      {
        protocol: 'vite-hmr',
        summary: `${custom ?? type}${first === undefined ? '' : ` ${quoted(first)}${more}`}`,
        fields: fieldsOf({ type, event: custom, ...(typeof path === 'string' && { path }) }),
        ...(content !== undefined && { content }),
      },
    ],
  };
};

export const viteHmrCodec = createJsonCodec('vite-hmr', () => readVite);
