import { isMap } from '../core/decoded/data.ts';
import type { Decoded, Failure, Part, WireMessage } from '../core/decoded/decoded.ts';
import type { Direction } from '../core/facts.ts';
import { COMMANDS, PUSHES } from './centrifugo-names.ts';
import { type CentrifugoNode, dataNode, jsonNode } from './centrifugo-node.ts';
import { CENTRIFUGO_PROTO } from './centrifugo-proto.ts';
import { type Codec, MOST_PARTS } from './decoder.ts';
import { isOneOf } from './evidence.ts';
import { ByteCursor } from './formats/byte-cursor.ts';
import { parseProto } from './formats/parse-proto.ts';
import { readVarint } from './formats/protobuf-wire.ts';
import { readWithSchema } from './formats/read-proto-schema.ts';
import { readJsonObject } from './json-parts.ts';
import { createRemembered } from './remembered.ts';
import { pairStep, quoted } from './result.ts';

const { schema } = parseProto([{ name: 'client.proto', text: CENTRIFUGO_PROTO }]);

/** Commands and replies, one or more in each message: lines of JSON, or Protobuf with lengths. */
export const centrifugoCodec: Codec = {
  createReader: () => {
    /** What was asked, by id: an error does not say what failed. */
    const asked = createRemembered<string>();

    function read({ direction, payload }: WireMessage): Decoded {
      const { nodes, failure } =
        typeof payload === 'string' ? nodesInText(payload) : nodesInBytes(payload, direction);
      const parts = nodes.map((node) =>
        direction === 'sent' ? commandPart(node, asked) : replyPart(node, asked),
      );
      return { parts, ...(failure !== undefined && { failure }) };
    }

    return { read };
  },
};

interface Nodes {
  readonly nodes: readonly CentrifugoNode[];
  readonly failure?: Failure;
}

function nodesInText(text: string): Nodes {
  const nodes: CentrifugoNode[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end === -1 ? undefined : end);
    if (line.trim() !== '') {
      const json = readJsonObject(line);
      if (json === undefined) return stopped(nodes, at, 'a JSON object was expected');
      if (nodes.length === MOST_PARTS) return stopped(nodes, at, `more than ${MOST_PARTS} lines`);
      nodes.push(jsonNode(json));
    }
    at += line.length + 1;
  }
  return { nodes };
}

function nodesInBytes(bytes: Uint8Array, direction: Direction): Nodes {
  const cursor = new ByteCursor(bytes);
  const nodes: CentrifugoNode[] = [];
  while (!cursor.isAtEnd && nodes.length < MOST_PARTS) {
    const from = cursor.at;
    const unit = cursor.take(Number(readVarint(cursor)));
    if (unit === undefined) break;
    const type = direction === 'sent' ? 'Command' : 'Reply';
    const { data, stop } = readWithSchema(schema, type, unit);
    if (isMap(data)) nodes.push(dataNode(data));
    if (stop !== undefined) {
      return stopped(nodes, cursor.at - unit.length + stop.offset, stop.reason);
    }
    if (nodes.length === MOST_PARTS)
      return stopped(nodes, from, `more than ${MOST_PARTS} messages`);
  }
  const { stop } = cursor;
  return stop === undefined ? { nodes } : stopped(nodes, stop.offset, stop.reason);
}

const stopped = (nodes: CentrifugoNode[], offset: number, reason: string): Nodes => ({
  nodes,
  failure: { layer: 'centrifugo', offset, reason },
});

type Asked = ReturnType<typeof createRemembered<string>>;

const heartbeat = (kind: string): Part => ({
  kind,
  isHeartbeat: true,
  layers: [{ protocol: 'centrifugo', summary: kind }],
});

/** What the app says in these; the others keep the connection in order. */
const SAID: ReadonlySet<string> = new Set(['publish', 'send', 'rpc', 'pub', 'message']);

function commandPart(node: CentrifugoNode, asked: Asked): Part {
  if (node.names.length === 0) return heartbeat('pong');
  const id = node.word('id');
  const name = node.names.find((each) => isOneOf(COMMANDS, each)) ?? 'command';
  const body = node.node(name);
  const subject = String(body?.word('method') ?? body?.word('channel') ?? '');
  const kind = SAID.has(name) && subject !== '' ? subject : name;
  if (id !== undefined) asked.set(String(id), kind);
  const part = partOf(name, kind, subject, body);
  return id === undefined ? part : { ...part, pair: pairStep('ask', id, 'sent') };
}

function replyPart(node: CentrifugoNode, asked: Asked): Part {
  if (node.names.length === 0) return heartbeat('ping');
  const push = node.node('push');
  if (push !== undefined) return pushPart(push);
  const id = node.word('id');
  const command = id === undefined ? undefined : asked.take(String(id));
  const error = node.node('error');
  const name = error ? 'error' : (node.names.find((each) => isOneOf(COMMANDS, each)) ?? 'reply');
  const body = error ?? node.node(name);
  const part = partOf(name, command ?? name, String(error?.word('message') ?? ''), body);
  if (id === undefined) return part;
  return { ...part, pair: pairStep(error ? 'fail' : 'answer', id, 'sent') };
}

function pushPart(push: CentrifugoNode): Part {
  const channel = String(push.word('channel') ?? '');
  const name = push.names.find((each) => isOneOf(PUSHES, each)) ?? 'push';
  const kind = SAID.has(name) && channel !== '' ? channel : name;
  return partOf(name, kind, channel, push.node(name));
}

function partOf(name: string, kind: string, subject: string, body?: CentrifugoNode): Part {
  const content = body?.content('data');
  return {
    kind,
    ...(!SAID.has(name) && name !== 'error' && { isControl: true }),
    layers: [
      {
        protocol: 'centrifugo',
        summary: subject === '' ? name : `${name} ${quoted(subject)}`,
        ...(body !== undefined && { fields: body.fields('data') }),
        ...(content !== undefined && { content }),
      },
    ],
  };
}
