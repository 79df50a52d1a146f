import type { Channel } from '../../core/channel.ts';
import { TRANSPORTS, type Direction, type Transport } from '../../core/facts.ts';
import { asksForKinds } from '../../core/filter.ts';
import { isModelProtocol } from '../../core/decoded/protocol-labels.ts';
import type { Frame, Session } from '../../core/session.ts';
import { fitWindow, type TimeWindow } from '../../core/time-window.ts';
import type { Milliseconds } from '../../core/units.ts';
import { createLiveAdvice } from './advice.svelte.ts';
import { createComparison } from './comparison.svelte.ts';
import { createDecoding } from './decoding.svelte.ts';
import { ADVICE_TABS, DETAIL_TABS, type DetailTab, READING_TABS } from './detail-tabs.ts';
import { createLimits } from './limits.svelte.ts';
import { createLinkEdits } from './link-edits.svelte.ts';
import { createLiveStory } from './live-story.svelte.ts';
import { createDrillControl } from './drill.svelte.ts';
import { createReading } from './reading.svelte.ts';
import { createReach } from './reach.svelte.ts';
import type { Palette } from '../ui/palette.ts';
import type { Recording } from './recording.svelte.ts';
import { createListWords } from './row-words.svelte.ts';
import { createShownRows } from './shown-rows.svelte.ts';
import { createSelectedPair } from './selected-pair.svelte.ts';
import type { SiteSwitch } from './site-switch.svelte.ts';

/** A trace that is looked at instead of the live session. */
export interface OpenedTrace {
  session: Session;
  name: string;
  warnings: string[];
}

const USUAL_TRANSPORTS: readonly Transport[] = [
  'websocket',
  'eventsource',
  'fetch-stream',
  'polling',
];
/** How often open connections grow on the screen while nothing arrives. */
const CLOCK_INTERVAL = 250;

