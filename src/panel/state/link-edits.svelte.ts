import type { Channel, Connection } from '../../core/channel.ts';
import type { LinkDecided } from '../../core/facts.ts';
import type { Session } from '../../core/session.ts';
import type { Milliseconds } from '../../core/units.ts';

type Decision = Pick<LinkDecided, 'decision' | 'before'>;

/** A change of the user's, and what stood before it. */
interface Edit {
  session: Session;
  connection: number;
  previous: Decision;
  words: string;
}

/** The user joins and splits channels, and takes that back, the last change first. */
export interface LinkEdits {
  /** What can be taken back, in words. */
  readonly undoable: string | undefined;
  /** A connection begins a channel of its own, with all that came after it. */
  split: (connection: Connection) => void;
  /** A channel goes on where an earlier one ended. */
  join: (channel: Channel, earlier: Channel) => void;
  undo: () => void;
}

interface LinkEditsOptions {
  session: () => Session | undefined;
  now: () => Milliseconds;
  /** @param connection the one whose place changed */
  onEdit: (connection: number) => void;
}

export function createLinkEdits({ session, now, onEdit }: LinkEditsOptions): LinkEdits {
  let edits = $state.raw<readonly Edit[]>([]);
  const current = $derived(edits.filter((edit) => edit.session === session()));

  function ingest(connection: number, decision: Decision): void {
    session()?.ingest({ kind: 'link-decided', connection, at: now(), ...decision });
    onEdit(connection);
  }

  function decide(connection: number, decision: Decision, words: string): void {
    const into = session();
    if (into === undefined) return;
    edits = [
      ...current,
      { session: into, connection, previous: standing(into, connection), words },
    ];
    ingest(connection, decision);
  }

  return {
    get undoable() {
      return current.at(-1)?.words;
    },
    split: ({ id }) => {
      decide(id, { decision: 'begins' }, 'the split');
    },
    join: ({ connections: [first] }, { connections: before }) => {
      const last = before.at(-1);
      if (first === undefined || last === undefined) return;
      decide(first.id, { decision: 'continues', before: last.id }, 'the join');
    },
    undo: () => {
      const last = current.at(-1);
      if (last === undefined) return;
      edits = current.slice(0, -1);
      ingest(last.connection, last.previous);
    },
  };
}

/** What the user said of a connection last, which the trace may have brought along. */
function standing(session: Session, connection: number): Decision {
  const last = session.life.findLast(
    ({ fact }) => fact.kind === 'link-decided' && fact.connection === connection,
  )?.fact;
  if (last?.kind !== 'link-decided') return { decision: 'withdrawn' };
  const { decision, before } = last;
  return { decision, ...(before !== undefined && { before }) };
}
