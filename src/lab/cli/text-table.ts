export interface TextColumn {
  readonly head: string;
  readonly isNumber: boolean;
}

/** Rows for a terminal, each column as wide as its widest cell; numbers end, words begin at one edge. */
export function renderTextTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
): string[] {
  const all = [columns.map(({ head }) => head), ...rows];
  const widths = columns.map((_column, index) =>
    Math.max(...all.map((row) => (row[index] ?? '').length)),
  );
  return all.map((row) =>
    columns
      .map(({ isNumber }, index) => {
        const [cell, width] = [row[index] ?? '', widths[index] ?? 0];
        return isNumber ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