/** What the panel shows: which session, which part of it, what is selected. */
export function createPanelState(recording: Recording, site: SiteSwitch) {
  let opened = $state.raw<OpenedTrace>();
  let channelId = $state<number>();
  let row = $state<number>();
  let fixedWindow = $state.raw<TimeWindow>();
  let clock = $state(0);
  let filterText = $state('');
  let hiddenTransports = $state.raw<readonly Transport[]>([]);
  let onlyDirection = $state<Direction>();
  let palette = $state.raw<Palette>();
  /** Changes of the user's own; those of a trace that is looked at come from nobody else. */
  let edits = $state(0);
  let tab = $state<DetailTab>('Messages');
  let outage = $state<number>();
  let connection = $state<number>();
  let areBeatsHidden = $state(false);

  const session = $derived(opened?.session ?? recording.session);
  const revision = $derived((opened === undefined ? recording.revision : 0) + edits);

  const isLive = $derived(opened === undefined && recording.isOn);
  const now = $derived.by((): Milliseconds => {
    void revision;
    void clock;
    if (session === undefined) return 0;
    return isLive ? Math.max(session.lastAt, recording.now()) : session.lastAt;
  });

  const story = createLiveStory({
    session: () => session,
    revision: () => revision,
    edits: () => edits,
    now: () => now,
    isLive: () => isLive,
    hasEnded: () => opened !== undefined,
  });

  const frameCount = $derived.by((): number => {
    void revision;
    return session?.frames.size ?? 0;
  });

  const window = $derived(fixedWindow ?? fitWindow(firstAt(session), now));

  const channels = $derived.by((): readonly Channel[] => {
    void revision;
    if (session === undefined) return [];
    return session.channels.filter(
      ({ transport, isSetAside }) => !isSetAside && !hiddenTransports.includes(transport),
    );
  });

  /** Documents of the page itself; each but the first is a navigation. */
  const tops = $derived.by((): readonly Frame[] => {
    void frameCount;
    return [...(session?.frames.values() ?? [])].filter(({ kind }) => kind === 'top');
  });

  const setAside = $derived.by((): readonly Channel[] => {
    void revision;
    return session?.channels.filter(({ isSetAside }) => isSetAside) ?? [];
  });

  const transports = $derived.by((): readonly Transport[] => {
    void revision;
    const isHere = (name: Transport) =>
      session?.channels.some(({ transport }) => transport === name) === true;
    return TRANSPORTS.filter((name) => USUAL_TRANSPORTS.includes(name) || isHere(name));
  });

  const channel = $derived(
    channels.find(({ id }) => id === channelId) ??
      (channelId === undefined ? undefined : channels[0]),
  );

  const decoding = createDecoding({ session: () => session, revision: () => revision });
  const advice = createLiveAdvice({
    session: () => session,
    revision: () => revision,
    story,
    decoding,
    isShown: () => channelId !== undefined && ADVICE_TABS.includes(tab),
  });
  const reading = createReading({
    session: () => session,
    channel: () => channel,
    revision: () => revision,
    window: () => window,
    isNeeded: () => READING_TABS.includes(tab) || asksForKinds(filterText),
    decoding,
  });

  /** Answers of language models are put together where the channel carries some. */
  const hasAnswers = $derived.by(() => {
    const innermost = channel === undefined ? undefined : decoding.readWith(channel)?.stack.at(-1);
    return innermost !== undefined && isModelProtocol(innermost);
  });

  const words = createListWords({ channel: () => channel, decoding });

  const selected = createSelectedPair({
    channel: () => channel,
    row: () => row,
    revision: () => revision,
    decoding,
    reading,
  });

  const list = createShownRows({
    session: () => session,
    channel: () => channel,
    revision: () => revision,
    text: () => filterText,
    onlyDirection: () => onlyDirection,
    areBeatsHidden: () => areBeatsHidden,
    story,
    reading,
  });

  $effect(() => {
    if (!recording.isOn || opened !== undefined) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') clock += 1;
    }, CLOCK_INTERVAL);
    return () => {
      clearInterval(timer);
    };
  });

  const limits = createLimits();
  const reach = createReach({
    origin: () => (recording.isOn && !site.isOff ? site.origin : undefined),
    session: () => {
      void recording.revision;
      return recording.session;
    },
  });

  const drill = createDrillControl(recording);

  const comparison = createComparison({
    shown: () => session && { session, name: opened?.name ?? 'This recording' },
    selected: () => channelId,
    decoding,
  });

  // A new session (navigation, clear, import) begins with the whole picture and nothing selected.
  $effect(() => {
    void session;
    row = undefined;
    outage = undefined;
    connection = undefined;
    fixedWindow = undefined;
  });

  const links = createLinkEdits({
    session: () => session,
    now: () => now,
    onEdit: (connection) => {
      edits += 1;
      channelId = session?.connections.get(connection)?.channel;
    },
  });

  function setChannelAside({ connections: [first] }: Channel, isSetAside: boolean): void {
    if (session === undefined || first === undefined) return;
    session.ingest({ kind: 'channel-set-aside', connection: first.id, at: now, isSetAside });
    edits += 1;
  }

  return {
    recording,
    site,
    reach,
    drill,
    comparison,
    limits,
    story,
    advice,
    decoding,
    reading,
    words,
    links,
    get session() {
      return session;
    },
    get revision() {
      return revision;
    },
    get opened() {
      return opened;
    },
    get now() {
      return now;
    },
    get window() {
      return window;
    },
    /** The theme's colours; canvases draw anew when they change. */
    get palette() {
      return palette;
    },
    set palette(next) {
      palette = next;
    },
    get isFitted() {
      return fixedWindow === undefined;
    },
    get channels() {
      return channels;
    },
    /** Those that the user said are none. */
    get setAsideChannels() {
      return setAside;
    },
    get tops() {
      return tops;
    },
    get channel() {
      return channel;
    },
    get row() {
      return row;
    },
    /** What the selected message asks or answers. */
    get pair() {
      return selected.pair;
    },
    get shown() {
      return list.shown;
    },
    get filterError() {
      return list.filterError;
    },
    get filterText() {
      return filterText;
    },
    set filterText(text) {
      filterText = text;
    },
    get onlyDirection() {
      return onlyDirection;
    },
    set onlyDirection(direction) {
      onlyDirection = direction;
    },
    /** Those that a filter offers: the usual ones, and what else is here. */
    get transports() {
      return transports;
    },
    isShown: (transport: Transport) => !hiddenTransports.includes(transport),
    /** Shows or hides a transport; never hides the last one. */
    toggleTransport: (transport: Transport) => {
      const next = hiddenTransports.includes(transport)
        ? hiddenTransports.filter((hidden) => hidden !== transport)
        : [...hiddenTransports, transport];
      hiddenTransports = transports.every((name) => next.includes(name)) ? [] : next;
    },
    /** Which part of the details is shown. */
    get tab() {
      return tab === 'Answers' && !hasAnswers ? 'Messages' : tab;
    },
    /** The parts that the details of the channel have. */
    get tabs() {
      return DETAIL_TABS.filter((name) => name !== 'Answers' || hasAnswers);
    },
    set tab(next) {
      tab = next;
    },
    /** The outage that is looked at, by the connection that was lost. */
    get outage() {
      return outage;
    },
    set outage(next) {
      outage = next;
    },
    /** Opens the story of a channel at one of its outages. */
    openOutage: (channel: number, lost: number) => {
      if (channel !== channelId) row = undefined;
      channelId = channel;
      outage = lost;
      tab = 'Reconnects';
    },
    /** The connection of the channel whose facts are shown. */
    get connection() {
      return connection;
    },
    set connection(next) {
      connection = next;
    },
    /** Opens the findings about a channel. */
    openAdvice: (channel: number) => {
      if (channel !== channelId) row = undefined;
      channelId = channel;
      tab = 'Advice';
    },
    /** Shows the facts of a connection wherever it is. */
    revealConnection: (next: number) => {
      const channel = session?.connections.get(next)?.channel;
      if (channel === undefined) return;
      channelId = channel;
      row = undefined;
      connection = next;
      tab = 'Connection';
    },
    /** Whether heartbeats are left out of lists, lanes and statistics. */
    get areBeatsHidden() {
      return areBeatsHidden;
    },
    set areBeatsHidden(next) {
      areBeatsHidden = next;
    },
    /** How many messages of the channel are not shown for being heartbeats. */
    get hiddenBeats() {
      return list.hiddenBeats;
    },
    show: (next: TimeWindow | undefined) => {
      fixedWindow = next;
    },
    selectChannel: (id: number | undefined) => {
      if (id !== channelId) row = undefined;
      channelId = id;
    },
    /** What we concluded from requests was wrong: the channel leaves the picture, but not the session. */
    setAside: (channel: Channel) => {
      setChannelAside(channel, true);
      channelId = undefined;
      row = undefined;
    },
    bringBack: () => {
      const [first] = setAside;
      for (const channel of setAside) setChannelAside(channel, false);
      channelId = first?.id;
    },
    selectMessage: (next: number | undefined) => {
      row = next;
    },
    /** Puts the selection on a message wherever it is. */
    reveal: (next: number) => {
      const connection = session?.connections.get(session.messages.connection(next));
      if (connection === undefined) return;
      channelId = connection.channel;
      row = next;
      tab = 'Messages';
    },
    openTrace: (trace: OpenedTrace | undefined) => {
      opened = trace;
      channelId = undefined;
    },
  };
}

export type PanelState = ReturnType<typeof createPanelState>;

/** After a clear, connections may be older than the session. */
function firstAt(session: Session | undefined): Milliseconds {
  return session?.channels[0]?.connections[0]?.createdAt ?? 0;
}
