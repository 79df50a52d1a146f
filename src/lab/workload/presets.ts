import type { Workload } from './workload.ts';

export interface WorkloadPreset extends Omit<Workload, 'seconds' | 'seed'> {
  readonly id: string;
  /** For people: what app talks like this. */
  readonly title: string;
}

/** Workloads that people know, each a line; any value can be set otherwise. */
export const WORKLOAD_PRESETS: readonly WorkloadPreset[] = [
  { id: 'ticker', title: 'Prices', direction: 'down', rate: 10, size: 96, binary: 0 },
  { id: 'chat', title: 'A chat', direction: 'both', rate: 1, size: 160, binary: 0 },
  { id: 'dashboard', title: 'A dashboard', direction: 'down', rate: 1, size: 4096, binary: 0 },
  { id: 'log', title: 'A build log', direction: 'down', rate: 50, size: 220, binary: 0 },
  { id: 'game', title: 'A game', direction: 'both', rate: 20, size: 64, binary: 1 },
  { id: 'calls', title: 'Requests and answers', direction: 'echo', rate: 3, size: 300, binary: 0 },
  { id: 'binary', title: 'Binary pieces', direction: 'down', rate: 5, size: 16_384, binary: 1 },
];

export function presetById(id: string): WorkloadPreset | undefined {
  return WORKLOAD_PRESETS.find((preset) => preset.id === id);
}
