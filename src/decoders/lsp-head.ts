const HEAD = /^(?:Content-(?:Length|Type): ?[^\r\n]{1,100}\r\n){1,2}\r\n/iu;

/** The headers of LSP's base protocol, where a message begins with them. */
export const lspHead = (text: string): string => HEAD.exec(text.slice(0, 400))?.[0] ?? '';

export const withoutHead = (text: string): string => text.slice(lspHead(text).length);
