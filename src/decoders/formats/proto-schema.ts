import protobuf from 'protobufjs';
import { type ScalarType, scalarTypeOf } from './proto-scalars.ts';

/** What `.proto` files say, as plain data: the library's own readers are made by `Function`, which an extension may not use. */
export interface ProtoSchema {
  /** By full name, without a leading dot. */
  readonly messages: ReadonlyMap<string, ProtoMessage>;
  /** By the path that gRPC gives them: `/package.Service/Method`. */
  readonly methods: ReadonlyMap<string, ProtoMethod>;
}

export interface ProtoMessage {
  readonly name: string;
  readonly fields: ReadonlyMap<number, ProtoField>;
}

export interface ProtoMethod {
  readonly request: string;
  readonly response: string;
}

export interface ProtoField {
  readonly name: string;
  readonly type: ProtoType;
  readonly isRepeated: boolean;
  /** Maps: the type of their keys; `type` is that of their values. */
  readonly keyType?: ScalarType;
}

export type ProtoType =
  | { readonly is: 'scalar'; readonly scalar: ScalarType }
  | { readonly is: 'enum'; readonly name: string; readonly names: ReadonlyMap<number, string> }
  | { readonly is: 'message'; readonly name: string };

/** All that the library has read, its references resolved where they can be. */
export function schemaOf(root: protobuf.Root): ProtoSchema {
  const messages = new Map<string, ProtoMessage>();
  const methods = new Map<string, ProtoMethod>();
  gather(root, messages, methods);
  return { messages, methods };
}

function gather(
  namespace: protobuf.NamespaceBase,
  messages: Map<string, ProtoMessage>,
  methods: Map<string, ProtoMethod>,
): void {
  for (const each of namespace.nestedArray) {
    if (each instanceof protobuf.Type) {
      const name = fullNameOf(each);
      messages.set(name, { name, fields: fieldsOf(each) });
    } else if (each instanceof protobuf.Service) {
      for (const method of each.methodsArray) {
        methods.set(`/${fullNameOf(each)}/${method.name}`, {
          request: typeNameOf(method.resolvedRequestType, method.requestType),
          response: typeNameOf(method.resolvedResponseType, method.responseType),
        });
      }
    }
    if (each instanceof protobuf.Namespace) gather(each, messages, methods);
  }
}

const fullNameOf = (object: protobuf.ReflectionObject): string => object.fullName.slice(1);

const typeNameOf = (resolved: protobuf.Type | null, name: string): string =>
  resolved === null ? name : fullNameOf(resolved);

function fieldsOf(type: protobuf.Type): Map<number, ProtoField> {
  return new Map(
    type.fieldsArray.map((field) => {
      const keyType = field instanceof protobuf.MapField ? scalarTypeOf(field.keyType) : undefined;
      return [
        field.id,
        {
          name: field.name,
          type: typeOf(field),
          isRepeated: field.repeated,
          ...(keyType !== undefined && { keyType }),
        },
      ];
    }),
  );
}

function typeOf(field: protobuf.Field): ProtoType {
  const resolved = field.resolvedType;
  if (resolved instanceof protobuf.Enum) {
    const names = Object.entries(resolved.values).map(([name, value]) => [value, name] as const);
    return { is: 'enum', name: resolved.name, names: new Map(names.reverse()) };
  }
  if (resolved !== null) return { is: 'message', name: fullNameOf(resolved) };
  const scalar = scalarTypeOf(field.type);
  return scalar === undefined ? { is: 'message', name: field.type } : { is: 'scalar', scalar };
}
