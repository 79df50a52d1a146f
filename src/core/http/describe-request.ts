import { type Connection, isErrorStatus } from '../channel.ts';

type Told = Pick<Connection, 'state' | 'endedBy' | 'status' | 'source'>;

/** How a request stands or how it ended, in a sentence. */
export function describeRequest({ state, endedBy = 'unknown', status, source }: Told): string {
  switch (state) {
    case 'connecting':
      return 'The server has not answered yet.';
    case 'open':
    case 'closing':
      return 'The response is coming in.';
    case 'failed':
      if (endedBy === 'page') return 'The page aborted it before the server answered.';
      if (endedBy === 'navigation') return 'Its document went away before the server answered.';
      return 'It got no answer: the server refused it or could not be reached.';
    case 'closed':
      break;
  }
  const answered = isErrorStatus(status) ? `The server answered with an error (${status}).` : '';
  switch (endedBy) {
    case 'server':
      return answered || 'The response came to its end.';
    case 'page':
      return answered || 'The page stopped reading: it aborted the request or cancelled its body.';
    case 'navigation':
      return 'It ended with its document: the user navigated away, or the frame was removed.';
    case 'network':
      return 'The connection broke before the response was complete.';
    case 'unknown':
      if (answered !== '') return answered;
      return source === 'network-log'
        ? 'It is over; the network log does not tell why.'
        : 'It ended, and nothing tells why.';
  }
}
