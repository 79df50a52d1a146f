import protobuf from 'protobufjs';
import type { ProtoFile } from '../decoder.ts';
import { type ProtoSchema, schemaOf } from './proto-schema.ts';

/** Something that is wrong with `.proto` files. */
export interface ProtoFailure {
  /** Absent where it is wrong with all of them together. */
  readonly file?: string;
  /** From 1; absent where the parser tells none. */
  readonly line?: number;
  readonly reason: string;
}

/** Files that could not be read are told of, and the others still serve. */
export interface ParsedProto {
  readonly schema: ProtoSchema;
  readonly failures: readonly ProtoFailure[];
}

/** What a person chooses from. */
export interface ProtoLook {
  /** Full names of the message types that the files define themselves. */
  readonly types: readonly string[];
  readonly failures: readonly ProtoFailure[];
}

/** The package of the types that come with Protobuf. */
const PROTOBUFS_OWN = 'google.protobuf';
/** A list of failures is read by a person. */
const MOST_FAILURES = 20;

export const isWellKnown = (type: string): boolean => type.startsWith(`${PROTOBUFS_OWN}.`);

let latest: { files: readonly ProtoFile[]; parsed: ParsedProto } | undefined;

/** Parsing takes longer than reading a message, and each reader asks for the same files. */
export function parsedProto(files: readonly ProtoFile[]): ParsedProto {
  if (latest === undefined || !areSame(latest.files, files)) {
    latest = { files, parsed: parseProto(files) };
  }
  return latest.parsed;
}

const areSame = (one: readonly ProtoFile[], other: readonly ProtoFile[]): boolean =>
  one === other ||
  (one.length === other.length &&
    one.every(({ name, text }, at) => name === other[at]?.name && text === other[at].text));

export function lookAtProto(files: readonly ProtoFile[]): ProtoLook {
  const { schema, failures } = parsedProto(files);
  const types = [...schema.messages.keys()].filter((type) => !isWellKnown(type)).sort();
  return { types, failures };
}

export function parseProto(files: readonly ProtoFile[]): ParsedProto {
  const root = new protobuf.Root();
  const failures: ProtoFailure[] = [];
  const [added, wanted] = [new Set<string>(), new Set<string>()];
  for (const { name, text } of files) {
    try {
      // Alone first: what stands before its first mistake would be taken for all of it.
      const own = protobuf.parse(text);
      if (own.package === PROTOBUFS_OWN && addWellKnown(root, added, pathOfTheirs(name))) continue;
      const { imports = [], weakImports = [] } = protobuf.parse(text, root, { keepCase: true });
      for (const path of [...imports, ...weakImports]) {
        if (!addWellKnown(root, added, path)) wanted.add(path);
      }
    } catch (error) {
      failures.push(failureOf(name, error));
    }
  }
  const missing = [...wanted].filter((path) => !files.some(({ name }) => isSamePath(name, path)));
  failures.push(...unresolved(root, missing));
  return { schema: schemaOf(root), failures: failures.slice(0, MOST_FAILURES) };
}

/** Their files may be among the user's. */
const pathOfTheirs = (name: string): string =>
  `google/protobuf/${name.slice(name.lastIndexOf('/') + 1)}`;

/** A picker gives names without their folders. */
const isSamePath = (name: string, path: string): boolean =>
  path === name || path.endsWith(`/${name}`);

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

function failureOf(file: string, error: unknown): ProtoFailure {
  const words = wordsOf(error);
  const line = /\(line (\d+)\)$/u.exec(words)?.[1];
  if (line === undefined) return { file, reason: words };
  return { file, line: Number(line), reason: words.slice(0, words.lastIndexOf(' (line')) };
}

/** `google/protobuf/timestamp.proto` and its like come with the library; whether it is one, added once. */
function addWellKnown(root: protobuf.Root, added: Set<string>, path: string): boolean {
  const nested = protobuf.common.get(path)?.nested;
  if (nested !== undefined && !added.has(path)) root.addJSON(nested);
  added.add(path);
  return nested !== undefined;
}

/**
 * What fields and methods refer to, as far as it is here. Options of other files (`google/api/annotations.proto`) are
 * not needed for reading, so only a type that is nowhere is a failure.
 */
function unresolved(root: protobuf.Root, missing: readonly string[]): ProtoFailure[] {
  const users = new Map<string, string>();
  const resolve = (each: { resolve: () => unknown }, type: string, user: string): void => {
    try {
      each.resolve();
    } catch {
      if (!users.has(type)) users.set(type, user);
    }
  };
  visit(root, (each) => {
    if (each instanceof protobuf.Type) {
      for (const field of each.fieldsArray) {
        resolve(field, field.type, `${each.fullName.slice(1)}.${field.name}`);
      }
    } else if (each instanceof protobuf.Service) {
      for (const method of each.methodsArray) {
        const types = `${method.requestType} or ${method.responseType}`;
        resolve(method, types, `${each.fullName.slice(1)}.${method.name}`);
      }
    }
  });
  const hint =
    missing.length === 0 ? '' : `; imported and not here: ${missing.slice(0, 5).join(', ')}`;
  return [...users].map(([type, user]) => ({
    reason: `“${user}” needs ${type}, which none of the files defines${hint}`,
  }));
}

function visit(
  namespace: protobuf.NamespaceBase,
  look: (each: protobuf.ReflectionObject) => void,
): void {
  for (const each of namespace.nestedArray) {
    look(each);
    if (each instanceof protobuf.Namespace) visit(each, look);
  }
}
