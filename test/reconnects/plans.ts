import type { RefusalKind } from '../third-party/wire/wire-log.ts';
import type { Failure, Step } from './entry.ts';

const TALK: Step = { talk: 900 };

/** One outage after another, each with tries that are turned away, and talk between them. */
export function outages(
  tries: readonly number[],
  how: RefusalKind = '503',
  failure: Failure = 'drop',
): readonly Step[] {
  return [
    TALK,
    ...tries.flatMap((count) => [
      { fail: failure, refuse: Array<RefusalKind>(count).fill(how) },
      TALK,
    ]),
  ];
}

/** The server lets nobody in any more, for longer than the library tries. */
export function endless(
  giveUp: number,
  how: RefusalKind = '503',
  failure: Failure = 'drop',
): readonly Step[] {
  return [TALK, { fail: failure, refuse: Array<RefusalKind>(60).fill(how), giveUp }];
}

/** The same outages with more to hear between them, for heartbeats that take their time. */
export function longTalk(steps: readonly Step[], talk: number): readonly Step[] {
  return steps.map((step) => ('talk' in step ? { talk } : step));
}
