import type { ProtocolId } from '../core/decoded/decoded.ts';
import type { ChannelLook, Decoder } from './decoder.ts';
import { claimByShape, claimBySign, hasMembers } from './evidence.ts';
import { isRecord, readJson } from './json-parts.ts';
import { withoutHead } from './lsp-head.ts';

/** One call, answer or error of JSON-RPC 2.0 (https://www.jsonrpc.org/specification), or a batch of them. */
export function isJsonRpc(json: unknown): boolean {
  if (Array.isArray(json))
    return json.length > 0 && json.every((each) => isRecord(each) && isJsonRpc(each));
  if (!hasMembers(json, { jsonrpc: 'string' }) || json['jsonrpc'] !== '2.0') return false;
  return typeof json['method'] === 'string' || 'result' in json || 'error' in json;
}

const methodOf = (json: unknown): string => {
  const method = isRecord(json) ? json['method'] : undefined;
  return typeof method === 'string' ? method : '';
};

function createRpcDecoder(
  id: ProtocolId,
  label: string,
  confidence: number,
  about: { subprotocol?: string; proves: (method: string, json: unknown) => boolean },
): Decoder {
  const jsonOf = (payload: unknown, json: unknown) =>
    json ?? (typeof payload === 'string' ? readJson(withoutHead(payload)) : undefined);
  const rule = {
    fits: ({ payload }: { payload: unknown }, json: unknown) => isJsonRpc(jsonOf(payload, json)),
    proves: ({ payload }: { payload: unknown }, json: unknown) => {
      const each = jsonOf(payload, json);
      return about.proves(methodOf(each), each);
    },
  };
  return {
    id,
    recognise: (look: ChannelLook) => {
      if (about.subprotocol !== undefined && look.subprotocol === about.subprotocol) {
        return claimBySign(look, `subprotocol “${about.subprotocol}”`, rule);
      }
      return claimByShape(look, { ...rule, confidence, shape: `messages of ${label}` });
    },
    load: () =>
      import('./json-rpc-codec.ts').then(({ createJsonRpcCodec }) => createJsonRpcCodec(id)),
  };
}

export const jsonRpc = createRpcDecoder('json-rpc', 'JSON-RPC 2.0', 0.85, { proves: () => true });

const LSP_METHOD =
  /^(?:textDocument|workspace|workspaceSymbol|window|client|notebookDocument)\/|^\$\/(?:cancelRequest|progress|setTrace|logTrace)$/u;

/** https://microsoft.github.io/language-server-protocol/, with and without the headers of its base protocol. */
export const lsp = createRpcDecoder('lsp', 'Language Server Protocol', 0.92, {
  proves: (method, json) => {
    if (LSP_METHOD.test(method)) return true;
    const params = isRecord(json) ? json['params'] : undefined;
    return (
      method === 'initialize' &&
      isRecord(params) &&
      'capabilities' in params &&
      'processId' in params
    );
  },
});

const MCP_METHOD =
  /^(?:tools|resources|prompts|sampling|roots|elicitation|completion)\/[a-zA-Z/]+$|^logging\/setLevel$|^notifications\/(?:initialized|cancelled|progress|message|tools|resources|prompts|roots)/u;

/** https://modelcontextprotocol.io/specification, over any transport. */
export const mcp = createRpcDecoder('mcp', 'Model Context Protocol', 0.93, {
  subprotocol: 'mcp',
  proves: (method, json) => {
    if (MCP_METHOD.test(method)) return true;
    if (!isRecord(json)) return false;
    const told = method === 'initialize' ? json['params'] : json['result'];
    return isRecord(told) && 'protocolVersion' in told && 'capabilities' in told;
  },
});
