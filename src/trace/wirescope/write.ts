import type { Session } from '../../core/session.ts';
import type { ExportContext } from '../export-context.ts';
import { inPieces } from '../pieces.ts';
import { factToRecord } from './fact-to-record.ts';
import { headerToRecord } from './header.ts';
import { FORMAT, VERSION } from './version.ts';

/**
 * Our own format: JSON lines. The first line says what the file is, `"format"` foremost; each
 * further line is one fact of the session, in the order of `session.facts()`.
 * Nothing is lost: reading the file and writing it again gives the same text.
 */
export function writeWirescope(session: Session, context: ExportContext): Generator<string, void> {
  return inPieces(linesOf(session, context));
}

function* linesOf(session: Session, { toolVersion }: ExportContext): Generator<string, void> {
  const header = {
    format: FORMAT,
    version: VERSION,
    session: headerToRecord(session.header),
    tool: `Wirescope ${toolVersion}`,
  };
  yield `${JSON.stringify(header)}\n`;
  for (const fact of session.facts()) yield `${JSON.stringify(factToRecord(fact))}\n`;
}
