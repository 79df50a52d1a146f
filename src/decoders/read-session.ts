import type { Channel } from '../core/channel.ts';
import type { DecodedChannel } from '../core/report-decoding.ts';
import type { Session } from '../core/session.ts';
import { carrierOf } from './carrier-of.ts';
import { openReading } from './channel-reading.ts';
import { chooseDecoders } from './choose.ts';
import { rowMessageOf, samplesOf } from './row-message.ts';

/** Decodes all channels of a session that is at rest, by the numbers of the channels. */
export async function readSession(session: Session): Promise<Map<number, DecodedChannel>> {
  const decoded = new Map<number, DecodedChannel>();
  for (const channel of session.channels) {
    decoded.set(channel.id, await readChannel(session, channel));
  }
  return decoded;
}

async function readChannel(session: Session, channel: Channel): Promise<DecodedChannel> {
  const samples = samplesOf(session, channel);
  const choice =
    samples === undefined ? undefined : await chooseDecoders(samples.carrier, samples.messages);
  const reading = await openReading(choice?.stack ?? []);
  const carriers = new Map(channel.connections.map((each) => [each.id, carrierOf(each)]));
  for (let place = 0; place < channel.rows.length; place += 1) {
    const message = rowMessageOf(session, channel.rows.get(place));
    const carrier = message === undefined ? undefined : carriers.get(message.connection);
    if (message !== undefined && carrier !== undefined) reading.take(message, carrier);
  }
  const innermost = choice?.stack.at(-1);
  const { pairs, subscriptions } = reading.pairs();
  const { kinds, failures } = reading;
  return {
    protocol:
      choice === undefined || innermost === undefined
        ? undefined
        : {
            id: innermost,
            layers: [...choice.stack],
            confidence: choice.confidence,
            evidence: [...choice.evidence],
            failures,
          },
    kinds: kinds.kinds,
    pairs,
    subscriptions,
    failures,
  };
}
