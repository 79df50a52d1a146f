/** The parts of a URL that rules look at; `undefined` for what is none. */
export function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Names and addresses of the machine itself: nothing between, nobody listens (RFC 6761 section 6.3). */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/iu.test(hostname);
}
