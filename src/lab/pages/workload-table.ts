import { type LaneRow, rowOf } from '../workload/lane-row.ts';
import { cellOf, ROW_COLUMNS, type RowColumn } from '../workload/row-columns.ts';
import type { RunBegun, RunResult } from '../workload/run-result.ts';
import { byId, element } from './element.ts';
import { TRANSPORT_NAMES } from './transport-names.ts';
import type { LaneProgress } from './workload-lane.ts';

export interface WorkloadTable {
  progress: (transport: string, progress: LaneProgress) => void;
  finish: (result: RunResult) => void;
}

const STATES: Readonly<Record<LaneProgress['state'], string>> = {
  connecting: '… connecting',
  open: '● open',
  lost: '✕ lost, coming back',
  done: '✓ all there',
  incomplete: '✕ not all came',
};

/** Less is better in these, so the least of a column is marked. */
const LESS: readonly RowColumn['of'][] = ['up', 'down', 'perMessage', 'requests', 'delayP50'];

/** A row for each transport: how it goes while it runs, then what it took. */
export function createWorkloadTable({ lanes }: RunBegun): WorkloadTable {
  const rows = new Map<string, HTMLTableRowElement>(
    lanes.map(({ transport }) => {
      const name = element('th', '', TRANSPORT_NAMES[transport]);
      name.scope = 'row';
      const row = element('tr', '', [name]);
      row.dataset['transport'] = transport;
      return [transport, row] as const;
    }),
  );

  function show(heads: readonly (string | RowColumn)[]): void {
    const head = heads.map((of) => {
      const cell = element('th', typeof of === 'string' ? '' : 'number');
      cell.textContent = typeof of === 'string' ? of : of.head;
      if (typeof of !== 'string') cell.title = of.about;
      return cell;
    });
    byId('lanes').replaceChildren(
      element('thead', '', [element('tr', '', [element('th', '', 'Transport'), ...head])]),
      element('tbody', '', [...rows.values()]),
    );
  }

  function fill(row: HTMLTableRowElement, cells: readonly HTMLElement[]): void {
    row.replaceChildren(...[...row.children].slice(0, 1), ...cells);
  }

  show(['State', 'Received', 'Sent']);
  return {
    progress: (transport, { state, received, sent }) => {
      const row = rows.get(transport);
      if (row === undefined) return;
      const pill = element('td', '', STATES[state]);
      pill.dataset['state'] = state;
      row.dataset['state'] = state;
      fill(row, [pill, numberCell(received), numberCell(sent)]);
    },
    finish: (result) => {
      const found = result.lanes.map(rowOf);
      show(['State', 'HTTP', ...ROW_COLUMNS]);
      for (const lane of found) {
        const row = rows.get(lane.transport);
        const state = row?.children[1];
        if (row === undefined || !(state instanceof HTMLElement)) continue;
        fill(row, [
          state,
          element('td', '', lane.protocol),
          ...ROW_COLUMNS.map((column) => resultCell(lane, column, found)),
        ]);
      }
    },
  };
}

function numberCell(value: number): HTMLElement {
  return element('td', '', value.toLocaleString('en'));
}

function resultCell(lane: LaneRow, column: RowColumn, all: readonly LaneRow[]): HTMLElement {
  const cell = element('td', 'number', cellOf(lane, column));
  const least = Math.min(...all.map((other) => other[column.of] ?? Infinity));
  if (LESS.includes(column.of) && all.length > 1 && lane[column.of] === least) {
    cell.classList.add('best');
    cell.title = 'the least of all';
    cell.textContent = `▾ ${cell.textContent}`;
  }
  return cell;
}
