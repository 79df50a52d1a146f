import type { Layer } from '../../core/decoded/decoded.ts';
import type { Stop } from './byte-cursor.ts';

/** What one format made of a payload. What it wraps is content `payload`, and is looked into again. */
export interface Found {
  readonly layer: Layer;
  readonly stop?: Stop;
}

/** Looks whether a text, or bytes, show this format by themselves; claims only what chance does not make. */
export type Look<P> = (payload: P) => Found | undefined;
