import type { AdviceInput, Advised, Finding, Rule } from './rule.ts';

/** Evidence that is named at most, of each sort: more shows nothing new. */
const MOST_EVIDENCE = 10;

/** What a rule says; who says it is added. */
export interface Said extends Pick<Finding, 'severity' | 'summary' | 'advice' | 'ifWrong'> {
  /** All that show it, the most telling first. */
  readonly rows?: readonly number[];
  readonly connections?: readonly number[];
}

/** What a rule says of some channels. */
export interface SaidOfChannels extends Said {
  readonly channels: readonly number[];
}

type About = Pick<Rule, 'id' | 'topic' | 'title' | 'source'>;

/** A rule that looks at one channel at a time. */
export function channelRule(
  about: About,
  look: (advised: Advised, session: AdviceInput['session']) => Iterable<Said>,
): Rule {
  return {
    ...about,
    scope: 'channel',
    *find({ session, channels }) {
      for (const advised of channels) {
        for (const said of look(advised, session)) {
          yield toFinding(about.id, { ...said, channels: [advised.channel.id] });
        }
      }
    },
  };
}

/** A rule that needs to see all channels together. */
export function sessionRule(
  about: About,
  look: (input: AdviceInput) => Iterable<SaidOfChannels>,
): Rule {
  return {
    ...about,
    scope: 'session',
    *find(input) {
      for (const said of look(input)) yield toFinding(about.id, said);
    },
  };
}

function toFinding(
  rule: string,
  { rows = [], connections = [], channels, severity, summary, advice, ifWrong }: SaidOfChannels,
): Finding {
  return {
    rule,
    severity,
    summary,
    advice,
    ifWrong,
    rows: rows.slice(0, MOST_EVIDENCE),
    connections: connections.slice(0, MOST_EVIDENCE),
    channels,
    weight: rows.length + connections.length,
  };
}
