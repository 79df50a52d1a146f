import { describeValue } from './describe-value.ts';

/** One entry of a transcript: what the library reported, and with what. */
export type Entry = [event: string, ...details: unknown[]];

/** What the page's part of a scenario has in its hands. */
export interface Stage {
  readonly variant: string;
  readonly http: string;
  readonly ws: string;
  /** Writes an entry into the transcript. */
  note: (event: string, ...details: unknown[]) => void;
  /** Waits until the transcript holds an entry this many times. */
  until: (event: string, count?: number) => Promise<void>;
  /** Asks something of the server: `drop` every connection, `refuse` the next one, or one of the scenario's. */
  tell: (command: string) => Promise<void>;
}

export type Play = (stage: Stage) => Promise<void>;

declare global {
  // Playwright puts it into the page.
  function tellServer(command: string): Promise<void>;
}

/** A library that does not come to its end is told from one that does by its transcript. */
const PATIENCE = 20_000;

/**
 * Runs the page's part of a scenario.
 *
 * @returns the transcript. A run's port is masked in it; nothing else differs between runs.
 */
export async function perform(play: Play, variant: string): Promise<Entry[]> {
  const transcript: Entry[] = [];
  const waiting = new Set<() => void>();
  const note: Stage['note'] = (event, ...details) => {
    transcript.push([event, ...details.map((one) => describeValue(one))]);
    for (const look of waiting) look();
  };
  const count = (event: string) => transcript.filter(([name]) => name === event).length;

  const stage: Stage = {
    variant,
    http: location.origin,
    ws: location.origin.replace('http', 'ws'),
    note,
    until: (event, wanted = 1) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`“${event}” came ${count(event)} times, not ${wanted}`));
        }, PATIENCE);
        const look = () => {
          if (count(event) < wanted) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    tell: (command) => tellServer(command),
  };
  try {
    await play(stage);
  } catch (error) {
    note('broke off', error);
  }
  return JSON.parse(JSON.stringify(transcript).replaceAll(location.host, 'HOST')) as Entry[];
}
