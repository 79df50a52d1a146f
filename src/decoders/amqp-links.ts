import { type Data, isMap, isTagged } from '../core/decoded/data.ts';
import type { Direction } from '../core/facts.ts';
import { createRemembered } from './remembered.ts';

/** A member of a performative or a terminus, `undefined` where it was not said. */
export function memberOf(data: Data | undefined, name: string): Data | undefined {
  if (data === undefined || data === null || typeof data !== 'object') return undefined;
  if (isTagged(data)) return memberOf(data.value, name);
  return isMap(data) ? data.entries.find(([key]) => key === name)?.[1] : undefined;
}

export const numberOf = (data: Data | undefined): number | undefined =>
  typeof data === 'number' ? data : undefined;

/** Addresses of links, by who attached them, their channel and handle. */
export interface AmqpLinks {
  /** Gives the address. */
  attach: (direction: Direction, channel: number, attach: Data) => string;
  addressOf: (direction: Direction, channel: number, handle: number) => string | undefined;
}

export function createAmqpLinks(): AmqpLinks {
  const addresses = createRemembered<string>();
  const keyOf = (direction: Direction, channel: number, handle: number) =>
    `${direction} ${channel} ${handle}`;
  return {
    attach: (direction, channel, attach) => {
      const link = linkNameOf(attach);
      // Who answers an attach may leave out what the other has said.
      const address = addressIn(attach, direction) ?? addresses.get(`link ${link}`) ?? link;
      const handle = numberOf(memberOf(attach, 'handle')) ?? 0;
      if (address.length <= LONGEST_KEPT) {
        addresses.set(keyOf(direction, channel, handle), address);
        addresses.set(`link ${link}`, address);
      }
      return address;
    },
    addressOf: (direction, channel, handle) => addresses.get(keyOf(direction, channel, handle)),
  };
}

const LONGEST_KEPT = 1000;

/** What the page sends goes to a target of the broker, what it receives comes from a source of it. */
function addressIn(attach: Data, direction: Direction): string | undefined {
  const isSender = memberOf(attach, 'role') === false;
  const terminus = (direction === 'sent') === isSender ? 'target' : 'source';
  const address = memberOf(memberOf(attach, terminus), 'address');
  return typeof address === 'string' ? address : undefined;
}

export function linkNameOf(attach: Data): string {
  const name = memberOf(attach, 'name');
  return typeof name === 'string' ? name : '';
}
