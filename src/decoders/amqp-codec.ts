import { type Data, isTagged } from '../core/decoded/data.ts';
import type { Decoded, PairStep, Part, WireMessage } from '../core/decoded/decoded.ts';
import type { Direction } from '../core/facts.ts';
import { createDeliveries, type Told } from './amqp-deliveries.ts';
import { measureAmqp } from './amqp-frame.ts';
import { createAmqpLinks, memberOf, numberOf } from './amqp-links.ts';
import { type AmqpFrame, readAmqpFrame } from './amqp-performative.ts';
import type { Codec } from './decoder.ts';
import { createPacketStream } from './packet-stream.ts';
import { failed, otherSide, pairStep, quoted } from './result.ts';

/** Frames may come in several messages and several in one; a delivery may take several transfers. */
export const amqpCodec: Codec = {
  createReader: () => {
    const streams = { sent: createStream(), received: createStream() };
    const links = createAmqpLinks();
    /** Who opened and began first, by performative and channel. */
    const openers = new Map<string, Direction>();
    const deliveries = { sent: createDeliveries(), received: createDeliveries() };

    function read({ direction, payload }: WireMessage): Decoded {
      if (typeof payload === 'string') return failed('amqp', 0, 'AMQP has binary messages only');
      const { packets, stop } = streams[direction].take(payload);
      const parts: Part[] = [];
      let failure = stop;
      for (const packet of packets) {
        const frame = readAmqpFrame(packet);
        const told = tellFrame(frame, direction);
        if (told.part !== undefined) parts.push(told.part);
        failure ??= frame.stop ?? told.stop;
      }
      return { parts, ...(failure !== undefined && { failure: { ...failure, layer: 'amqp' } }) };
    }

    function tellFrame(frame: AmqpFrame, direction: Direction): Told {
      if (frame.name === 'transfer') return deliveries[direction].take(frame, direction, links);
      const address =
        frame.name === 'attach' ? links.attach(direction, frame.channel, frame.body) : '';
      const pair = pairOf(frame, direction, openers);
      return { part: partOf(frame, address, pair) };
    }

    return { read };
  },
};

const createStream = () => createPacketStream(measureAmqp);

function partOf(frame: AmqpFrame, address: string, pair: PairStep | undefined): Part {
  const { name, channel, body } = frame;
  return {
    kind: name,
    ...(name === 'empty' && { isHeartbeat: true }),
    ...(pair !== undefined && { pair }),
    isControl: true,
    layers: [
      {
        protocol: 'amqp',
        summary: [name, ...subjectsOf(frame, address)].join(', '),
        fields: {
          entries: [
            ['channel', channel],
            [name, body],
          ],
        },
      },
    ],
  };
}

const stateOf = (body: Data): string | undefined => {
  const state = memberOf(body, 'state');
  return state !== undefined && isTagged(state) ? state.tag : undefined;
};

function subjectsOf({ name, body }: AmqpFrame, address: string): string[] {
  if (typeof body === 'string') return [body];
  if (name === 'attach') {
    const role = memberOf(body, 'role') === true ? 'receiver' : 'sender';
    return [role, quoted(address)];
  }
  if (name === 'disposition') {
    const first = numberOf(memberOf(body, 'first'));
    const last = numberOf(memberOf(body, 'last')) ?? first;
    return [
      first === last ? `delivery ${first}` : `deliveries ${first}–${last}`,
      stateOf(body) ?? 'settled',
    ];
  }
  const credit = numberOf(memberOf(body, 'link-credit'));
  if (credit !== undefined) return [`credit ${credit}`];
  const word =
    wordOf(memberOf(memberOf(body, 'error'), 'condition')) ??
    wordOf(memberOf(body, 'container-id')) ??
    wordOf(memberOf(body, 'mechanism'));
  return word === undefined ? [] : [quoted(word)];
}

/** A text or a symbol. */
function wordOf(data: Data | undefined): string | undefined {
  const value = data !== undefined && isTagged(data) ? data.value : data;
  return typeof value === 'string' ? value : undefined;
}

/** These are said by each side, and the second one answers. */
const BOTH_SAY: ReadonlySet<string> = new Set(['open', 'begin', 'end', 'close']);

function pairOf(
  { name, channel, body }: AmqpFrame,
  direction: Direction,
  openers: Map<string, Direction>,
): PairStep | undefined {
  if (name === 'sasl-init') return pairStep('ask', 'sasl', direction);
  if (name === 'sasl-outcome') {
    const isGood = memberOf(body, 'code') === 0;
    return pairStep(isGood ? 'answer' : 'fail', 'sasl', otherSide(direction));
  }
  if (name === 'attach') {
    const link = memberOf(body, 'name');
    return typeof link === 'string' ? inTurn(`attach ${link}`) : undefined;
  }
  if (name === 'disposition') return settles(body, channel, direction);
  if (!BOTH_SAY.has(name)) return undefined;
  // Only the channel of who answered is told, so a session is known by the lower of both.
  return inTurn(name === 'open' || name === 'close' ? name : `${name} ${channel}`);

  function inTurn(id: string): PairStep {
    const opener = openers.get(id);
    openers.delete(id);
    if (opener === otherSide(direction)) return pairStep('answer', id, opener);
    if (openers.size < MOST_OPEN) openers.set(id, direction);
    return pairStep('ask', id, direction);
  }
}

const MOST_OPEN = 1000;
const FAILED_STATES: ReadonlySet<string | undefined> = new Set([
  'rejected',
  'released',
  'modified',
]);

/** A range is settled at once; its first delivery stands for it. */
function settles(body: Data, channel: number, direction: Direction): PairStep | undefined {
  const first = numberOf(memberOf(body, 'first'));
  // The sender's own disposition only says that it has heard.
  if (first === undefined || memberOf(body, 'role') !== true) return undefined;
  const step = FAILED_STATES.has(stateOf(body)) ? 'fail' : 'answer';
  return pairStep(step, `delivery ${channel} ${first}`, otherSide(direction));
}
