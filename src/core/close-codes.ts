/**
 * Close codes in plain words: RFC 6455 section 7.4 and the IANA "WebSocket Close Code Number
 * Registry" (https://www.iana.org/assignments/websocket/).
 */
const REGISTERED: ReadonlyMap<number, string> = new Map([
  [1000, 'normal closure'],
  [1001, 'going away'],
  [1002, 'protocol error'],
  [1003, 'unsupported data'],
  [1004, 'reserved, without a meaning yet'],
  [1005, 'no close code was given'],
  [1006, 'no closing handshake'],
  [1007, 'invalid payload data'],
  [1008, 'policy violation'],
  [1009, 'message too big'],
  [1010, 'a required extension is missing'],
  [1011, 'internal error'],
  [1012, 'service restart'],
  [1013, 'try again later'],
  [1014, 'bad gateway'],
  [1015, 'the TLS handshake failed'],
  [3000, 'unauthorized'],
  [3003, 'forbidden'],
  [3008, 'timeout'],
]);

/** What a close code means; for an unregistered one, whose it is (RFC 6455 section 7.4.2). */
export function closeCodeName(code: number): string {
  const name = REGISTERED.get(code);
  if (name !== undefined) return name;
  if (code >= 1000 && code < 3000) return 'reserved for the WebSocket protocol, not assigned';
  if (code >= 3000 && code < 4000) return 'a code for libraries and frameworks, not registered';
  if (code >= 4000 && code < 5000) return "the application's own code";
  return 'not a valid close code';
}

/** No endpoint may send these; the browser makes them up to say what it saw (section 7.4.1). */
export function isReservedForBrowser(code: number): boolean {
  return code === 1005 || code === 1006 || code === 1015;
}
