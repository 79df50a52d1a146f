/** Whether a text looks like JSON, without reading it to its end. */
export const looksLikeJson = (text: string): boolean => /^\s*[[{]/u.test(text);

/** Fields that number or name a request, and so differ where it says the same. */
const NUMBERING =
  /^(?:id|i|ref|seq|nonce|cid|req|request|request_?id|req_?id|message_?id|invocation_?id|correlation_?id|client_?id|ts|time|timestamp)$/iu;

/** What a request says, without what numbers it: two that ask for the same thing come out equal. */
export function withoutNumbering(text: string): string {
  try {
    return JSON.stringify(stripped(JSON.parse(text)));
  } catch {
    // Headers of text protocols stand one on a line.
    return text.replaceAll(/^(?:id|receipt)\s*:.*$/gimu, '');
  }
}

function stripped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !NUMBERING.test(name)));
}
