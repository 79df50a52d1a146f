import type { PairStep } from '../core/decoded/decoded.ts';
import { fieldsOf } from '../core/decoded/data.ts';
import { createJsonCodec, type ReadObject } from './json-codec.ts';
import { contentOf } from './json-content.ts';
import { isRecord, readJson } from './json-parts.ts';
import { pairStep, quoted } from './result.ts';

const STEPS: Readonly<Record<string, PairStep['step']>> = {
  subscribe: 'subscribe',
  unsubscribe: 'cancel',
  confirm_subscription: 'answer',
  reject_subscription: 'fail',
};

const read: ReadObject = (object) => {
  const { type, command, identifier, data } = object.value;
  const word = typeof command === 'string' ? command : typeof type === 'string' ? type : undefined;
  if (word === undefined && typeof identifier !== 'string') return undefined;
  const channel = channelOf(identifier);
  const action = command === 'message' ? actionOf(data) : undefined;
  const isMessage = word === undefined || word === 'message';
  const isHeartbeat = type === 'ping';
  const step = isMessage ? (command === undefined ? 'next' : undefined) : STEPS[word];
  const content = contentOf(object, 'data') ?? contentOf(object, 'message');
  const kind = isMessage ? [channel ?? 'message', action].filter(Boolean).join('#') : word;
  const about = channel === undefined ? '' : ` ${quoted(channel)}`;
  return {
    kind,
    ...(typeof identifier === 'string' &&
      step !== undefined && { pair: pairStep(step, identifier, 'sent') }),
    ...(isHeartbeat && { isHeartbeat }),
    ...(!isMessage && !isHeartbeat && { isControl: true }),
    layers: [
      {
        protocol: 'actioncable',
        summary: `${word ?? 'message'}${action === undefined ? '' : ` ${quoted(action)}`}${about}`,
        fields: fieldsOf({
          ...(typeof command === 'string' && { command }),
          ...(typeof type === 'string' && { type }),
          ...(typeof identifier === 'string' && { identifier }),
        }),
        ...(content !== undefined && { content }),
      },
    ],
  };
};

/** An identifier is a JSON text with the channel's name and its parameters. */
function channelOf(identifier: unknown): string | undefined {
  const json = typeof identifier === 'string' ? readJson(identifier) : undefined;
  const channel = isRecord(json) ? json['channel'] : undefined;
  return typeof channel === 'string' ? channel : undefined;
}

function actionOf(data: unknown): string | undefined {
  const json = typeof data === 'string' ? readJson(data) : undefined;
  const action = isRecord(json) ? json['action'] : undefined;
  return typeof action === 'string' ? action : undefined;
}

export const actionCableCodec = createJsonCodec('actioncable', () => read);
