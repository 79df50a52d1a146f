import { adviceInputOf } from './advice/advice-input.ts';
import { type FindingReport, reportFindings } from './advice/report-findings.ts';
import { uncheckedOf } from './advice/unchecked.ts';
import type { Channel, Connection } from './channel.ts';
import { drillsOf } from './drill/drills-of.ts';
import { type DrillReport, reportDrills } from './drill/report-drills.ts';
import type { DirectionTally, Link, Tally, Transport } from './facts.ts';
import { isEventStream } from './http/connection-body.ts';
import { computeNotSeen, type NotSeen } from './not-seen.ts';
import { type DecodedChannel, type DecodingReport, reportDecoding } from './report-decoding.ts';
import { type Brought, type MeasuringReport, reportMeasures } from './report-measures.ts';
import { reportStory, type StoryReport } from './report-story.ts';
import type { Frame, Session } from './session.ts';
import { describeEnd } from './story/cause.ts';
import { createStory } from './story/story.ts';
import type { Story } from './story/story-types.ts';
import type { Bytes, Milliseconds } from './units.ts';
import type { Compression } from './wire-cost/compression.ts';

/** Raised when the meaning of a field changes; new fields do not raise it. */
export const REPORT_VERSION = 1;

/**
 * A session in numbers, for the command line, for CI and for agents.
 * Times are milliseconds from the session's start, sizes are bytes.
 * Counts of messages and bytes are exact and include what was dropped; `dropped` says how many of
 * them are not in the trace. `dataTypes` and `eventTypes` can only count what was kept.
 * `discarded` messages were given to `send()` too late, never left, and are in no other count.
 */
export interface Report {
  format: 'wirescope-report';
  version: typeof REPORT_VERSION;
  session: {
    url: string;
    startedAt: string;
    durationMs: Milliseconds;
    browser?: string;
    messages: number;
    bytes: Bytes;
    dropped: number;
    /** Channels that the user set aside: they are not listed, but counted in the numbers above. */
    setAside?: number;
  };
  channels: ChannelReport[];
  /** About several channels, the gravest first; those about one stand with it. */
  findings: FindingReport[];
  /** Rules that broke. */
  unchecked?: string[];
  notSeen: NotSeen[];
}

export interface ChannelReport
  extends Partial<StoryReport>, Partial<DecodingReport>, Partial<MeasuringReport> {
  /** What active mode did to it, and how it came through. */
  drills?: DrillReport[];
  /** `c` and the channel's number in the session. */
  id: string;
  transport: Transport;
  endpoint: string;
  frame: { url: string; kind: Frame['kind'] };
  sent: Tally;
  received: Tally;
  dataTypes: { text: number; binary: number };
  /** Event streams only. */
  eventTypes?: Record<string, number>;
  firstMessageAt?: Milliseconds;
  lastMessageAt?: Milliseconds;
  dropped: number;
  discarded: number;
  connections: ConnectionReport[];
  /** The gravest first. */
  findings: FindingReport[];
  /** What the findings could not look at, and why. */
  unchecked?: string[];
}

/** One try on the network; a field that nobody told us is absent. */
export interface ConnectionReport extends Partial<
  Pick<
    Connection,
    | 'openedAt'
    | 'endedAt'
    | 'endedBy'
    | 'closeCode'
    | 'closeReason'
    | 'wasClean'
    | 'subprotocol'
    | 'extensions'
    | 'status'
  >
> {
  /** `k` and the connection's number in the session. */
  id: string;
  url: string;
  state: Connection['state'];
  source: Connection['source'];
  createdAt: Milliseconds;
  /** Requests only. */
  method?: string;
  /** As the network log tells it. */
  httpVersion?: string;
  link?: Link;
  /** How it ended, in a sentence; absent while it lasts. */
  end?: string;
}

/**
 * @param decoded by the number of the channel; without it nothing is said of what payloads mean
 * @param compressions likewise, of channels that compress; without it costs are those before compression
 */
