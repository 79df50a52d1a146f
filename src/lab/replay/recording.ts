import { readdirSync, readFileSync } from 'node:fs';

/** A message of a recorded conversation; its payload is one of the two. */
export interface RecordedMessage {
  readonly direction: 'sent' | 'received';
  readonly text?: string;
  readonly base64?: string;
  readonly eventType?: string;
  readonly lastEventId?: string;
}

/** A conversation of a real client and a real server, as the decoders' fixtures keep it. */
export interface Recording {
  /** Packages with versions. */
  readonly source: string;
  readonly carrier: {
    readonly transport: string;
    readonly url: string;
    readonly subprotocol?: string;
    readonly contentType?: string;
    readonly requestContentType?: string;
  };
  readonly messages: readonly RecordedMessage[];
}

/** The lab is a part of the repository, and so are the recordings. */
const FOLDER = new URL('../../../test/fixtures/protocols/', import.meta.url);
const NAME = /^[\w.-]+$/u;

export function readRecording(name: string): Recording | undefined {
  if (!NAME.test(name) || !recordingNames().includes(name)) return undefined;
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')) as Recording;
}

export function recordingNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
}

/** How the page `/protocols` has it played again: as it was, on the same transport; polls and single requests as `requests`. */
export type PlayedOver = 'websocket' | 'eventsource' | 'fetch' | 'requests';

export function playedOver({ carrier }: Recording): PlayedOver {
  const { transport, contentType } = carrier;
  if (transport === 'websocket' || transport === 'eventsource') return transport;
  return contentType === 'text/event-stream' ? 'fetch' : 'requests';
}

/** `/replay/NAME` and after it the path that the recorded server had, for it tells protocols apart. */
export function replayedIn(pathname: string): { name: string; path: string } | undefined {
  const [, name, path] = /^\/replay\/([^/]+)(\/.*)?$/u.exec(pathname) ?? [];
  return name === undefined ? undefined : { name: decodeURIComponent(name), path: path ?? '' };
}

export function payloadOf({ text, base64 }: RecordedMessage): string | Buffer {
  return text ?? Buffer.from(base64 ?? '', 'base64');
}
