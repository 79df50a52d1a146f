import type { Data } from '../core/decoded/data.ts';
import type { Part } from '../core/decoded/decoded.ts';
import type { Direction } from '../core/facts.ts';
import { joinBytes } from '../core/http/joined-bytes.ts';
import { type AmqpLinks, memberOf, numberOf } from './amqp-links.ts';
import { readAmqpMessage } from './amqp-message.ts';
import type { AmqpFrame } from './amqp-performative.ts';
import { MOST_HELD } from './decoder.ts';
import type { Stop } from './formats/byte-cursor.ts';
import { pairStep, quoted } from './result.ts';

/** What a frame amounts to; no part where more of the delivery has to come. */
export interface Told {
  readonly part?: Part;
  readonly stop?: Stop;
}

const MOST_OPEN = 1000;

export interface Deliveries {
  take: (frame: AmqpFrame, direction: Direction, links: AmqpLinks) => Told;
}

/** Of one side: the first transfer of a delivery names it, the last one ends it. */
export function createDeliveries(): Deliveries {
  const open = new Map<string, { first: Data; pieces: Uint8Array[] }>();
  let held = 0;

  return {
    take: ({ channel, body, payload, offset }, direction, links) => {
      const handle = numberOf(memberOf(body, 'handle')) ?? 0;
      const key = `${channel} ${handle}`;
      const delivery = open.get(key) ?? { first: body, pieces: [] };
      if (held + payload.length > MOST_HELD) {
        open.clear();
        held = 0;
        return { stop: { offset, reason: `a delivery of more than ${MOST_HELD} bytes` } };
      }
      delivery.pieces.push(payload);
      if (memberOf(body, 'more') === true) {
        if (open.size < MOST_OPEN) open.set(key, delivery);
        held += payload.length;
        return {};
      }
      open.delete(key);
      const whole = joinBytes(delivery.pieces);
      held = Math.max(0, held - (whole.length - payload.length));
      const address = links.addressOf(direction, channel, handle);
      return deliveryPart(
        { channel, handle, body: delivery.first, whole, offset, address },
        direction,
      );
    },
  };
}

interface Delivery {
  readonly channel: number;
  readonly handle: number;
  /** The first transfer. */
  readonly body: Data;
  readonly whole: Uint8Array;
  readonly offset: number;
  readonly address: string | undefined;
}

function deliveryPart(
  { channel, handle, body, whole, offset, address }: Delivery,
  direction: Direction,
): Told {
  const id = numberOf(memberOf(body, 'delivery-id'));
  const isSettled = memberOf(body, 'settled') === true;
  const { content, about, stop } = readAmqpMessage(whole);
  const subjects = [address === undefined ? `handle ${handle}` : quoted(address)];
  if (id !== undefined) subjects.push(`delivery ${id}`);
  const part: Part = {
    kind: address ?? `handle ${handle}`,
    ...(id !== undefined &&
      !isSettled && { pair: pairStep('ask', `delivery ${channel} ${id}`, direction) }),
    layers: [
      {
        protocol: 'amqp',
        summary: ['transfer', ...subjects].join(', '),
        fields: { entries: [['channel', channel], ['transfer', body], ...about] },
        ...(content !== undefined && { content }),
      },
    ],
  };
  return { part, ...(stop !== undefined && { stop: { ...stop, offset: offset + stop.offset } }) };
}
