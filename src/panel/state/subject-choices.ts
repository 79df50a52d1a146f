import type { Channel } from '../../core/channel.ts';
import { type Subject, MOST_SUBJECTS } from '../../core/compare/subject.ts';
import { endpointName } from '../../core/endpoint.ts';
import { pollRhythm } from '../../core/http/poll-rhythm.ts';
import type { Session } from '../../core/session.ts';

/** A recording that subjects are chosen from: the one on the screen, or a trace that was added. */
export interface Source {
  readonly id: string;
  /** The name of its file; of the session on the screen how it is called. */
  readonly name: string;
  readonly session: Session;
}

/** What the user chose; the subject is made of it when it is compared. */
export interface Choice {
  readonly source: string;
  /** The numbers of the channels; `all`: the whole recording. */
  readonly channels: readonly number[] | 'all';
}

const TRANSPORT_NAMES: Readonly<Record<Channel['transport'], string>> = {
  websocket: 'WebSocket',
  eventsource: 'EventSource',
  'fetch-stream': 'fetch stream',
  'xhr-stream': 'XHR stream',
  polling: 'polling',
  webtransport: 'WebTransport',
  datachannel: 'data channel',
};

export const messagesOf = ({ tally }: Pick<Channel, 'tally'>): number =>
  tally.sent.messages + tally.received.messages;

/** Channels that can be compared: those that said something. */
export const comparableIn = ({ channels }: Session): Channel[] =>
  channels.filter((channel) => !channel.isSetAside && channel.rows.length > 0);

/** How a channel is called beside others: its transport and its endpoint. */
export function channelName(channel: Channel, { header, channels, lastAt }: Session): string {
  const isHeld =
    channel.transport === 'polling' && pollRhythm(channel, lastAt)?.kind === 'held-open';
  const transport = isHeld ? 'long polling' : TRANSPORT_NAMES[channel.transport];
  const isAlone =
    channels.filter(
      ({ endpoint, transport: other }) =>
        endpoint === channel.endpoint && other === channel.transport,
    ).length === 1;
  const name = `${transport} ${endpointName(channel.endpoint, header.url)}`;
  return isAlone ? name : `${name} #${channel.id}`;
}

export const choiceKey = ({ source, channels }: Choice): string =>
  `${source} ${channels === 'all' ? channels : channels.join('+')}`;

/** @returns `undefined` where what was chosen is no longer there */
export function subjectOf(choice: Choice, sources: readonly Source[]): Subject | undefined {
  const source = sources.find(({ id }) => id === choice.source);
  if (source === undefined) return undefined;
  const { session, name } = source;
  const place = source === sources[0] ? '' : `${name}: `;
  const id = choiceKey(choice);
  if (choice.channels === 'all') {
    return { id, name, kind: 'session', session, channels: comparableIn(session) };
  }
  const wanted = choice.channels;
  const channels = session.channels.filter((channel) => wanted.includes(channel.id));
  const [first] = channels;
  if (first === undefined) return undefined;
  const names = channels.map((channel) => channelName(channel, session)).join(' + ');
  return {
    id,
    name: place + names,
    kind: channels.length === 1 ? 'channel' : 'group',
    session,
    channels,
  };
}

/** What nobody has to choose: the busiest channels, in the order of the panel; the one that is selected leads. */
export function usualChoices(
  { id, session }: Source,
  selected: number | undefined,
): readonly Choice[] {
  const busiest = comparableIn(session)
    .toSorted(
      (a, b) =>
        Number(b.id === selected) - Number(a.id === selected) || messagesOf(b) - messagesOf(a),
    )
    .slice(0, MOST_SUBJECTS)
    .toSorted((a, b) => Number(b.id === selected) - Number(a.id === selected) || a.id - b.id);
  return busiest.map((channel) => ({ source: id, channels: [channel.id] }));
}

/** Joins a choice with the one before it; both of one recording become one subject. */
export function joinChoices(choices: readonly Choice[], index: number): readonly Choice[] {
  const [before, own] = [choices[index - 1], choices[index]];
  if (before === undefined || own === undefined || !canJoin(before, own)) return choices;
  const joined: Choice = {
    source: own.source,
    channels: [...new Set([...channelsOf(before), ...channelsOf(own)])].toSorted((a, b) => a - b),
  };
  return [...choices.slice(0, index - 1), joined, ...choices.slice(index + 1)];
}

export const canJoin = (before: Choice | undefined, own: Choice): boolean =>
  before?.source === own.source && before.channels !== 'all' && own.channels !== 'all';

/** Makes the channels of a group subjects of their own again. */
export function splitChoice(choices: readonly Choice[], index: number): readonly Choice[] {
  const own = choices[index];
  if (own === undefined || own.channels === 'all') return choices;
  const parts = own.channels.map((channel): Choice => ({
    source: own.source,
    channels: [channel],
  }));
  return [...choices.slice(0, index), ...parts, ...choices.slice(index + 1)].slice(
    0,
    MOST_SUBJECTS,
  );
}

const channelsOf = ({ channels }: Choice): readonly number[] =>
  channels === 'all' ? [] : channels;
