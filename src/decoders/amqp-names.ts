/** What a described list is called, and its members in their order (AMQP 1.0, 2.7, 3.2 to 3.5, 5.3.3). */
export interface DescribedType {
  readonly name: string;
  readonly members: readonly string[];
}

const type = (name: string, members = ''): DescribedType => ({
  name,
  members: members === '' ? [] : members.split(' '),
});

const CAPABILITIES = 'offered-capabilities desired-capabilities properties';
const NODE = 'durable expiry-policy timeout dynamic dynamic-node-properties';

/** By the number of the descriptor. */
export const DESCRIBED: ReadonlyMap<number, DescribedType> = new Map([
  [
    0x10,
    type(
      'open',
      `container-id hostname max-frame-size channel-max idle-time-out outgoing-locales incoming-locales ${CAPABILITIES}`,
    ),
  ],
  [
    0x11,
    type(
      'begin',
      `remote-channel next-outgoing-id incoming-window outgoing-window handle-max ${CAPABILITIES}`,
    ),
  ],
  [
    0x12,
    type(
      'attach',
      `name handle role snd-settle-mode rcv-settle-mode source target unsettled incomplete-unsettled initial-delivery-count max-message-size ${CAPABILITIES}`,
    ),
  ],
  [
    0x13,
    type(
      'flow',
      'next-incoming-id incoming-window next-outgoing-id outgoing-window handle delivery-count link-credit available drain echo properties',
    ),
  ],
  [
    0x14,
    type(
      'transfer',
      'handle delivery-id delivery-tag message-format settled more rcv-settle-mode state resume aborted batchable',
    ),
  ],
  [0x15, type('disposition', 'role first last settled state batchable')],
  [0x16, type('detach', 'handle closed error')],
  [0x17, type('end', 'error')],
  [0x18, type('close', 'error')],
  [0x1d, type('error', 'condition description info')],
  [0x23, type('received', 'section-number section-offset')],
  [0x24, type('accepted')],
  [0x25, type('rejected', 'error')],
  [0x26, type('released')],
  [0x27, type('modified', 'delivery-failed undeliverable-here message-annotations')],
  [
    0x28,
    type(
      'source',
      `address ${NODE} distribution-mode filter default-outcome outcomes capabilities`,
    ),
  ],
  [0x29, type('target', `address ${NODE} capabilities`)],
  [0x40, type('sasl-mechanisms', 'sasl-server-mechanisms')],
  [0x41, type('sasl-init', 'mechanism initial-response hostname')],
  [0x42, type('sasl-challenge', 'challenge')],
  [0x43, type('sasl-response', 'response')],
  [0x44, type('sasl-outcome', 'code additional-data')],
  [0x70, type('header', 'durable priority ttl first-acquirer delivery-count')],
  [0x71, type('delivery-annotations')],
  [0x72, type('message-annotations')],
  [
    0x73,
    type(
      'properties',
      'message-id user-id to subject reply-to correlation-id content-type content-encoding absolute-expiry-time creation-time group-id group-sequence reply-to-group-id',
    ),
  ],
  [0x74, type('application-properties')],
  [0x75, type('data')],
  [0x76, type('amqp-sequence')],
  [0x77, type('amqp-value')],
  [0x78, type('footer')],
]);
