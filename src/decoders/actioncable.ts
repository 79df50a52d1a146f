import type { Decoder } from './decoder.ts';
import { claimByShape, claimBySign, hasMembers, isOneOf } from './evidence.ts';

const TYPES = [
  'welcome',
  'disconnect',
  'ping',
  'confirm_subscription',
  'reject_subscription',
] as const;
const COMMANDS = ['subscribe', 'unsubscribe', 'message'] as const;
const isIdentifier = (value: unknown) =>
  typeof value === 'string' && /^\{.*"channel"/su.test(value);

const fits = ({ direction }: { direction: string }, json: unknown): boolean => {
  if (direction === 'sent') {
    return (
      hasMembers(json, { command: 'string', identifier: 'string' }) &&
      isOneOf(COMMANDS, json['command'])
    );
  }
  if (hasMembers(json, { type: 'string' })) return isOneOf(TYPES, json['type']);
  return hasMembers(json, { identifier: 'string', message: '?' });
};

/** https://docs.anycable.io/misc/action_cable_protocol */
export const actionCable: Decoder = {
  id: 'actioncable',
  recognise: (look) => {
    if (look.subprotocol?.startsWith('actioncable-') === true) {
      return claimBySign(look, `subprotocol “${look.subprotocol}”`, { fits });
    }
    return claimByShape(look, {
      confidence: 0.9,
      shape: 'commands and messages of Action Cable',
      fits,
      proves: (_message, json) =>
        hasMembers(json, { identifier: 'string' }) && isIdentifier(json['identifier']),
    });
  },
  load: () => import('./actioncable-codec.ts').then(({ actionCableCodec }) => actionCableCodec),
};
