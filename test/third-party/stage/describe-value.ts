/**
 * What a library handed out, as plain data that shows how it was made: classes, bytes, and what an event
 * tells of itself. An object of a class inside another one is only named: there libraries keep timers and counters.
 */
export function describeValue(value: unknown, isInside = false): unknown {
  if (value === undefined) return '(undefined)';
  if (typeof value === 'function') return `(function ${value.name})`;
  if (typeof value === 'bigint' || typeof value === 'symbol') return `(${value.toString()})`;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return describeError(value);
  if (value instanceof Event) return describeEvent(value);
  if (value instanceof Blob) return `(Blob of ${value.size})`;
  const className = (value.constructor as { name?: string } | undefined)?.name ?? 'Object';
  if (value instanceof ArrayBuffer) return { [className]: [...new Uint8Array(value)] };
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value;
    return { [className]: [...new Uint8Array(buffer, byteOffset, byteLength)] };
  }
  if (Array.isArray(value)) return value.map((one) => describeValue(one, isInside));
  const isPlain = className === 'Object';
  if (isInside && !isPlain) return `(${className})`;
  const fields = Object.entries(value).map(([key, one]) => [
    key,
    describeValue(one, isInside || !isPlain),
  ]);
  const described = Object.fromEntries(fields) as object;
  return isPlain ? described : { [className]: described };
}

function describeError(error: Error): unknown {
  const { name, message, cause } = error;
  return { name, message, ...(cause !== undefined && { cause: describeValue(cause, true) }) };
}

function describeEvent(event: Event): unknown {
  const { type, isTrusted, constructor, target } = event;
  const told: Record<string, unknown> = { type, isTrusted, target: target?.constructor.name };
  if (event instanceof CloseEvent) {
    Object.assign(told, { code: event.code, reason: event.reason, wasClean: event.wasClean });
  }
  if (event instanceof MessageEvent) {
    const { data, lastEventId } = event as MessageEvent<unknown>;
    Object.assign(told, { data: describeValue(data, true), lastEventId });
  }
  return { [constructor.name]: told };
}
