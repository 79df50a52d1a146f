import type { Direction } from '../../core/facts.ts';
import { formatBytes } from '../../core/format.ts';
import { utf8Length } from '../../core/utf8-length.ts';
import type { ProtoFile, ProtoTypes } from '../../decoders/decoder.ts';
import type { ProtoFailure, ProtoLook } from '../../decoders/formats/parse-proto.ts';
import type { Bytes } from '../../core/units.ts';

/** What the user gave a site to read Protobuf by. */
export interface SiteProto {
  /** By name, each once. */
  readonly files: readonly ProtoFile[];
  /** By endpoint. */
  readonly types: Readonly<Record<string, ProtoTypes>>;
}

/** What became of files that a person added. */
export interface Added {
  readonly site: SiteProto;
  /** Sentences about those that were not taken. */
  readonly problems: readonly string[];
}

/** Of all files of a site. A browser keeps 10 MB for the whole extension. */
export const MOST_PROTO: Bytes = 2_000_000;
/** The oldest choices of types go first. */
const MOST_ENDPOINTS = 200;

export const NO_PROTO: SiteProto = { files: [], types: {} };

/** Takes files that can be parsed and have room; one that cannot be taken leaves its older version as it is. */
export async function withFiles(
  { files, types }: SiteProto,
  fresh: readonly ProtoFile[],
  look: (files: readonly ProtoFile[]) => Promise<ProtoLook>,
): Promise<Added> {
  const problems: string[] = [];
  let kept = files;
  for (const file of fresh) {
    const others = kept.filter(({ name }) => name !== file.name);
    const next = [...others, file].sort((a, b) => (a.name < b.name ? -1 : 1));
    const size = sizeOf(next);
    if (size > MOST_PROTO) {
      problems.push(
        `${file.name} was not added: a site has room for ${formatBytes(MOST_PROTO)} of .proto files, and with it there would be ${formatBytes(size)}.`,
      );
      continue;
    }
    const broken = (await look([file])).failures.find((failure) => failure.file === file.name);
    if (broken === undefined) kept = next;
    else problems.push(`${failureWords(broken)}. It was not added; nothing else changed.`);
  }
  return { site: { files: kept, types }, problems };
}

export const withoutFile = ({ files, types }: SiteProto, name: string): SiteProto => ({
  files: files.filter((file) => file.name !== name),
  types,
});

/** @param type `undefined`: that of the method, or the one that fits */
export function withType(
  { files, types }: SiteProto,
  endpoint: string,
  direction: Direction,
  type: string | undefined,
): SiteProto {
  const { [endpoint]: known = {}, ...others } = types;
  const chosen = readTypes({ ...known, [direction]: type });
  const entries = Object.entries(others).slice(1 - MOST_ENDPOINTS);
  return { files, types: { ...Object.fromEntries(entries), [endpoint]: chosen } };
}

export const sizeOf = (files: readonly ProtoFile[]): Bytes =>
  files.reduce((sum, { name, text }) => sum + utf8Length(name) + utf8Length(text), 0);

export function failureWords({ file, line, reason }: ProtoFailure): string {
  if (file === undefined) return reason;
  return line === undefined ? `${file}: ${reason}` : `${file}, line ${line}: ${reason}`;
}

/** What is in storage may be of another version, or of nobody: what is none of ours is left out. */
export function readSiteProto(value: unknown): SiteProto {
  if (!isRecord(value)) return NO_PROTO;
  const { files, types } = value;
  return {
    files: Array.isArray(files) ? files.filter(isProtoFile) : [],
    types: isRecord(types)
      ? Object.fromEntries(Object.entries(types).map(([at, each]) => [at, readTypes(each)]))
      : {},
  };
}

function readTypes(value: unknown): ProtoTypes {
  if (!isRecord(value)) return {};
  const { sent, received } = value;
  return {
    ...(typeof sent === 'string' && { sent }),
    ...(typeof received === 'string' && { received }),
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isProtoFile = (value: unknown): value is ProtoFile =>
  isRecord(value) && typeof value['name'] === 'string' && typeof value['text'] === 'string';
