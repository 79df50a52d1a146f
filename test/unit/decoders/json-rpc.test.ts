import { describe, expect, it } from 'vitest';
import type { ProtocolId } from '../../../src/core/decoded/decoded.ts';
import { chooseDecoders } from '../../../src/decoders/choose.ts';
import { createStackReader } from '../../../src/decoders/stack-reader.ts';
import { linesOf } from '../../protocols/fixture.ts';

const carrier = { transport: 'websocket', url: 'ws://host/' } as const;
const sent = (payload: string) => ({ direction: 'sent', payload }) as const;
const received = (payload: string) => ({ direction: 'received', payload }) as const;
const read = async (
  stack: ProtocolId,
  ...messages: ReturnType<typeof sent | typeof received>[]
) => {
  const reader = await createStackReader([stack], carrier);
  return messages.flatMap((message) => linesOf(reader.read(message)));
};

describe('JSON-RPC', () => {
  it('reads batches part by part, and keeps the ids of both sides apart', async () => {
    const batch = '[{"jsonrpc":"2.0","method":"a","id":1},{"jsonrpc":"2.0","method":"note"}]';
    const lines = await read(
      'json-rpc',
      sent(batch),
      received('{"jsonrpc":"2.0","method":"b","id":1}'),
      received('[{"jsonrpc":"2.0","id":1,"result":null}]'),
    );
    expect(lines).toEqual([
      'json-rpc: a, id 1 | “a” | ask 1 (asked: sent)',
      'json-rpc: note | “note”',
      'json-rpc: b, id 1 | “b” | ask server 1 (asked: received)',
      'json-rpc: result of a, id 1 | “result of a” | answer 1 (asked: sent)',
    ]);
  });

  it('names no method that it has not seen', async () => {
    const failure =
      '{"jsonrpc":"2.0","id":"x","error":{"code":-32601,"message":"no “such” method"}}';
    expect(await read('json-rpc', received(failure))).toEqual([
      'json-rpc: error, id x: “no “such” method” | “error” | fail x (asked: sent)',
    ]);
  });

  it('takes cancellations for what they cancel', async () => {
    const lines = await read(
      'mcp',
      sent('{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":3}}'),
    );
    expect(lines).toEqual([
      'mcp: notifications/cancelled | “notifications/cancelled” | cancel 3 (asked: sent) | control',
    ]);
  });

  it('keeps the text of parameters as it stands', async () => {
    const reader = await createStackReader(['json-rpc'], carrier);
    const { parts } = reader.read(
      sent('{"params": {"n": 1.50, "n": 2},"jsonrpc":"2.0","method":"a"}'),
    );
    expect(parts[0]?.layers[0]?.content).toEqual({ as: 'json', text: '{"n": 1.50, "n": 2}' });
  });

  it('of language servers may come behind headers', async () => {
    const body = '{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}}';
    const text = `Content-Length: ${body.length}\r\n\r\n${body}`;
    expect((await chooseDecoders(carrier, [sent(text)]))?.stack).toEqual(['lsp']);
    expect(await read('lsp', sent(text))).toEqual([
      'lsp: textDocument/hover, id 1 | “textDocument/hover” | ask 1 (asked: sent)',
    ]);
  });

  it.each([
    ['{"jsonrpc":"2.0"}', 'failure at 0 in json-rpc: an object that is no call and no answer'],
    ['[]', 'failure at 0 in json-rpc: an empty batch'],
    ['ping', 'failure at 0 in json-rpc: a JSON object or a batch was expected'],
  ])('says what is wrong with %s', async (payload, line) => {
    expect(await read('json-rpc', sent(payload))).toEqual([line]);
  });
});
