import type { Channel } from '../../core/channel.ts';
import { type LaneReading, readLane } from '../../core/read-lane.ts';
import type { Milliseconds } from '../../core/units.ts';
import type { PanelState } from './panel.svelte.ts';

/** A mark is hit from so many pixels away. */
const REACH = 5;

/** What a lane of this width holds at a time, as it is shown. */
export function readUnder(
  panel: PanelState,
  channel: Channel,
  at: Milliseconds,
  width: number,
): LaneReading | undefined {
  const { session, window, story, areBeatsHidden } = panel;
  if (session === undefined) return undefined;
  return readLane(
    { channel, messages: session.messages, outages: story.of(channel.id)?.outages ?? [] },
    at,
    (REACH / width) * (window.to - window.from),
    (row) => !areBeatsHidden || story.beats?.isHeartbeat(row) !== true,
  );
}

/** Opens what is under a time of a lane: a message, else an outage. */
export function openUnder(
  panel: PanelState,
  channel: Channel,
  at: Milliseconds,
  width: number,
): void {
  const { row, outage } = readUnder(panel, channel, at, width) ?? {};
  panel.selectChannel(channel.id);
  if (row !== undefined) panel.reveal(row);
  else if (outage !== undefined) panel.openOutage(channel.id, outage.connection);
}
