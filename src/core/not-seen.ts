import { formatCountOf } from './format.ts';
import type { PayloadState } from './facts.ts';
import type { Session } from './session.ts';

/** What a session cannot show, why, and what would mend it. */
export interface NotSeen {
  what: string;
  why: string;
  mend: string;
  /** What a program can do about it. */
  action?: 'reload' | 'inspect';
  /** `inspect`: an expression of the page, and the document that it is in; without one, the top one. */
  inspected?: { expression: string; frame?: string };
}

const RELOAD = {
  mend: 'Open the panel before the page loads, or reload the page.',
  action: 'reload',
} as const;

const PAYLOAD_GAPS: Record<Exclude<PayloadState, 'whole'>, Omit<NotSeen, 'what'>> = {
  pending: {
    why: 'the bytes of a Blob were still being read when the session ended',
    mend: 'Record a little longer, until the bytes have arrived.',
  },
  evicted: {
    why: "the page's bounded history let them go before a panel watched",
    ...RELOAD,
  },
  cut: {
    why: 'they are longer than the limit for payloads, or their bodies broke off; their beginnings are here',
    mend: 'None is known; lengths and times are exact.',
  },
  unreadable: {
    why: 'the browser refused to hand their bytes over',
    mend: 'None is known; lengths and times are exact.',
  },
};

/** Everything that the session itself knows to be missing from it. */
export function computeNotSeen(session: Session): NotSeen[] {
  return [
    ...droppedMessages(session),
    ...missingPayloads(session),
    ...failedTaps(session),
    ...replaced(session),
  ];
}

function* droppedMessages({ droppedBy }: Session): Generator<NotSeen> {
  const { history, buffer, connections, requests } = droppedBy;
  if (connections + requests > 0) {
    const gone = [
      ...(connections > 0 ? [formatCountOf(connections, 'connection')] : []),
      ...(requests > 0 ? [formatCountOf(requests, 'request')] : []),
    ];
    yield {
      what: gone.join(' and '),
      why: "they ended long before a panel watched, and the page's bounded history let them go",
      ...RELOAD,
    };
  }
  if (history > 0) {
    yield {
      what: formatCountOf(history, 'message'),
      why: "the page's bounded history dropped them before a panel watched",
      ...RELOAD,
    };
  }
  if (buffer > 0) {
    yield {
      what: formatCountOf(buffer, 'message'),
      why: 'they came faster than the extension could carry them away',
      mend: 'Let the page do less at once, and record again.',
    };
  }
}

function* missingPayloads({ messages }: Session): Generator<NotSeen> {
  const counts = messages.payloadStates;
  for (const state of ['pending', 'evicted', 'cut', 'unreadable'] as const) {
    if (counts[state] === 0) continue;
    const what = state === 'cut' ? 'the rest of ' : '';
    yield { what: what + formatCountOf(counts[state], 'payload'), ...PAYLOAD_GAPS[state] };
  }
}

function* failedTaps(session: Session): Generator<NotSeen> {
  for (const { url, failures } of session.frames.values()) {
    const [first] = failures;
    if (first === undefined) continue;
    yield {
      what: `part of the traffic of ${url}`,
      why: `our own tap failed there ${formatCountOf(failures.length, 'time')}: ${first}`,
      mend: 'Report it as a bug of Wirescope.',
    };
  }
}

function* replaced({ frames }: Session): Generator<NotSeen> {
  for (const frame of frames.values()) {
    if (frame.removedAt !== undefined) continue;
    for (const name of frame.replaced) {
      yield {
        what: `connections that ${frame.url} makes with ${name === 'EventSource' ? 'an' : 'a'} ${name} of its own`,
        why: `the page put it in the place of the browser’s ${name}, and none of its connections has come through that`,
        mend: `See where it comes from: inspect(${name}) in the console of that document.`,
        // The console of DevTools reaches no other tab.
        ...(frame.kind !== 'popup' && {
          action: 'inspect',
          inspected: { expression: name, ...(frame.kind !== 'top' && { frame: frame.url }) },
        }),
      };
    }
  }
}
