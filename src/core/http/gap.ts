import type { Bytes } from '../units.ts';
import type { GapState } from './body-reader.ts';

/** What is missing at one place of a body, until the reader is in step again. */
export interface Gap {
  readonly isOpen: boolean;
  /** The first reason stays. */
  widen: (bytes: Bytes, state: GapState) => void;
  /** Nothing where no byte is missing: what was lost may have been counted elsewhere. */
  close: () => { bytes: Bytes; state: GapState } | undefined;
}

export function createGap(): Gap {
  let gap: { bytes: Bytes; state: GapState } | undefined;
  return {
    get isOpen() {
      return gap !== undefined;
    },
    widen: (bytes, state) => {
      gap ??= { bytes: 0, state };
      gap.bytes += bytes;
    },
    close: () => {
      const closed = gap;
      gap = undefined;
      return closed?.bytes === 0 ? undefined : closed;
    },
  };
}
