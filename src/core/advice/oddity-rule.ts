import type { NotedOddity } from '../channel.ts';
import type { StreamOddity } from '../facts.ts';
import { formatCountOf } from '../format.ts';
import type { Rule } from './rule.ts';
import { channelRule, type Said } from './said.ts';

interface OddityWords extends Pick<Rule, 'id' | 'title'>, Pick<Said, 'advice' | 'ifWrong'> {
  readonly oddity: StreamOddity;
  /** What was seen, in a sentence; of the line only its beginning is quoted. */
  readonly seen: (line: string) => string;
}

const SOURCE =
  'HTML Standard, “Interpreting an event stream”: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation';
const LONGEST_QUOTE = 40;

/** A rule about something in the raw text of an event stream that clients ignore. */
export function oddityRule({ oddity, id, title, seen, advice, ifWrong }: OddityWords): Rule {
  return channelRule(
    { id, topic: 'Event streams', title, source: SOURCE },
    function* look({ channel }) {
      const all: (NotedOddity & { connection: number })[] = channel.connections.flatMap(
        ({ id: connection, oddities }) =>
          oddities
            .filter((each) => each.oddity === oddity)
            .map((each) => ({ ...each, connection })),
      );
      const [first] = all;
      if (first === undefined) return;
      const times = all.length > 1 ? ` Seen ${formatCountOf(all.length, 'time')}.` : '';
      yield {
        severity: 'warning',
        summary: seen(`“${first.line.slice(0, LONGEST_QUOTE)}”`) + times,
        advice,
        ifWrong,
        connections: [...new Set(all.map(({ connection }) => connection))],
      };
    },
  );
}
