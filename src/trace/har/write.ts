import type { Session } from '../../core/session.ts';
import type { ExportContext } from '../export-context.ts';
import { toIsoTime } from '../iso-time.ts';
import { inPieces } from '../pieces.ts';
import { factToRecord } from '../wirescope/fact-to-record.ts';
import { headerToRecord } from '../wirescope/header.ts';
import { FORMAT, VERSION } from '../wirescope/version.ts';
import { type ConnectionPart, splitByConnection } from './connection-parts.ts';
import { PAGE_ID, toEntry } from './entry.ts';
import type { HarPage, HarWebSocketMessage } from './har-format.ts';
import { toHarSeconds } from './har-time.ts';
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
  const channel = connection && session.channels[connection.channel - 1];
  if (connection === undefined || channel === undefined) {
    throw new Error(`connection ${id} is not in its session`);
  }
  yield open(toEntry(session, channel, connection, part.life));
  const isStream = channel.transport === 'eventsource';
  yield isStream ? ',"_eventSourceMessages":[' : ',"_webSocketMessages":[';
  let separator = '\n';
  for (const row of isStream ? eventRows(session, part) : webSocketRows(session, part)) {
    yield separator + JSON.stringify(row);
    separator = ',\n';
  }
  yield ']}';
}

function* eventRows({ messages, header }: Session, { rows }: ConnectionPart): Generator<object> {
  for (const row of rows) yield toEventRow(messages.read(row), header.startedAt);
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
