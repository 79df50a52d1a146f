/** Controls that no text has, and what stands for bytes that were no text. */
const UNPRINTABLE = /(?![\t\n\r])[\p{Cc}\ufffd]/u;

/** Whether a text is one that somebody wrote: no controls but tabs and line breaks. */
export const isPrintable = (text: string): boolean => !UNPRINTABLE.test(text);
