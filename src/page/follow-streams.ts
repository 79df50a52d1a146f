import type { Branch } from './body.ts';
import { type BranchWatch, createBranchWatch } from './branch-watch.ts';
import type { Recorder } from './recorder.ts';
import { watchStreams } from './watch-streams.ts';

/** Follows streams that the page reads, whichever API gave them. */
export interface StreamFollower extends BranchWatch {
  /** The methods of streams are patched with the first one. */
  follow: (stream: object, branch: Branch) => void;
}

export function createStreamFollower(recorder: Recorder): StreamFollower {
  const branches = createBranchWatch(recorder);
  let isInPlace = false;
  return {
    ...branches,
    follow: (stream, branch) => {
      branches.add(stream, branch);
      if (!isInPlace) watchStreams(recorder, branches);
      isInPlace = true;
    },
  };
}
