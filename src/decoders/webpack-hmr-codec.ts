import { fieldsOf } from '../core/decoded/data.ts';
import type { Content, Part } from '../core/decoded/decoded.ts';
import type { Codec } from './decoder.ts';
import { createJsonCodec, type ReadObject } from './json-codec.ts';
import { membersAsData } from './json-content.ts';
import { isRecord, type JsonObject } from './json-parts.ts';
import { onePart, quoted } from './result.ts';
import { HEARTBEAT } from './webpack-hmr.ts';

/** How the client is to behave; said once, before anything of the build. */
const SETTINGS: ReadonlySet<string> = new Set([
  'hot',
  'liveReload',
  'reconnect',
  'overlay',
  'logging',
  'progress',
]);

const asJson = (text: string | undefined): Content | undefined =>
  text === undefined ? undefined : { as: 'json', text };

function partOf(
  kind: string,
  detail: string,
  told: Parameters<typeof fieldsOf>[0],
  content: Content | undefined,
): Part {
  return {
    kind,
    layers: [
      {
        protocol: 'webpack-hmr',
        summary: detail === '' ? kind : `${kind} ${detail}`,
        fields: fieldsOf(told),
        ...(content !== undefined && { content }),
      },
    ],
  };
}

/** One word on what a message of the dev server carries. */
function detailOf(data: unknown): string {
  if (Array.isArray(data)) return `(${data.length})`;
  if (typeof data === 'string') return quoted(data);
  if (typeof data === 'number' || typeof data === 'boolean') return String(data);
  if (!isRecord(data)) return '';
  const { percent, msg, pluginName } = data;
  if (typeof msg !== 'string') return '';
  const plugin = typeof pluginName === 'string' ? `${quoted(pluginName)} ` : '';
  return `${plugin}${typeof percent === 'number' ? `${percent} % ` : ''}${quoted(msg)}`;
}

const readDevServer = (type: string, object: JsonObject): Part => ({
  ...partOf(
    type,
    detailOf(object.value['data']),
    membersAsData(object, ['type', 'params']),
    asJson(object.slice('data')),
  ),
  ...(SETTINGS.has(type) && { isControl: true }),
});

const countIn = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

function readMiddleware(action: string, object: JsonObject): Part {
  const { name, errors, warnings } = object.value;
  const problems = [
    ...(countIn(errors) > 0 ? [`errors (${countIn(errors)})`] : []),
    ...(countIn(warnings) > 0 ? [`warnings (${countIn(warnings)})`] : []),
  ].join(', ');
  const bundle = typeof name === 'string' && name !== '' ? [quoted(name)] : [];
  const [carried = 'modules'] = ['errors', 'warnings'].filter(
    (member) => countIn(object.value[member]) > 0,
  );
  return partOf(
    action,
    [...bundle, ...(problems === '' ? [] : [problems])].join(' '),
    membersAsData(
      object,
      ['action', 'name', 'time', 'hash', 'errors', 'warnings', 'modules'].filter(
        (member) => member !== carried,
      ),
    ),
    asJson(object.slice(carried)),
  );
}

const readWebpack: ReadObject = (object) => {
  const { type, action } = object.value;
  if (typeof type === 'string') return readDevServer(type, object);
  return typeof action === 'string' ? readMiddleware(action, object) : undefined;
};

const objects = createJsonCodec('webpack-hmr', () => readWebpack);

const BEAT: Part = {
  kind: 'heartbeat',
  isHeartbeat: true,
  layers: [{ protocol: 'webpack-hmr', summary: 'heartbeat' }],
};

export const webpackHmrCodec: Codec = {
  createReader: (carrier) => {
    const { read } = objects.createReader(carrier);
    return {
      read: (message) => (message.payload === HEARTBEAT ? onePart(BEAT) : read(message)),
    };
  },
};
