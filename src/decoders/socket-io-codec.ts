import { fieldsOf } from '../core/decoded/data.ts';
import { dataOfJson } from '../core/decoded/data-of-json.ts';
import type { Content, Decoded, Part, WireMessage } from '../core/decoded/decoded.ts';
import type { Direction } from '../core/facts.ts';
import { isJson } from '../core/payload/json-scan.ts';
import { putTogether } from './attachments.ts';
import { type Codec, MOST_HELD } from './decoder.ts';
import { type JsonList, readJsonList } from './json-parts.ts';
import { failed, onePart, otherSide, pairStep, quoted } from './result.ts';
import { readPacketHeader, type SocketIoPacket } from './socket-io-packet.ts';

/** A packet whose attachments are still to come. */
interface Unfinished {
  readonly packet: SocketIoPacket;
  readonly list: JsonList;
  readonly attachments: Uint8Array[];
  held: number;
}

/** Reads the packets of one connection; each direction has its own attachments. */
export const socketIoCodec: Codec = {
  createReader: () => {
    const unfinished = new Map<Direction, Unfinished>();

    function readText(text: string, { direction }: WireMessage): Decoded {
      unfinished.delete(direction);
      const packet = readPacketHeader(text);
      if (typeof packet === 'string') return failed('socket.io', 0, packet);
      if (packet.data !== '' && !isJson(packet.data) && !/^".*"$/u.test(packet.data)) {
        return failed('socket.io', packet.dataAt, 'the data of the packet is no JSON');
      }
      const list = readJsonList(packet.data);
      const needsList = !['CONNECT', 'DISCONNECT', 'CONNECT_ERROR'].includes(packet.type);
      if (needsList && list === undefined) {
        return failed('socket.io', packet.dataAt, `the data of ${packet.type} is no list`);
      }
      if (list !== undefined && packet.attachments > 0) {
        unfinished.set(direction, { packet, list, attachments: [], held: text.length });
      }
      return onePart(partOf(packet, list, direction));
    }

    function readAttachment(bytes: Uint8Array, { direction }: WireMessage): Decoded {
      const open = unfinished.get(direction);
      if (open === undefined) {
        return failed('socket.io', 0, 'an attachment whose packet was not seen');
      }
      open.attachments.push(bytes);
      open.held += bytes.length;
      if (open.held > MOST_HELD) {
        unfinished.delete(direction);
        return failed(
          'socket.io',
          0,
          `attachments of more than ${MOST_HELD} bytes are not put together`,
        );
      }
      const { packet, list, attachments } = open;
      const isLast = attachments.length === packet.attachments;
      if (isLast) unfinished.delete(direction);
      const name = nameOf(packet, list);
      const content: Content = isLast
        ? {
            as: 'data',
            data: putTogether(dataOfJson(argumentsOf(packet, list)) ?? null, attachments),
          }
        : { as: 'bytes', bytes };
      return onePart({
        ...(name !== undefined && { kind: name }),
        isContinuation: true,
        layers: [
          {
            protocol: 'socket.io',
            summary: `attachment ${attachments.length} of ${packet.attachments}${about(packet, name)}`,
            content,
          },
        ],
      });
    }

    return {
      read: (message) =>
        typeof message.payload === 'string'
          ? readText(message.payload, message)
          : readAttachment(message.payload, message),
    };
  },
};

const isEvent = ({ type }: SocketIoPacket) => type === 'EVENT' || type === 'BINARY_EVENT';
const isAck = ({ type }: SocketIoPacket) => type === 'ACK' || type === 'BINARY_ACK';

/** The event's name, `ack`, else the packet's type. */
function nameOf(packet: SocketIoPacket, list: JsonList | undefined): string | undefined {
  if (isAck(packet)) return 'ack';
  if (!isEvent(packet)) return packet.type;
  const first = list?.value[0];
  return typeof first === 'string' || typeof first === 'number' ? String(first) : undefined;
}

const about = (packet: SocketIoPacket, name = '') =>
  isEvent(packet) ? ` of event ${quoted(name)}` : ` of ack ${packet.id ?? ''}`;

/** One argument stands for itself, several stand in the packet's own list, with the event's name. */
function argumentsOf(packet: SocketIoPacket, list: JsonList): string {
  const from = isEvent(packet) ? 1 : 0;
  return (list.value.length - from === 1 ? list.slice(from) : undefined) ?? packet.data;
}

function contentOf(packet: SocketIoPacket, list: JsonList | undefined): Content | undefined {
  const isBare = list?.value.length === (isEvent(packet) ? 1 : 0);
  if (packet.data === '' || isBare) return undefined;
  return { as: 'json', text: list === undefined ? packet.data : argumentsOf(packet, list) };
}

function partOf(packet: SocketIoPacket, list: JsonList | undefined, direction: Direction): Part {
  const { type, namespace, id, attachments } = packet;
  const kind = nameOf(packet, list);
  const content = contentOf(packet, list);
  const told = [
    isEvent(packet) ? `event ${quoted(kind ?? '')}` : isAck(packet) ? 'ack' : type,
    id === undefined ? '' : ` ${isEvent(packet) ? 'wants ack ' : ''}${id}`,
    namespace === '/' ? '' : ` in ${namespace}`,
    attachments === 0 ? '' : `, ${attachments} attached`,
  ];
  const asker = isAck(packet) ? otherSide(direction) : direction;
  const key = namespace === '/' ? (id ?? '') : `${namespace} ${id ?? ''}`;
  return {
    ...(kind !== undefined && { kind }),
    ...(id !== undefined && { pair: pairStep(isAck(packet) ? 'answer' : 'ask', key, asker) }),
    ...(!isEvent(packet) && !isAck(packet) && { isControl: true }),
    layers: [
      {
        protocol: 'socket.io',
        summary: told.join(''),
        fields: fieldsOf({
          type,
          namespace,
          id,
          ...(attachments > 0 && { attachments }),
        }),
        ...(content !== undefined && { content }),
      },
    ],
  };
}
