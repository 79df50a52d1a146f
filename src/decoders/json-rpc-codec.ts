import { type Data, fieldsOf } from '../core/decoded/data.ts';
import type { Decoded, PairStep, Part, ProtocolId } from '../core/decoded/decoded.ts';
import type { Direction } from '../core/facts.ts';
import { type Codec, MOST_PARTS } from './decoder.ts';
import { wordOf } from './json-content.ts';
import { isRecord, type JsonObject, readJsonList, readJsonObject } from './json-parts.ts';
import { lspHead } from './lsp-head.ts';
import { createRemembered } from './remembered.ts';
import { failed, onePart, otherSide, pairStep, quoted } from './result.ts';

const CONTROL =
  /^(?:initialized?|shutdown|exit|\$\/\w+|(?:un)?registerCapability|client\/\w+|notifications\/(?:initialized|cancelled)|logging\/setLevel)$/u;
const CANCEL: Readonly<Record<string, string>> = {
  '$/cancelRequest': 'id',
  'notifications/cancelled': 'requestId',
};

/** JSON-RPC 2.0 and what is made of it: answers are named by the method that they answer. */
export const createJsonRpcCodec = (protocol: ProtocolId): Codec => ({
  createReader: () => {
    const asked = createRemembered<string>();

    function readOne(
      object: JsonObject,
      direction: Direction,
      fields: Record<string, Data>,
    ): Part | undefined {
      const { method, error } = object.value;
      const id = wordOf(object.value['id']);
      if (typeof method === 'string') {
        if (id !== undefined) asked.set(`${direction} ${id}`, method);
        return request(object, method, direction, id, fields);
      }
      const isError = isRecord(error);
      if (!isError && !('result' in object.value)) return undefined;
      const asker = otherSide(direction);
      const answered = id === undefined ? undefined : asked.take(`${asker} ${id}`);
      const kind = `${isError ? 'error' : 'result'}${answered === undefined ? '' : ` of ${answered}`}`;
      const message =
        isError && typeof error['message'] === 'string' ? `: ${quoted(error['message'])}` : '';
      const text = object.slice(isError ? 'error' : 'result');
      return {
        kind,
        ...(id !== undefined && { pair: pairStep(isError ? 'fail' : 'answer', id, asker) }),
        ...(answered === 'ping' && { isHeartbeat: true }),
        ...(answered !== undefined && CONTROL.test(answered) && { isControl: true }),
        layers: [
          {
            protocol,
            summary: `${kind}${id === undefined ? '' : `, id ${id}`}${message}`,
            fields: fieldsOf({ ...fields, id }),
            ...(text !== undefined && { content: { as: 'json', text } }),
          },
        ],
      };
    }

    function request(
      object: JsonObject,
      method: string,
      direction: Direction,
      id: string | undefined,
      fields: Record<string, Data>,
    ): Part {
      const text = object.slice('params');
      const pair =
        id === undefined ? cancelOf(object, method, direction) : pairStep('ask', id, direction);
      const isHeartbeat = method === 'ping';
      return {
        kind: method,
        ...(pair !== undefined && { pair }),
        ...(isHeartbeat && { isHeartbeat }),
        ...(CONTROL.test(method) && { isControl: true }),
        layers: [
          {
            protocol,
            summary: id === undefined ? method : `${method}, id ${id}`,
            fields: fieldsOf({ ...fields, method, id }),
            ...(text !== undefined && { content: { as: 'json', text } }),
          },
        ],
      };
    }

    function readBatch(text: string, direction: Direction): Decoded {
      const list = readJsonList(text);
      const parts: Part[] = [];
      for (let index = 0; index < Math.min(list?.value.length ?? 0, MOST_PARTS); index += 1) {
        const object = readJsonObject(list?.slice(index) ?? '');
        const part =
          object === undefined ? undefined : readOne(object, direction, { batch: index });
        if (part === undefined)
          return failed(protocol, 0, `item ${index} is no call and no answer`, parts);
        parts.push(part);
      }
      return parts.length === 0 ? failed(protocol, 0, 'an empty batch') : { parts };
    }

    return {
      read: ({ payload, direction }) => {
        if (typeof payload !== 'string') return failed(protocol, 0, 'a text was expected');
        const head = lspHead(payload);
        const text = payload.slice(head.length);
        const object = readJsonObject(text);
        if (object === undefined) {
          return text.trimStart().startsWith('[')
            ? readBatch(text, direction)
            : failed(protocol, head.length, 'a JSON object or a batch was expected');
        }
        const part = readOne(object, direction, head === '' ? {} : { headers: head.trim() });
        return part === undefined
          ? failed(protocol, head.length, 'an object that is no call and no answer')
          : onePart(part);
      },
    };
  },
});

function cancelOf(
  { value }: JsonObject,
  method: string,
  direction: Direction,
): PairStep | undefined {
  const name = CANCEL[method];
  const params = value['params'];
  const id = name !== undefined && isRecord(params) ? wordOf(params[name]) : undefined;
  return id === undefined ? undefined : pairStep('cancel', id, direction);
}
