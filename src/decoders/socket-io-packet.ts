/** https://socket.io/docs/v4/socket-io-protocol/#packet-types, by their digit. */
export const SOCKET_IO_TYPES = [
  'CONNECT',
  'DISCONNECT',
  'EVENT',
  'ACK',
  'CONNECT_ERROR',
  'BINARY_EVENT',
  'BINARY_ACK',
] as const;
export type SocketIoType = (typeof SOCKET_IO_TYPES)[number];

export interface SocketIoPacket {
  readonly type: SocketIoType;
  /** How many binary messages follow. */
  readonly attachments: number;
  readonly namespace: string;
  readonly id?: string;
  /** The JSON text behind the header; empty where there is none. */
  readonly data: string;
  /** Where it begins, in code units. */
  readonly dataAt: number;
}

const HEADER = /^([0-6])(?:(\d{1,9})-)?(?:(\/[^,]*),?)?(\d{1,20})?/u;

/** The header of a packet, or why it has none. */
export function readPacketHeader(text: string): SocketIoPacket | string {
  const [header, digit, attachments, namespace = '/', id] = HEADER.exec(text) ?? [];
  const type = SOCKET_IO_TYPES[Number(digit)];
  if (header === undefined || type === undefined) {
    return 'a Socket.IO packet begins with a type from 0 to 6';
  }
  const isBinary = type.startsWith('BINARY_');
  if (isBinary !== (attachments !== undefined)) {
    return isBinary
      ? 'a number of attachments was expected'
      : 'only binary packets have attachments';
  }
  return {
    type,
    attachments: Number(attachments ?? 0),
    namespace,
    ...(id !== undefined && { id }),
    data: text.slice(header.length),
    dataAt: header.length,
  };
}
