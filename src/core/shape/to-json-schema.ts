import { enumerated, type ObjectShape, type Shape } from './shape.ts';

/** A schema of JSON Schema 2020-12, as far as this room writes it. */
export type JsonSchema = Record<string, unknown>;

/** What was seen, as a JSON Schema (draft 2020-12); bounds are those that were seen, and no promise. */
export function shapeToJsonSchema(shape: Shape, title: string): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    description: `Concluded from ${shape.count} ${shape.count === 1 ? 'message' : 'messages'}`,
    ...schemaOf(shape),
  };
}

function schemaOf(shape: Shape): JsonSchema {
  const { strings, numbers, lists, objects } = shape;
  const options: JsonSchema[] = [];
  if (objects !== undefined) options.push(objectSchema(objects));
  if (lists !== undefined) options.push({ type: 'array', items: schemaOf(lists.items) });
  if (strings !== undefined) {
    const texts = enumerated(strings);
    options.push({
      type: 'string',
      ...(texts !== undefined && { enum: texts }),
      ...(strings.format !== undefined && { format: strings.format }),
    });
  }
  if (numbers !== undefined) {
    const { least, most, isWhole } = numbers;
    options.push({ type: isWhole ? 'integer' : 'number', minimum: least, maximum: most });
  }
  if (shape.booleans > 0) options.push({ type: 'boolean' });
  if (shape.bytes > 0) options.push({ type: 'string', contentEncoding: 'base64' });
  if (shape.nulls > 0) options.push({ type: 'null' });
  // A value that only its format has a name for may become anything in JSON.
  if (shape.tagged !== undefined || options.length === 0) return {};
  const [only = {}] = options;
  return options.length === 1 ? only : { anyOf: options };
}

function objectSchema({ fields, rest, count }: ObjectShape): JsonSchema {
  const required = [...fields].filter(([, field]) => field.count === count).map(([name]) => name);
  return {
    type: 'object',
    properties: Object.fromEntries([...fields].map(([name, field]) => [name, schemaOf(field)])),
    ...(required.length > 0 && { required }),
    ...(rest !== undefined && { additionalProperties: true }),
  };
}
