import browser from 'webextension-polyfill';
import { PROTOCOL_IDS, type ProtocolId } from '../../core/decoded/decoded.ts';

/** Which decoders the user chose for an endpoint of a site; an empty list: none at all. */
export interface KeptDecoders {
  of: (origin: string, endpoint: string) => readonly ProtocolId[] | undefined;
  /** @param stack `undefined`: by evidence again */
  choose: (
    origin: string,
    endpoint: string,
    stack: readonly ProtocolId[] | undefined,
  ) => Promise<void>;
}

type Stored = Readonly<Record<string, readonly ProtocolId[]>>;

const DECODERS_KEY = 'decoders';
/** The oldest choices go first. */
const MOST_KEPT = 500;

const keyOf = (origin: string, endpoint: string): string => `${origin} ${endpoint}`;

export function createKeptDecoders(): KeptDecoders {
  const { local } = browser.storage;
  let stored = $state.raw<Stored>({});

  async function read(): Promise<void> {
    stored = readStored((await local.get(DECODERS_KEY))[DECODERS_KEY]);
  }

  local.onChanged.addListener((changes) => {
    if (changes[DECODERS_KEY] !== undefined) stored = readStored(changes[DECODERS_KEY].newValue);
  });
  void read();

  return {
    of: (origin, endpoint) => stored[keyOf(origin, endpoint)],
    choose: async (origin, endpoint, stack) => {
      await read();
      const key = keyOf(origin, endpoint);
      const others = Object.entries(stored).filter(([known]) => known !== key);
      const next = stack === undefined ? others : [...others, [key, stack] as const];
      await local.set({ [DECODERS_KEY]: Object.fromEntries(next.slice(-MOST_KEPT)) });
    },
  };
}

/** What is in storage may be of another version: what it names and we do not have is left out. */
export function readStored(value: unknown): Stored {
  if (typeof value !== 'object' || value === null) return {};
  const stored: Record<string, readonly ProtocolId[]> = {};
  for (const [key, stack] of Object.entries(value)) {
    if (Array.isArray(stack)) stored[key] = stack.filter(isProtocolId);
  }
  return stored;
}

const isProtocolId = (id: unknown): id is ProtocolId =>
  (PROTOCOL_IDS as readonly unknown[]).includes(id);
