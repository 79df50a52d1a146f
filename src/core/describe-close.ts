import type { Connection } from './channel.ts';
import { closeCodeName } from './close-codes.ts';
import { libraryCloseCode, type Speaker } from './library-close-codes.ts';

/** What is known of a connection's end. */
export type ConnectionEnd = Pick<
  Connection,
  'state' | 'endedBy' | 'closeCode' | 'closeReason' | 'wasClean'
> &
  Speaker;

/** How a connection ended, in a sentence; or that it did not. */
export function describeClose(end: ConnectionEnd): string {
  switch (end.state) {
    case 'connecting':
      return 'It is still connecting.';
    case 'open':
      return 'It is still open.';
    case 'closing':
      return 'The closing handshake is under way.';
    case 'failed':
      return `${describeFailure(end)}.`;
    case 'closed':
      return `${describeEnd(end)}.`;
  }
}

function describeFailure(end: ConnectionEnd): string {
  const { endedBy = 'unknown' } = end;
  switch (endedBy) {
    case 'navigation':
      return 'Its document went away before it opened';
    case 'page':
      return `The page closed it before it opened${bracketed(end)}`;
    case 'server':
      return `It never opened: the server refused it${bracketed(end)}`;
    case 'network':
    case 'unknown':
      return `It never opened: the server refused it or could not be reached${bracketed(end)}`;
  }
}

function describeEnd(end: ConnectionEnd): string {
  const isBroken = end.closeCode === 1006 || end.wasClean === false;
  const { endedBy = 'unknown' } = end;
  switch (endedBy) {
    case 'navigation':
      return 'It ended with its document: the user navigated away, or the frame was removed';
    case 'page':
      if (!isBroken) return `The page closed it${meaning(end)}`;
      return `The page closed it, and the closing handshake was not finished${bracketed(end)}`;
    case 'server':
      // A server ends an event stream by ending the response: there is no close code.
      return `The server closed it${meaning(end)}`;
    case 'network':
      return end.closeCode === undefined
        ? 'The connection broke'
        : `The connection broke without a closing handshake${bracketed(end)}`;
    case 'unknown':
      if (isBroken) return `The connection broke without a closing handshake${bracketed(end)}`;
      return end.closeCode === undefined
        ? 'It ended, and nothing tells why'
        : `It was closed${meaning(end)}`;
  }
}

/** `: going away (1001), “bye”` */
function meaning(end: ConnectionEnd): string {
  if (end.closeCode === undefined) return '';
  const name = libraryCloseCode(end.closeCode, end) ?? closeCodeName(end.closeCode);
  return `: ${name}${bracketed(end)}`;
}

function bracketed({ closeCode, closeReason }: ConnectionEnd): string {
  const code = closeCode === undefined ? '' : ` (${closeCode})`;
  return closeReason === undefined || closeReason === '' ? code : `${code}, “${closeReason}”`;
}
