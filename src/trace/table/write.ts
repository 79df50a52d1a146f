import { csvCell, harmlessCell } from '../../core/csv-cell.ts';
import type { Session } from '../../core/session.ts';
import { inPieces } from '../pieces.ts';
import { messageTable } from './message-columns.ts';

/** Messages as comma-separated values (RFC 4180), one a line. */
export function writeCsv(session: Session): Generator<string, void> {
  return inPieces(lines(session, (cells) => `${cells.map(csvCell).join(',')}\r\n`));
}

/** The same with tabs between (IANA `text/tab-separated-values`), which has no quotes: tabs and line ends become `\t`, `\n`, `\r`. */
export function writeTsv(session: Session): Generator<string, void> {
  return inPieces(
    lines(session, (cells) => `${cells.map((cell) => escaped(harmlessCell(cell))).join('\t')}\n`),
  );
}

function* lines(
  session: Session,
  toLine: (cells: readonly (string | number | undefined)[]) => string,
): Generator<string, void> {
  for (const cells of messageTable(session)) yield toLine(cells);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\\': '\\\\',
};

const escaped = (text: string): string =>
  text.replace(/[\t\n\r\\]/gu, (unit) => ESCAPES[unit] ?? unit);
