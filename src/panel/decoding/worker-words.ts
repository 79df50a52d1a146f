import type { DecodingService } from './snapshots.ts';

/** What crosses between the panel and its decoding thread. */
export interface WorkerAsk {
  readonly id: number;
  readonly method: keyof DecodingService;
  readonly args: readonly unknown[];
}

export type WorkerAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string };
