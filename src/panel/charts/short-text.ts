/** The mean width of a character at 11 px, on the safe side. */
const CHARACTER = 6.1;
const LEAST = 6;

/** As much of a text as fits, for SVG cuts nothing off. @param room in pixels, at 11 px */
export function shortText(text: string, room: number): string {
  const most = Math.max(LEAST, Math.floor(room / CHARACTER));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
