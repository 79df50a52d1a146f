import { base64ToBytes } from '../core/byte-text.ts';
import type { DrillAction, DrillCommand } from './envelope.ts';
import { TAP_TRANSPORTS } from './tap-record.ts';

/** What a close frame may carry (RFC 6455 section 7.4), and what a browser itself says of an end. */
const [LOWEST_CODE, HIGHEST_CODE] = [1000, 4999];
/** Longer waits or more tries test no reconnect. */
const MOST_ATTEMPTS = 1_000;
const LONGEST = 600_000;
/** RFC 6455 section 5.5: 125 bytes with the code. */
const LONGEST_REASON = 123;
const LONGEST_DATA = 1 << 20;

type Fields = Record<string, unknown>;

const isWithin = (value: unknown, from: number, to: number): boolean =>
  typeof value === 'number' && value >= from && value <= to;
const isWhole = (value: unknown, from: number, to: number): boolean =>
  Number.isInteger(value) && isWithin(value, from, to);
const isShort = (value: unknown, longest: number): boolean =>
  typeof value === 'string' && value.length <= longest;

const hasMessage = ({ given }: Fields): boolean => isFields(given) && isMessage(given);

const isMessage = ({ data, isBase64, eventType }: Fields): boolean =>
  isShort(eventType, LONGEST_REASON) &&
  isShort(data, LONGEST_DATA) &&
  (isBase64 === false || (isBase64 === true && isBase64Text(data as string)));

const isBase64Text = (text: string): boolean =>
  text.length % 4 === 0 && /^[\w+/]*={0,2}$/u.test(text) && !text.includes('_');

const CHECKS: Record<DrillAction['kind'], (action: Fields) => boolean> = {
  begin: ({ seed, transport, endpoint, origin, reconnectionTime }) =>
    isWhole(seed, 0, 0xffff_ffff) &&
    TAP_TRANSPORTS.some((name) => name === transport) &&
    isShort(endpoint, LONGEST_DATA) &&
    endpoint !== '' &&
    isShort(origin, LONGEST_DATA) &&
    isWithin(reconnectionTime, 0, LONGEST),
  drop: () => true,
  close: ({ closeCode, closeReason }) =>
    isWhole(closeCode, LOWEST_CODE, HIGHEST_CODE) && isShort(closeReason, LONGEST_REASON),
  refuse: ({ attempts, duration }) =>
    isWhole(attempts, 0, MOST_ATTEMPTS) && isWithin(duration, 0, LONGEST),
  hold: ({ duration }) => isWithin(duration, 0, LONGEST),
  lose: ({ share }) => isWithin(share, 0, 1),
  send: hasMessage,
  inject: hasMessage,
  end: () => true,
};

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Whether this is something that a drill can do. */
export function isDrillAction(value: unknown): value is DrillAction {
  if (!isFields(value)) return false;
  const { kind } = value;
  if (typeof kind !== 'string' || !Object.hasOwn(CHECKS, kind)) return false;
  return CHECKS[kind as DrillAction['kind']](value);
}

/** Whether this may go to a page: nothing else that is active does. */
export function isDrillCommand(value: unknown): value is DrillCommand {
  return (
    isFields(value) &&
    value['kind'] === 'drill' &&
    isWhole(value['connection'], 1, Number.MAX_SAFE_INTEGER) &&
    isDrillAction(value['action'])
  );
}

/** The command as the page takes it: base64 has become bytes. */
export function decodeDrill(command: DrillCommand): DrillCommand {
  const { action } = command;
  if (action.kind !== 'send' && action.kind !== 'inject') return command;
  const { given } = action;
  const bytes =
    given.isBase64 && typeof given.data === 'string' ? base64ToBytes(given.data) : undefined;
  if (bytes === undefined) return command;
  return { ...command, action: { ...action, given: { ...given, data: new Uint8Array(bytes) } } };
}
