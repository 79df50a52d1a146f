import { formatCountOf } from '../../core/format.ts';
import { isMap } from '../../core/decoded/data.ts';
import type { Direction } from '../../core/facts.ts';
import type { Carrier, Codec } from '../decoder.ts';
import type { Found } from './format.ts';
import { decodedOf, unfoldedMessage } from './format-codec.ts';
import { fittingType } from './fitting-type.ts';
import { parsedProto } from './parse-proto.ts';
import type { ProtoSchema } from './proto-schema.ts';
import { readProtobuf } from './read-protobuf.ts';
import { type ReadWithSchema, readWithSchema } from './read-proto-schema.ts';
import { protobufFound } from './value-formats.ts';

const NONE_FITS = 'no type of the .proto files fits alone';

/** Reads by the user's `.proto` files where there are some that fit, else without a schema. */
export const protobufCodec: Codec = {
  createReader: (carrier) => {
    const schema = schemaOf(carrier);
    const told = schema && toldTypes(schema, carrier);
    /** The type that fitted last is tried first. */
    const fitted = new Map<Direction, string>();

    function typeFor(bytes: Uint8Array, direction: Direction): string | undefined {
      const known = told?.[direction];
      if (schema === undefined || known !== undefined) return known;
      const type = fittingType(schema, bytes, fitted.get(direction));
      if (type !== undefined) fitted.set(direction, type);
      return type;
    }

    return {
      read: (message) => {
        const { payload, direction } = message;
        if (typeof payload === 'string') return unfoldedMessage(message);
        const type = typeFor(payload, direction);
        if (schema === undefined) return decodedOf(protobufFound(readProtobuf(payload)));
        if (type === undefined) return decodedOf(protobufFound(readProtobuf(payload), NONE_FITS));
        const isTold = told?.[direction] !== undefined;
        const found = schemaFound(type, isTold, readWithSchema(schema, type, payload));
        return decodedOf(found, shortName(type));
      },
    };
  },
};

function schemaOf({ protoFiles = [] }: Carrier): ProtoSchema | undefined {
  if (protoFiles.length === 0) return undefined;
  const { schema } = parsedProto(protoFiles);
  return schema.messages.size === 0 ? undefined : schema;
}

/** The user's choice, or what the method's path says (gRPC, Connect, Twirp). */
function toldTypes(
  { messages, methods }: ProtoSchema,
  { protoTypes = {}, url }: Carrier,
): Partial<Record<Direction, string>> {
  const chosen = Object.entries(protoTypes).filter(([, type]) => messages.has(type));
  const path = /^[a-z]+:\/\/[^/]*([^?#]*)/u.exec(url)?.[1] ?? '';
  const method = [...methods].find(([name]) => path.endsWith(name))?.[1];
  return {
    ...(method !== undefined && { sent: method.request, received: method.response }),
    ...Object.fromEntries(chosen),
  };
}

const shortName = (type: string): string => type.slice(type.lastIndexOf('.') + 1);

function schemaFound(type: string, isTold: boolean, read: ReadWithSchema): Found {
  const { data, known, strange, stop } = read;
  const count = formatCountOf(isMap(data) ? data.entries.length : known, 'field');
  const fit = isTold ? '' : ', the type that fits';
  const odd = strange === 0 ? '' : `, ${formatCountOf(strange, 'field')} not in the schema`;
  return {
    layer: {
      protocol: 'protobuf',
      summary: `${shortName(type)}${fit}, ${count}${odd}`,
      content: { as: 'data', data },
    },
    ...(stop !== undefined && { stop }),
  };
}