export function createReport(
  session: Session,
  decoded: ReadonlyMap<number, DecodedChannel> = new Map(),
  compressions: ReadonlyMap<number, Compression> = new Map(),
): Report {
  const { header, tally, dropped } = session;
  const channels = session.channels.filter(({ isSetAside }) => !isSetAside);
  const setAside = session.channels.length - channels.length;
  const story = createStory(session);
  story.update();
  const advice = reportFindings(adviceInputOf({ session, story, decoded, compressions }));
  return {
    format: 'wirescope-report',
    version: REPORT_VERSION,
    session: {
      url: header.url,
      startedAt: new Date(header.startedAt).toISOString(),
      durationMs: session.lastAt,
      ...(header.browser !== undefined && { browser: header.browser }),
      messages: messagesOf(tally),
      bytes: tally.sent.bytes + tally.received.bytes,
      dropped: messagesOf(dropped),
      ...(setAside > 0 && { setAside }),
    },
    channels: channels.map((channel) =>
      reportChannel(session, channel, {
        stories: story,
        decoded: decoded.get(channel.id),
        compression: compressions.get(channel.id),
        findings: advice.of(channel.id),
      }),
    ),
    findings: advice.ofSeveral,
    ...(advice.unchecked.length > 0 && { unchecked: advice.unchecked }),
    notSeen: computeNotSeen(session),
  };
}

function messagesOf(tally: DirectionTally): number {
  return tally.sent.messages + tally.received.messages;
}

/** What is known of a channel beside its facts. */
interface Learned extends Brought {
  stories: Story;
  findings: FindingReport[];
}

function reportChannel(
  session: Session,
  channel: Channel,
  { stories, findings, ...brought }: Learned,
): ChannelReport {
  const { decoded } = brought;
  const story = stories.of(channel.id);
  const { firstMessageAt, lastMessageAt } = channel;
  const unchecked = uncheckedOf(channel);
  const frame = session.frames.get(channel.frame);
  return {
    id: `c${channel.id}`,
    transport: channel.transport,
    endpoint: channel.endpoint,
    frame: { url: frame?.url ?? '', kind: frame?.kind ?? 'top' },
    sent: { ...channel.tally.sent },
    received: { ...channel.tally.received },
    dataTypes: { ...channel.dataTypes },
    ...(channel.connections.some(isEventStream) && {
      eventTypes: Object.fromEntries(channel.eventTypes),
    }),
    ...(firstMessageAt !== undefined && { firstMessageAt }),
    ...(lastMessageAt !== undefined && { lastMessageAt }),
    dropped: messagesOf(channel.dropped),
    discarded: channel.discarded,
    connections: channel.connections.map(reportConnection),
    findings,
    ...(unchecked.length > 0 && { unchecked }),
    ...(decoded !== undefined && reportDecoding(decoded)),
    ...(story !== undefined && reportStory(story)),
    ...reportMeasures(session, channel, stories, brought),
    ...(story !== undefined && reportDrills(drillsOf(session, channel), channel, story)),
  };
}

function reportConnection(connection: Connection): ConnectionReport {
  const { id, url, state, source, createdAt, link } = connection;
  const { openedAt, endedAt, closeCode, closeReason, wasClean, endedBy } = connection;
  const { subprotocol, extensions, status, method, handshake } = connection;
  return {
    id: `k${id}`,
    url,
    state,
    source,
    createdAt,
    ...(openedAt !== undefined && { openedAt }),
    ...(endedAt !== undefined && { endedAt }),
    ...(closeCode !== undefined && { closeCode }),
    ...(closeReason !== undefined && { closeReason }),
    ...(wasClean !== undefined && { wasClean }),
    ...(endedBy !== undefined && { endedBy }),
    ...(subprotocol !== undefined && { subprotocol }),
    ...(extensions !== undefined && { extensions }),
    ...(status !== undefined && { status }),
    ...(method !== undefined && { method }),
    ...(handshake?.httpVersion !== undefined && { httpVersion: handshake.httpVersion }),
    ...(endedAt !== undefined && { end: describeEnd(connection) }),
    ...(link !== undefined && { link: { ...link, evidence: [...link.evidence] } }),
  };
}
