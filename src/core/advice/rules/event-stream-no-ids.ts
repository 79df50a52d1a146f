import { carriesEventStream } from '../event-streams.ts';
import { channelRule } from '../said.ts';
import { newestMessages } from '../seen-messages.ts';

/** Without IDs a client that reconnects cannot say what it has. */
export const eventStreamNoIds = channelRule(
  {
    id: 'event-stream-no-ids',
    topic: 'Event streams',
    title: 'An event stream that reconnects without IDs',
    source:
      'HTML Standard, “Last-Event-ID”: https://html.spec.whatwg.org/multipage/server-sent-events.html#the-last-event-id-header',
  },
  function* look({ channel }, { messages }) {
    if (!carriesEventStream(channel)) return;
    const events = newestMessages(messages, channel, 'received');
    const spoke = new Set(events.map(({ connection }) => connection));
    // A stream that is the answer to a POST is asked for anew, and goes on with nothing.
    const again = channel.connections.filter(
      ({ id, openedAt, method = 'GET' }) =>
        openedAt !== undefined && spoke.has(id) && method.toUpperCase() === 'GET',
    );
    if (again.length < 2) return;
    // An ID stays until another one comes: the last event of a connection has it, if one came at all.
    const last = new Map(events.map(({ connection, row }) => [connection, row]));
    if ([...last.values()].some((row) => (messages.read(row).lastEventId ?? '') !== '')) return;
    yield {
      severity: 'warning',
      summary: `The stream was opened ${again.length} times and no event has an ID: what happens between two connections is lost.`,
      advice:
        'Send “id:” with each event, and go on after “Last-Event-ID” when a client comes back.',
      ifWrong:
        'A few bytes for each event, and a buffer of the latest ones on the server; where each event tells the whole state, nothing is lost without.',
      connections: again.slice(1).map(({ id }) => id),
    };
  },
);
