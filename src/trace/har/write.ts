import type { MessageFact } from '../../core/facts.ts';
import type { Session } from '../../core/session.ts';
import type { ExportContext } from '../export-context.ts';
import { toIsoTime } from '../iso-time.ts';
import { inPieces } from '../pieces.ts';
import { factToRecord } from '../wirescope/fact-to-record.ts';
import { headerToRecord } from '../wirescope/header.ts';
import { FORMAT, VERSION } from '../wirescope/version.ts';
import { type ConnectionPart, splitByConnection } from './connection-parts.ts';
import { type EntryBodies, PAGE_ID, toEntry } from './entry.ts';
import type { HarOwnMessage, HarPage, HarWebSocketMessage } from './har-format.ts';
import { toHarSeconds } from './har-time.ts';
import { isListed, standardListOf, type StandardList } from './message-lists.ts';
import { toEventRow, toWebSocketRow } from './message-rows.ts';

/**
 * HAR 1.2 in the shape in which Chrome's Network panel exports and imports it; one entry for each
 * connection. What HAR cannot say stands in `_wirescope` fields, from which our own import restores
 * the facts of each frame and each connection exactly and in their order. One thing differs after
 * such a round trip: facts of *different* connections come in the order of their times, also where
 * they reached the session in another one.
 */
export function writeHar(session: Session, context: ExportContext): Generator<string, void> {
  return inPieces(textsOf(session, context));
}

function* textsOf(session: Session, { toolVersion }: ExportContext): Generator<string, void> {
  const { header, tally, dropped } = session;
  const { connections, others } = splitByConnection(session);
  const page: HarPage = {
    startedDateTime: toIsoTime(Math.floor(header.startedAt)),
    id: PAGE_ID,
    title: header.url,
    pageTimings: { onContentLoad: -1, onLoad: -1 },
  };
  const log = {
    version: '1.2',
    creator: { name: 'Wirescope', version: toolVersion },
    ...(header.browser !== undefined && { browser: toBrowser(header.browser) }),
    pages: [page],
    _wirescope: {
      format: FORMAT,
      version: VERSION,
      session: headerToRecord(header),
      tally,
      dropped,
      facts: others.map(factToRecord),
    },
  };
  yield `{"log":${open(log)},"entries":[`;
  let isFirst = true;
  for (const [id, part] of connections) {
    yield isFirst ? '\n' : ',\n';
    isFirst = false;
    yield* entryTexts(session, id, part);
  }
  yield '\n]}}\n';
}

function* entryTexts(session: Session, id: number, part: ConnectionPart): Generator<string, void> {
  const connection = session.connections.get(id);
  const channel = connection && session.channelOf(connection);
  if (connection === undefined || channel === undefined) {
    throw new Error(`connection ${id} is not in its session`);
  }
  const list = standardListOf(connection);
  const own = ownRows(session, part, list);
  yield open(toEntry(session, channel, connection, part.life, bodiesOf(own, list)));
  if (list === '_webSocketMessages') yield* listTexts(list, webSocketRows(session, part));
  if (list === '_eventSourceMessages') yield* listTexts(list, eventRows(session, part));
  if (own.length > 0) yield* listTexts('_wirescopeMessages', own.map(toOwnMessage));
  yield '}';
}

function* listTexts(name: string, rows: Iterable<object>): Generator<string, void> {
  yield `,"${name}":[`;
  let separator = '\n';
  for (const row of rows) {
    yield separator + JSON.stringify(row);
    separator = ',\n';
  }
  yield ']';
}

interface OwnRow {
  index: number;
  message: MessageFact;
}

/** The messages for which there is no standard list, with their places among all of the connection. */
function ownRows(
  { messages }: Session,
  { rows }: ConnectionPart,
  list: StandardList | undefined,
): OwnRow[] {
  if (list === '_webSocketMessages') return [];
  return rows
    .map((row, index) => ({ index, message: messages.read(row) }))
    .filter(({ message }) => !isListed(list, message));
}

function toOwnMessage({ index, message }: OwnRow): HarOwnMessage {
  const fields = Object.entries(factToRecord(message));
  const own = fields.filter(([name]) => name !== 'kind' && name !== 'connection');
  return { index, ...Object.fromEntries(own) };
}

/** They are the bodies of the request and of its response. */
function bodiesOf(own: readonly OwnRow[], list: StandardList | undefined): EntryBodies {
  const all = own.map(({ message }) => message);
  return {
    sent: all.filter(({ direction }) => direction === 'sent'),
    received: list === undefined ? all.filter(({ direction }) => direction === 'received') : [],
  };
}

function* eventRows({ messages, header }: Session, { rows }: ConnectionPart): Generator<object> {
  for (const row of rows) {
    const message = messages.read(row);
    if (isListed('_eventSourceMessages', message)) yield toEventRow(message, header.startedAt);
  }
}

/** Chrome lists the errors of a WebSocket between its messages, so that other tools see them. */
function* webSocketRows(
  { messages, header: { startedAt } }: Session,
  { life, rows }: ConnectionPart,
): Generator<HarWebSocketMessage> {
  const errors = life.filter(({ fact }) => fact.kind === 'connection-errored');
  let next = 0;
  for (let index = 0; index <= rows.length; index += 1) {
    for (let error = errors[next]; error?.after === index; error = errors[next]) {
      const time = toHarSeconds(startedAt, error.fact.at);
      yield { type: 'error', time, opcode: -1, data: '' };
      next += 1;
    }
    const row = rows[index];
    if (row !== undefined) yield toWebSocketRow(messages.read(row), startedAt);
  }
}

/** An object as JSON, without its closing brace: more fields follow. */
function open(value: object): string {
  return JSON.stringify(value).slice(0, -1);
}

function toBrowser(browser: string): { name: string; version: string } {
  const [, name = browser, version = ''] = /^(.*) (\S+)$/u.exec(browser) ?? [];
  return { name, version };
}
