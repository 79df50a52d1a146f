import { connectionFacts } from '../connection-facts.ts';
import type { ConnectionCreated, Fact, FrameKind } from '../facts.ts';
import type { Session } from '../session.ts';
import type { EpochMilliseconds } from '../units.ts';

/** What is told of a connection of a worker; its times are of the wall, and it has no place in a session yet. */
export type ConnectionTold = Omit<ConnectionCreated, 'frame' | 'connection' | 'source'>;

type ConnectionFact = Exclude<Extract<Fact, { connection: number }>, ConnectionCreated>;
/** What is told of a connection afterwards. */
export type AfterTold = ConnectionFact extends infer Told
  ? Told extends ConnectionFact
    ? Omit<Told, 'connection'>
    : never
  : never;

export interface WorkerHomeOptions {
  kind: Extract<FrameKind, 'shared-worker' | 'service-worker'>;
  /** The worker's script. */
  url: string;
  session: () => Session | undefined;
}

/** The place of one worker in the session, whichever that is: a worker outlives navigations. */
export interface WorkerHome {
  /** @param n under which it is told of from now on */
  introduce: (n: number, created: ConnectionTold, continues?: number) => void;
  /** Facts of connections that the session does not know are left out. */
  tell: (n: number, fact: AfterTold) => void;
  /** The worker is gone. */
  leave: (now: EpochMilliseconds) => void;
}

export function createWorkerHome({ kind, url, session: current }: WorkerHomeOptions): WorkerHome {
  const places = new Map<number, { session: Session; connection: number }>();
  let frame: { session: Session; id: number } | undefined;

  function frameIn(session: Session): number {
    if (frame?.session === session) return frame.id;
    const id = session.nextFrame;
    session.ingest({ kind: 'frame-added', frame: id, at: session.lastAt, url, frameKind: kind });
    frame = { session, id };
    return id;
  }

  /** What is open goes on in the new session, without its messages. */
  function placeIn(session: Session, n: number): number | undefined {
    const place = places.get(n);
    if (place === undefined || place.session === session) return place?.connection;
    const known = place.session.connections.get(place.connection);
    if (known === undefined || known.endedAt !== undefined) return undefined;
    const shift = place.session.header.startedAt - session.header.startedAt;
    const connection = session.nextConnection;
    for (const fact of connectionFacts(known, connection, frameIn(session))) {
      session.ingest({ ...fact, at: fact.at + shift });
    }
    places.set(n, { session, connection });
    return connection;
  }

  return {
    introduce: (n, created, continued) => {
      const session = current();
      if (session === undefined) return;
      const before = continued === undefined ? undefined : places.get(continued);
      const connection = session.nextConnection;
      session.ingest({
        ...created,
        connection,
        frame: frameIn(session),
        at: created.at - session.header.startedAt,
        source: 'network-log',
        ...(before?.session === session && { continues: before.connection }),
      });
      places.set(n, { session, connection });
    },
    tell: (n, fact) => {
      const session = current();
      const connection = session === undefined ? undefined : placeIn(session, n);
      if (session === undefined || connection === undefined) return;
      session.ingest({ ...fact, connection, at: fact.at - session.header.startedAt });
    },
    leave: (now) => {
      const session = current();
      if (session === undefined || frame?.session !== session) return;
      const at = now - session.header.startedAt;
      session.ingest({ kind: 'frame-removed', frame: frame.id, at });
      frame = undefined;
    },
  };
}
