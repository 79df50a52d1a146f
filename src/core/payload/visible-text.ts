/**
 * What a reader cannot see, or what moves what they see: controls, bidi marks and overrides, zero-width
 * and other default-ignorable characters, line and paragraph separators, and lone surrogates.
 * A zero-width joiner or a variation selector right after an emoji belongs to its drawing and stays.
 * https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const INVISIBLE =
  /(?:(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})|(?<=\p{Emoji})\uFE0F)|([\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}])/gu;

/** Newlines and tabs either lay out the text, or become marks where it must stay on one line. */
export type Layout = 'lines' | 'one-line';

/** A part of a text as it is shown: `escape` stands for what could not be seen. */
export interface VisiblePart {
  text: string;
  isEscape: boolean;
  /** Where the original of this part begins, in code units of the text. */
  from: number;
  /** Where it ends. */
  to: number;
}

/** `‹U+202E›` */
export const escapeOf = (codePoint: number): string =>
  `‹U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}›`;

function visibleFormOf(character: string, layout: Layout): string | undefined {
  if (character === '\r\n') return layout === 'lines' ? '‹CR›' : '↵';
  if (character === '\n') return layout === 'lines' ? undefined : '↵';
  if (character === '\t') return layout === 'lines' ? undefined : '⇥';
  return escapeOf(character.codePointAt(0) ?? 0);
}

/** The text in parts, with everything invisible turned into something that can be seen. */
export function visiblePartsOf(text: string, layout: Layout): VisiblePart[] {
  const parts: VisiblePart[] = [];
  let done = 0;
  for (const match of text.matchAll(INVISIBLE)) {
    const [, invisible] = match;
    if (invisible === undefined || match.index < done) continue;
    const from = match.index;
    // The carriage return before a newline is half of one line break.
    const isLineBreak = invisible === '\r' && text[from + 1] === '\n';
    const form = visibleFormOf(isLineBreak ? '\r\n' : invisible, layout);
    if (form === undefined) continue;
    // Where lines are laid out, the newline itself stays.
    const to = from + (isLineBreak && layout === 'one-line' ? 2 : invisible.length);
    if (from > done) {
      parts.push({ text: text.slice(done, from), isEscape: false, from: done, to: from });
    }
    parts.push({ text: form, isEscape: true, from, to });
    done = to;
  }
  if (done < text.length) {
    parts.push({ text: text.slice(done), isEscape: false, from: done, to: text.length });
  }
  return parts;
}

/** The visible form as one text, for where no part of it needs a look of its own. */
export const visibleTextOf = (text: string, layout: Layout): string =>
  visiblePartsOf(text, layout)
    .map((part) => part.text)
    .join('');
