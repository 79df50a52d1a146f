import type { Connection } from '../channel.ts';
import { isEventStream, kindOfBody } from '../http/connection-body.ts';
import { utf8Length } from '../utf8-length.ts';
import type { Bytes } from '../units.ts';
import { bookConnections, bookPost, type Carrying, dataFrames, squeezed } from './carry.ts';
import { EMPTY_COMMENT, eventOverhead } from './event-stream-text.ts';
import { endFraming, pieceFraming } from './http-framing.ts';
import { type Carried, textLength } from './traffic.ts';

/** How a stream writes one message: what becomes of its bytes, and what stands around them. */
type Write = (message: Carried) => { readonly payload: Bytes; readonly around: Bytes };

const asEvent: Write = (message) => ({
  payload: textLength(message),
  around: eventOverhead(message),
});

/** A sign of life needs no event. */
const asEventOrComment: Write = (message) =>
  message.rowClass === 'heartbeat' ? { payload: 0, around: EMPTY_COMMENT } : asEvent(message);

/** Lines of text, of which a line end within has to be escaped; binary behind five bytes of length, as gRPC-Web does. */
const asLine: Write = ({ isBinary, bytes, lines }) => ({
  payload: bytes,
  around: isBinary ? 5 : lines,
});

/** As the page got them: what divides them is in them. */
const asPiece: Write = ({ bytes }) => ({ payload: bytes, around: 0 });

/** One response that stays open, with a chunk or frame for each message. */
export function carryByStream(carrying: Carrying, kind: 'eventsource' | 'fetch-stream'): void {
  const { traffic, ledger, http } = carrying;
  const isAsIs = traffic.carrier === kind;
  const write = isAsIs
    ? writtenBy(traffic.channel.connections)
    : kind === 'eventsource'
      ? asEventOrComment
      : asLine;
  bookConnections(carrying, kind, (connection) => {
    if (connection.endedBy === 'server') ledger.add('framing', 'received', endFraming(http));
    if (isAsIs) ledger.add('framing', 'received', asidesLength(connection, carrying));
  });
  for (const message of traffic.all()) {
    const { direction, count, bytes, rowClass } = message;
    if (direction === 'sent') {
      if (isAsIs) {
        // The body of the request itself.
        ledger.add('payload', 'sent', bytes * count);
        ledger.add('framing', 'sent', dataFrames(bytes, http) * count);
      } else if (rowClass !== 'heartbeat') {
        bookPost(carrying, message);
      }
      continue;
    }
    const { payload, around } = write(message);
    // What stands around is compressed with the rest: nobody can tell them apart any more.
    const length = squeezed(carrying, message, payload + around);
    const [own, fields] = carrying.compressed === undefined ? [payload, around] : [length, 0];
    ledger.add('payload', 'received', own * count);
    ledger.add('framing', 'received', (fields + pieceFraming(Math.round(length), http)) * count);
  }
}

function writtenBy([first]: readonly Connection[]): Write {
  if (first === undefined || isEventStream(first)) return asEvent;
  return kindOfBody(first) === 'lines' ? asLine : asPiece;
}

/** Comments and reconnection times, where the text of the stream was seen; comments count as long as the last one. */
function asidesLength(connection: Connection, { http }: Carrying): Bytes {
  const { comments, lastComment = '', reconnectionTime } = connection;
  const comment = 1 + utf8Length(lastComment) + 2;
  const retry = reconnectionTime === undefined ? 0 : `retry: ${reconnectionTime}\n\n`.length;
  return comments * (comment + pieceFraming(comment, http)) + retry + pieceFraming(retry, http);
}
