/** What a reader knows of ids that came before, bounded: the oldest is forgotten first. */
export interface Remembered<Value> {
  get: (id: string) => Value | undefined;
  set: (id: string, value: Value) => void;
  /** Gives it for the last time. */
  take: (id: string) => Value | undefined;
}

const MOST = 10_000;
/** A longer id is nobody's; it would only be kept. */
const LONGEST_ID = 1000;

export function createRemembered<Value>(): Remembered<Value> {
  const values = new Map<string, Value>();
  return {
    get: (id) => values.get(id),
    set: (id, value) => {
      if (id.length > LONGEST_ID) return;
      values.delete(id);
      values.set(id, value);
      if (values.size <= MOST) return;
      const [oldest] = values.keys();
      if (oldest !== undefined) values.delete(oldest);
    },
    take: (id) => {
      const value = values.get(id);
      values.delete(id);
      return value;
    },
  };
}
