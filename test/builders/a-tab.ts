import { type Hello, PROTOCOL, type TapCommand } from '../../src/bridge/envelope.ts';
import { createIntake } from '../../src/bridge/intake.ts';
import type { MessagesEvicted, TapFact } from '../../src/bridge/tap-record.ts';
import { createSession, type Session } from '../../src/core/session.ts';
import { aBatch } from './tap.ts';

export const AN_ORIGIN = Date.UTC(2026, 10, 20, 10);

/** The hello of a document that was created this long after {@link AN_ORIGIN}. */
export function aHello(stream: string, more: Partial<Hello> = {}, after = 0): Hello {
  return {
    kind: 'hello',
    protocol: PROTOCOL,
    stream,
    url: `https://shop.test/${stream}`,
    isTop: true,
    timeOrigin: AN_ORIGIN + after,
    restored: false,
    ...more,
  };
}

export const aFrameHello = (stream: string, after = 1): Hello =>
  aHello(stream, { isTop: false }, after);

/** Totals of messages that a tap let go, all received. */
export function evictedFrom(connection: number, messages: number, bytes: number): MessagesEvicted {
  const none = { messages: 0, bytes: 0 };
  return { connection, at: 0, where: 'history', sent: none, received: { messages, bytes } };
}

/** A panel's intake, what it made of what it heard, and what it said. */
export function aTab() {
  const sessions: Session[] = [];
  const replies: { relay: number; command: TapCommand }[] = [];
  const state = { isLogPreserved: false, rejected: 0, otherProtocols: [] as number[] };
  let answer = (_relay: number, _command: TapCommand): void => undefined;
  const intake = createIntake({
    startSession: (header) => {
      const session = createSession(header);
      sessions.push(session);
      return session;
    },
    reply: (relay, command) => {
      replies.push({ relay, command });
      answer(relay, command);
    },
    isLogPreserved: () => state.isLogPreserved,
    onOtherProtocol: (protocol) => state.otherProtocols.push(protocol),
    onRejected: () => (state.rejected += 1),
  });
  const session = (): Session => {
    const last = sessions.at(-1);
    if (last === undefined) throw new Error('no session has begun');
    return last;
  };
  return {
    intake,
    sessions,
    state,
    session,
    onReply: (hear: typeof answer) => {
      answer = hear;
    },
    facts: () => [...session().facts()],
    /** What the panel said since the last look: `1 start 0`. */
    replies: () =>
      replies
        .splice(0)
        .map(({ relay, command }) =>
          [
            relay,
            command.kind,
            command.kind === 'start' ? command.after : '',
            command.kind === 'acknowledge' ? command.through : '',
          ]
            .filter((word) => word !== '')
            .join(' '),
        ),
    /** Facts in one batch, numbered from `first`. */
    hear: (relay: number, first: number, facts: TapFact[], evicted: MessagesEvicted[] = []) => {
      const records = facts.map((fact, index) => ({ n: first + index, fact }));
      intake.hear(relay, aBatch({ after: first - 1, records, evicted }));
    },
  };
}
