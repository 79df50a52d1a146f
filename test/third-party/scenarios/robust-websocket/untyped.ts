/** The library brings no types; these are what the page's part uses of it. */
declare module 'robust-websocket' {
  export default class RobustWebSocket extends EventTarget {
    constructor(
      url: string,
      protocols: string | string[],
      options: { timeout?: number; shouldReconnect?: (event: Event) => number | null },
    );
    binaryType: BinaryType;
    readonly readyState: number;
    readonly protocol: string;
    readonly attempts: number;
    readonly reconnects: number;
    send(data: string | BufferSource | Blob): void;
    close(code?: number, reason?: string): void;
  }
}
