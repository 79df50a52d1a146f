import { bytesToBase64 } from '../../core/byte-text.ts';
import type { Connection } from '../../core/channel.ts';
import type { MessageFact } from '../../core/facts.ts';
import type { Session } from '../../core/session.ts';
import { toIsoTime } from '../iso-time.ts';

type Cell = string | number | undefined;

/** A message with what it belongs to. */
interface Told {
  readonly session: Session;
  readonly row: number;
  readonly message: MessageFact;
  readonly connection: Connection;
}

/** The columns of a table of messages, each of one type. */
const COLUMNS: readonly (readonly [name: string, of: (told: Told) => Cell])[] = [
  ['message', ({ row }) => row],
  ['time', ({ session, message }) => toIsoTime(session.header.startedAt + message.at)],
  ['at_ms', ({ message }) => message.at],
  ['channel', ({ session, connection }) => session.channelOf(connection).id],
  ['transport', ({ connection }) => connection.transport],
  ['connection', ({ connection }) => connection.id],
  ['url', ({ connection }) => connection.url],
  ['direction', ({ message }) => message.direction],
  ['data_type', ({ message }) => message.dataType],
  ['bytes', ({ message }) => message.byteLength],
  ['event_type', ({ message }) => message.eventType],
  ['last_event_id', ({ message }) => message.lastEventId],
  ['payload_state', ({ message }) => message.payloadState],
  ['source', ({ message }) => message.source ?? 'page'],
  ['text', ({ message: { payload } }) => (typeof payload === 'string' ? payload : undefined)],
  [
    'base64',
    ({ message: { payload } }) =>
      payload instanceof Uint8Array ? bytesToBase64(payload) : undefined,
  ],
];

/** The names of the columns, then each message that is kept, in the order of the session. */
export function* messageTable(session: Session): Generator<readonly Cell[], void> {
  yield COLUMNS.map(([name]) => name);
  for (let row = 0; row < session.messages.length; row += 1) {
    const message = session.messages.read(row);
    const connection = session.connections.get(message.connection);
    if (connection === undefined) continue;
    yield COLUMNS.map(([, of]) => of({ session, row, message, connection }));
  }
}
