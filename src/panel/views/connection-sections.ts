import type { Connection } from '../../core/channel.ts';
import type { Headers } from '../../core/facts.ts';
import { formatAt, formatCount, formatSpan } from '../../core/format.ts';
import { isRequest } from '../../core/http/request-transport.ts';
import type { Frame } from '../../core/session.ts';
import { describeConnection, placeWord } from './channel-words.ts';
import type { FactLine, FactSection } from './fact-line.ts';
import { timingRows } from './timing-rows.ts';

type Lines = (FactLine | undefined | false)[];

/** Everything that is known of a connection, by topic, each with who told it. */
export function connectionSections(
  connection: Connection,
  frame: Frame | undefined,
): FactSection[] {
  const { transport, source, handshake, requestHeaders, responseHeaders } = connection;
  const sections: FactSection[] = [
    {
      id: 'general',
      title: isRequest(transport) ? 'Request' : 'Connection',
      from: source,
      lines: generalLines(connection, frame),
    },
    {
      id: 'event-stream',
      title: 'Event stream',
      from: source,
      lines: eventStreamLines(connection),
    },
    {
      id: 'handshake',
      title: isRequest(transport) ? 'On the network' : 'Opening handshake',
      from: 'network-log',
      lines: handshakeLines(connection),
      // Of an open WebSocket the log counts its whole life as waiting.
      timings:
        transport === 'websocket' ? [] : timingRows(handshake?.timings, transport === 'polling'),
    },
    ...headerSections('response', 'Response headers', handshake?.responseHeaders, {
      headers: responseHeaders,
      title: 'Response headers that the page may read',
    }),
    ...headerSections('request', 'Request headers', handshake?.requestHeaders, {
      headers: requestHeaders,
      title: 'Request headers that the page gave',
    }),
  ];
  return sections.filter(
    ({ lines = [], timings = [], headers = [] }) =>
      lines.length + timings.length + headers.length > 0,
  );
}

/** The network log knows all of them; then what the page knows is there to be unfolded. */
function headerSections(
  id: string,
  title: string,
  logged: Headers | undefined = [],
  page: { title: string; headers: Headers | undefined },
): FactSection[] {
  return [
    { id: `${id}-headers-log`, title, from: 'network-log', headers: logged },
    {
      id: `${id}-headers-page`,
      title: page.title,
      from: 'page',
      headers: page.headers ?? [],
      isFolded: logged.length > 0,
    },
  ];
}

function told(lines: Lines): FactLine[] {
  return lines.filter((line) => line !== undefined && line !== false);
}

function generalLines(connection: Connection, frame: Frame | undefined): FactLine[] {
  const { openedAt, endedAt, createdAt, transport, closeReason, method, status, link } = connection;
  const isAsked = isRequest(transport);
  const isPageStatus = isAsked && connection.source === 'page' && status !== undefined;
  return told([
    method !== undefined && { name: 'Method', text: method },
    ...urlLines(connection.url),
    { name: 'State', text: describeConnection(connection) },
    isPageStatus && {
      name: 'Status',
      text: status === 0 ? 'hidden from the page (an opaque answer)' : `${status}`,
    },
    Boolean(closeReason) && { name: 'Close reason', text: `“${closeReason ?? ''}”` },
    {
      name: 'Created',
      text: `${formatAt(createdAt)} s`,
      how: 'On the session’s clock: the page’s monotonic time',
    },
    openedAt !== undefined && {
      name: isAsked ? 'Answered' : 'Opened',
      text: `${formatAt(openedAt)} s, after ${formatSpan(openedAt - createdAt)}`,
      how: 'When the page heard of it',
    },
    endedAt !== undefined && {
      name: 'Ended',
      text: `${formatAt(endedAt)} s, after ${formatSpan(endedAt - createdAt)}`,
    },
    ...apiLines(connection),
    transport !== 'polling' &&
      link !== undefined && {
        name: 'In this channel',
        text: `${link.basis}: ${link.evidence.join('; ')}`,
      },
    frameLine(frame),
  ]);
}

/** What the constructor was given, and what the object says. */
function apiLines(connection: Connection): Lines {
  const { transport, source, openedAt, extensions, withCredentials } = connection;
  // The network log knows nothing of it.
  if (source === 'network-log') return [];
  if (transport === 'eventsource') {
    return [
      { name: 'Credentials', text: withCredentials ? 'sent cross-origin' : 'same-origin only' },
    ];
  }
  if (transport !== 'websocket') return [];
  return [
    { name: 'Subprotocol', text: subprotocolText(connection) },
    openedAt !== undefined && { name: 'Extensions', text: orNone(extensions) },
  ];
}

function urlLines(text: string): FactLine[] {
  const url = URL.parse(text);
  if (url === null) return [{ name: 'URL', text }];
  const lines = [{ name: 'URL', text: url.origin + url.pathname }];
  for (const [name, value] of url.searchParams) lines.push({ name: `?${name}`, text: value });
  return lines;
}

/** The empty string is how the API says that there is none. */
function orNone(text: string | undefined): string {
  return text === undefined || text === '' ? 'none' : text;
}

function subprotocolText({ subprotocol, requestedSubprotocols }: Connection): string {
  if (requestedSubprotocols.length === 0) return orNone(subprotocol);
  return `${orNone(subprotocol)} (asked for ${requestedSubprotocols.join(', ')})`;
}

function frameLine(frame: Frame | undefined): FactLine | undefined {
  if (frame === undefined || placeWord(frame.kind, frame.url) === undefined) return undefined;
  return {
    name: frame.kind === 'iframe' ? 'Frame' : frame.kind === 'popup' ? 'Popup' : 'Worker',
    text: frame.url === '' ? 'its script is not known' : frame.url,
  };
}

function eventStreamLines({ comments, lastComment, reconnectionTime }: Connection): FactLine[] {
  return told([
    reconnectionTime !== undefined && {
      name: 'Reconnection time',
      text: formatSpan(reconnectionTime),
      how: '`retry:`, as the server set it last: how long a client waits before it tries again',
    },
    comments > 0 && {
      name: 'Comments',
      text: formatCount(comments),
      how: 'Lines that begin with a colon: often a heartbeat',
    },
    lastComment !== undefined && {
      name: 'Last comment',
      text: lastComment.trim() === '' ? '(empty)' : lastComment.trim(),
    },
  ]);
}

function handshakeLines({ handshake }: Connection): FactLine[] {
  if (handshake === undefined) return [];
  const { httpVersion, remoteAddress, status = 0 } = handshake;
  return told([
    status > 0 && { name: 'Status', text: `${status}` },
    httpVersion !== undefined && { name: 'HTTP version', text: httpVersion },
    remoteAddress !== undefined && { name: 'Remote address', text: remoteAddress },
  ]);
}
