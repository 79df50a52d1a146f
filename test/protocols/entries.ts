import { ENGINE_IO_ENTRIES } from './entries/socket-io.ts';
import { PLAIN_ENTRIES } from './entries/plain.ts';
import type { ProtocolEntry } from './protocol-entry.ts';

/** All recordings, in the order of their names in the fixtures' folder. */
export const PROTOCOL_ENTRIES: readonly ProtocolEntry[] = [...PLAIN_ENTRIES, ...ENGINE_IO_ENTRIES];
