import type { Connection } from '../../core/channel.ts';
import type { Session } from '../../core/session.ts';
import { describeEnd } from '../../core/story/cause.ts';
import type { Milliseconds } from '../../core/units.ts';
import {
  attributesOf,
  idOf,
  type OtlpEvent,
  type OtlpSpan,
  SPAN_KIND,
  STATUS_ERROR,
  toNano,
} from './otlp-json.ts';

/** The session itself, and in it a span for each connection with its messages as events. */
export function* spansOf(session: Session): Generator<OtlpSpan, void> {
  const { header, lastAt } = session;
  const { startedAt, url } = header;
  const key = `${startedAt} ${url}`;
  const traceId = idOf(key, 16);
  const root = idOf(`session ${key}`, 8);
  const nano = (at: Milliseconds): string => toNano(startedAt + at);
  yield {
    traceId,
    spanId: root,
    name: 'session',
    kind: SPAN_KIND.internal,
    startTimeUnixNano: nano(0),
    endTimeUnixNano: nano(lastAt),
    attributes: attributesOf({ 'url.full': url }),
  };
  const rows = rowsByConnection(session);
  for (const connection of session.connections.values()) {
    const { sent, received } = connection.dropped;
    const dropped = sent.messages + received.messages;
    const events = eventsOf(session, connection, rows.get(connection.id) ?? [], nano);
    yield {
      traceId,
      spanId: idOf(`connection ${connection.id} ${key}`, 8),
      parentSpanId: root,
      name: `${connection.transport} ${session.channelOf(connection).endpoint}`,
      kind: SPAN_KIND.client,
      startTimeUnixNano: nano(connection.createdAt),
      endTimeUnixNano: nano(connection.endedAt ?? lastAt),
      attributes: connectionAttributes(session, connection),
      ...(events.length > 0 && { events }),
      ...(dropped > 0 && { droppedEventsCount: dropped }),
      ...(hasFailed(connection) && {
        status: { code: STATUS_ERROR, message: describeEnd(connection) },
      }),
    };
  }
}

function rowsByConnection({ messages }: Session): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (let row = 0; row < messages.length; row += 1) {
    const connection = messages.connection(row);
    const own = rows.get(connection);
    if (own === undefined) rows.set(connection, [row]);
    else own.push(row);
  }
  return rows;
}

const FIRST_ERROR = 400;

function hasFailed({ state, endedBy, status, wasClean }: Connection): boolean {
  if (state === 'failed' || (status ?? 0) >= FIRST_ERROR) return true;
  return endedBy === 'network' || wasClean === false;
}

/** By OpenTelemetry's semantic conventions where there are any, else below `wirescope.`. */
function connectionAttributes(session: Session, connection: Connection): OtlpSpan['attributes'] {
  const { url, transport, method, status, subprotocol, extensions, handshake } = connection;
  const { closeCode, closeReason, endedBy, wasClean, tally, id } = connection;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const [, address = '', port] = /^(.*?)(?::(\d+))?$/u.exec(handshake?.remoteAddress ?? '') ?? [];
  return attributesOf({
    'url.full': url,
    'url.scheme': parsed?.protocol.slice(0, -1),
    'server.address': parsed?.hostname,
    'server.port': portOf(parsed),
    'network.peer.address': address === '' ? undefined : address,
    'network.peer.port': port === undefined ? undefined : Number(port),
    'network.protocol.name': transport === 'websocket' ? 'websocket' : 'http',
    'http.request.method': method,
    'http.response.status_code': status,
    'wirescope.connection': id,
    'wirescope.channel': session.channelOf(connection).id,
    'wirescope.transport': transport,
    'wirescope.http_version': handshake?.httpVersion,
    'wirescope.subprotocol': subprotocol,
    'wirescope.extensions': extensions,
    'wirescope.close.code': closeCode,
    'wirescope.close.reason': closeReason === '' ? undefined : closeReason,
    'wirescope.close.was_clean': wasClean,
    'wirescope.ended_by': endedBy,
    'wirescope.sent.messages': tally.sent.messages,
    'wirescope.sent.bytes': tally.sent.bytes,
    'wirescope.received.messages': tally.received.messages,
    'wirescope.received.bytes': tally.received.bytes,
  });
}

function portOf(url: URL | undefined): number | undefined {
  if (url === undefined) return undefined;
  if (url.port !== '') return Number(url.port);
  return /^(?:https|wss):$/u.test(url.protocol) ? 443 : 80;
}

/** Sizes and types; what messages say is for formats that are made to hold it. */
function eventsOf(
  { messages }: Session,
  { openedAt }: Connection,
  rows: readonly number[],
  nano: (at: Milliseconds) => string,
): OtlpEvent[] {
  const opened = openedAt === undefined ? [] : [{ timeUnixNano: nano(openedAt), name: 'open' }];
  return [
    ...opened,
    ...rows.map((row) => {
      const { at, direction, byteLength, dataType, eventType } = messages.read(row);
      return {
        timeUnixNano: nano(at),
        name: 'message',
        attributes: attributesOf({
          'network.io.direction': direction === 'sent' ? 'transmit' : 'receive',
          'wirescope.message.number': row,
          'wirescope.message.size': byteLength,
          'wirescope.message.data_type': dataType,
          'wirescope.message.event_type': eventType,
        }),
      };
    }),
  ];
}
