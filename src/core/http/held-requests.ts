import type { HeldRequest } from './held-request.ts';
import type { ProtocolMark } from './protocol-mark.ts';

/** Requests that could be one channel: to one address, or of one connection of a polling protocol. */
export interface RequestGroup {
  readonly key: string;
  mark: ProtocolMark | undefined;
  /** Held, in the order in which they began. */
  requests: HeldRequest[];
  /** Earlier ones that are held no longer. */
  forgotten: number;
  /** Once it is a channel: why, and the request that came into it last. */
  channel: { evidence: string[]; last: number } | undefined;
}

/** How many requests wait for evidence: the oldest that are over go first. */
export interface HoldLimits {
  perGroup: number;
  inAll: number;
  bytesInAll: number;
}

export const HOLD_LIMITS: HoldLimits = {
  perGroup: 16,
  inAll: 400,
  bytesInAll: 16 * 1024 * 1024,
};

/** The requests of a document of which nobody knows yet what they amount to; bounded. */
export interface HeldRequests {
  groupOf: (key: string) => RequestGroup;
  find: (connection: number) => { held: HeldRequest; group: RequestGroup } | undefined;
  hold: (held: HeldRequest, group: RequestGroup) => void;
  /** It is held no longer: it was admitted. */
  release: (held: HeldRequest) => void;
  /** Bytes came to a held request. */
  grew: (held: HeldRequest, bytes: number) => void;
  /** Enforces the limits, once a request is over. */
  trim: (group: RequestGroup) => void;
}

export function createHeldRequests(limits: HoldLimits): HeldRequests {
  const groups = new Map<string, RequestGroup>();
  /** In the order in which they began (ECMA-262: a Map keeps the order of insertion). */
  const all = new Map<number, { held: HeldRequest; group: RequestGroup }>();
  let bytes = 0;

  function release(held: HeldRequest): void {
    const found = all.get(held.created.connection);
    if (found === undefined) return;
    all.delete(held.created.connection);
    bytes -= held.heldBytes;
    const { group } = found;
    group.requests = group.requests.filter((request) => request !== held);
    if (group.requests.length === 0 && group.channel === undefined) groups.delete(group.key);
  }

  function forget(held: HeldRequest, group: RequestGroup): void {
    group.forgotten += 1;
    release(held);
  }

  return {
    groupOf: (key) => {
      let group = groups.get(key);
      if (group === undefined) {
        group = { key, mark: undefined, requests: [], forgotten: 0, channel: undefined };
        groups.set(key, group);
      }
      return group;
    },
    find: (connection) => all.get(connection),
    hold: (held, group) => {
      all.set(held.created.connection, { held, group });
      group.requests.push(held);
    },
    release,
    grew: (_held, more) => {
      bytes += more;
    },
    trim: (group) => {
      const isOver = ({ endedAt }: HeldRequest) => endedAt !== undefined;
      while (group.requests.length > limits.perGroup) {
        const oldest = group.requests.find(isOver);
        if (oldest === undefined) break;
        forget(oldest, group);
      }
      if (all.size <= limits.inAll && bytes <= limits.bytesInAll) return;
      for (const found of all.values()) {
        if (all.size <= limits.inAll && bytes <= limits.bytesInAll) return;
        if (isOver(found.held)) forget(found.held, found.group);
      }
    },
  };
}
