/**
 * A spreadsheet takes a text that begins with one of these for a formula, and would run what a page or a trace put there; an
 * apostrophe in front makes it a text again (OWASP, “CSV injection”).
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

/** What a spreadsheet can open without danger; numbers stay numbers. */
export function harmlessCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? `${value}` : '';
  return FORMULA.test(value) ? `'${value}` : value;
}

/** A field of comma-separated values (RFC 4180 section 2). */
export function csvCell(value: string | number | undefined): string {
  const harmless = harmlessCell(value);
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
