import type { DecodedChannel } from '../report-decoding.ts';
import type { Session } from '../session.ts';
import type { DiffSide } from './session-diff.ts';

/** A recording that was read whole. @param decoded by the numbers of the channels */
export function diffSideOf(
  session: Session,
  decoded: ReadonlyMap<number, DecodedChannel>,
): DiffSide {
  return {
    session,
    channels: session.channels.map((channel) => {
      const { kinds = [], pairs = [] } = decoded.get(channel.id) ?? {};
      return {
        channel,
        pairs,
        kinds: kinds.map((kind) => ({
          ...kind,
          rows: Uint32Array.from({ length: kind.rows.length }, (_, place) => kind.rows.get(place)),
        })),
      };
    }),
  };
}
