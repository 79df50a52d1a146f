import type { Direction } from '../../core/facts.ts';
import type { ProtoFile } from '../../decoders/decoder.ts';
import type { ProtoLook } from '../../decoders/formats/parse-proto.ts';
import {
  NO_PROTO,
  readSiteProto,
  type SiteProto,
  withFiles,
  withoutFile,
  withType,
} from './site-proto.ts';

/** The user's `.proto` files, kept per site. */
export interface ProtoFiles {
  /** `undefined` until storage has been read; asking is what begins it. */
  of: (site: string) => KeptProto | undefined;
  look: (files: readonly ProtoFile[]) => Promise<ProtoLook>;
  /** Adds, and replaces by name. @returns sentences about what was not taken */
  add: (site: string, files: readonly ProtoFile[]) => Promise<readonly string[]>;
  remove: (site: string, name: string) => Promise<readonly string[]>;
  /** As it was before something was removed. */
  restore: (site: string, before: SiteProto) => Promise<readonly string[]>;
  choose: (
    site: string,
    endpoint: string,
    direction: Direction,
    type: string | undefined,
  ) => Promise<readonly string[]>;
}

/** Where the files of a channel are. */
export interface ProtoPlace {
  readonly protoFiles: ProtoFiles;
  readonly site: string;
  readonly endpoint: string;
}

export interface KeptProto extends SiteProto {
  /** Another one with each change. */
  readonly version: number;
}

const PREFIX = 'protoFiles ';

/** What the store needs of the extension's storage. */
export interface KeptStorage {
  get: (key: string) => Promise<Record<string, unknown>>;
  set: (items: Record<string, unknown>) => Promise<void>;
  remove: (key: string) => Promise<void>;
}

interface ProtoStoreOptions {
  storage: KeptStorage;
  /** In the thread that has the parser. */
  look: ProtoFiles['look'];
  /** A site has others now. */
  onChange: () => void;
}

export interface ProtoStore extends ProtoFiles {
  /** What the storage says that became different, also in other panels. */
  take: (changes: Readonly<Record<string, { newValue?: unknown }>>) => void;
}

/** One key for each site, read when the site is first asked for. */
export function createProtoStore({ storage, look, onChange }: ProtoStoreOptions): ProtoStore {
  const known = new Map<string, KeptProto>();
  const asked = new Set<string>();
  let version = 0;

  function note(site: string, value: SiteProto): void {
    version += 1;
    known.set(site, { ...value, version });
    onChange();
  }

  async function read(site: string): Promise<SiteProto> {
    const key = PREFIX + site;
    return readSiteProto((await storage.get(key))[key]);
  }

  async function begin(site: string): Promise<void> {
    asked.add(site);
    note(site, await read(site).catch(() => NO_PROTO));
  }

  /** What was kept stays where storage refuses. */
  async function keep(site: string, value: SiteProto): Promise<readonly string[]> {
    const key = PREFIX + site;
    try {
      if (value.files.length === 0) await storage.remove(key);
      else await storage.set({ [key]: value });
      return [];
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      return [`The browser refused to keep this (${words}); what was here is as it was.`];
    }
  }

  return {
    take: (changes) => {
      for (const [key, { newValue }] of Object.entries(changes)) {
        const site = key.slice(PREFIX.length);
        if (key.startsWith(PREFIX) && asked.has(site)) note(site, readSiteProto(newValue));
      }
    },
    of: (site) => {
      if (!asked.has(site)) void begin(site);
      return known.get(site);
    },
    look,
    add: async (site, files) => {
      const before = await read(site);
      const { site: next, problems } = await withFiles(before, files, look);
      return next.files === before.files ? problems : [...problems, ...(await keep(site, next))];
    },
    remove: async (site, name) => keep(site, withoutFile(await read(site), name)),
    restore: (site, { files, types }) => keep(site, { files, types }),
    choose: async (site, endpoint, direction, type) =>
      keep(site, withType(await read(site), endpoint, direction, type)),
  };
}
