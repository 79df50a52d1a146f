import type { TapFact } from '../bridge/tap-record.ts';
import { now } from './natives.ts';

type Told = Exclude<Extract<TapFact, { connection: number }>, { kind: 'message' }>;
type Rest<Kind> = Omit<Extract<Told, { kind: Kind }>, 'kind' | 'connection' | 'at'>;
/** May be left out where no field has to be there. */
type More<Kind> = Partial<Rest<Kind>> extends Rest<Kind> ? [more?: Rest<Kind>] : [more: Rest<Kind>];

/** Records what just happened to a connection. */
export type Tell = <Kind extends Told['kind']>(
  kind: Kind,
  connection: number,
  ...more: More<Kind>
) => void;

export function createTell(record: (fact: TapFact) => void): Tell {
  return (kind: Told['kind'], connection: number, more?: object) => {
    record({ kind, connection, at: now(), ...more } as Told);
  };
}
