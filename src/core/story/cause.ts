import { type Connection, isErrorStatus } from '../channel.ts';
import { describeClose } from '../describe-close.ts';
import type { Transport } from '../facts.ts';
import { formatSpan } from '../format.ts';
import { describeRequest } from '../http/describe-request.ts';
import { isRequest } from '../http/request-transport.ts';
import type { Milliseconds } from '../units.ts';

/** Why a connection was lost, in a sentence without its full stop. */
export function describeCause(
  lost: Connection,
  next: Connection | undefined,
  silence: Milliseconds | undefined,
): string {
  const silent =
    silence === undefined ? '' : `, ${formatSpan(silence)} after it had heard the last of it`;
  if (lost.closingAt !== undefined || lost.endedBy === 'page') {
    const again =
      next === undefined
        ? ''
        : `, and connected again ${formatSpan(next.createdAt - (lost.closingAt ?? lost.endedAt ?? next.createdAt))} later`;
    return `${withoutStop(describeEnd(lost))}${silent}${again}`;
  }
  return `${withoutStop(describeEnd(lost))}${silent}`;
}

/** How a connection ended, in a sentence, as far as a page is told. */
export function describeEnd(lost: Connection): string {
  return lost.drilled === undefined ? describeRealEnd(lost) : `A drill: ${describeDrilled(lost)}`;
}

function describeDrilled({ drilled, closeCode }: Connection): string {
  if (drilled === 'drop') return 'dropped as the network would';
  if (drilled === 'refused') return 'refused';
  return closeCode === undefined
    ? 'ended for good'
    : `closed as the server would, with ${closeCode}`;
}

function describeRealEnd(lost: Connection): string {
  if (lost.endedAt === undefined) return 'The page closed it';
  if (isRequest(lost.transport)) return describeRequest(lost);
  if (lost.transport === 'eventsource' && lost.endedBy === 'unknown') {
    return 'The stream ended or broke: a page is not told which';
  }
  return describeClose(lost);
}

/** Why a try failed, in a sentence without its full stop. */
export function describeFailure(connection: Connection): string {
  const { status, transport, endedBy, drilled } = connection;
  if (drilled !== undefined) return describeEnd(connection);
  const told =
    status === undefined || endedBy === 'page' ? undefined : answerWords(status, transport);
  if (told !== undefined) return told;
  return withoutStop(
    isRequest(transport) ? describeRequest(connection) : describeClose(connection),
  );
}

function answerWords(status: number, transport: Transport): string | undefined {
  const isError: boolean = isErrorStatus(status);
  if (isError) return `The server answered ${status}${statusWords(status)}`;
  if (transport === 'eventsource') {
    return status === 204
      ? 'The server answered 204: it wants no reconnect'
      : `The server answered ${status}, but with no event stream`;
  }
  return transport === 'websocket' && status !== 101 && status !== 0
    ? `The server answered the handshake with ${status}`
    : undefined;
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'bad request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not found',
  408: 'request timeout',
  410: 'gone',
  429: 'too many requests',
  500: 'internal server error',
  502: 'bad gateway',
  503: 'service unavailable',
  504: 'gateway timeout',
};

function statusWords(status: number): string {
  const words = STATUS_WORDS[status];
  return words === undefined ? '' : ` (${words})`;
}

const withoutStop = (sentence: string): string => sentence.replace(/\.$/u, '');
