import { base64ToBytes, bytesToBase64 } from '../../core/byte-text.ts';
import type { Connection } from '../../core/channel.ts';
import type { MessageFact } from '../../core/facts.ts';
import { headerOf } from '../../core/http/content-type.ts';
import { bodyOf } from '../../core/http/connection-body.ts';
import type { Bytes } from '../../core/units.ts';
import { utf8Length } from '../../core/utf8-length.ts';
import { isRecord } from '../fields.ts';
import type { HarContent, HarPostData } from './har-format.ts';

/** One text of JSON; engines hold no longer ones (V8: 2^29 - 24 characters). */
const LONGEST_BODY: Bytes = 2 ** 27;
const NOT_WHOLE = 'Not whole: a part of it was not recorded.';
const TOO_LONG = 'Left out: it is longer than one text of JSON can be.';

/** The body of a response whose messages HAR has no list for. */
export function toContent(
  connection: Connection,
  received: readonly MessageFact[],
  mimeType: string,
): HarContent {
  const bytes = received.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (bytes > LONGEST_BODY) return { size: bytes, mimeType, comment: TOO_LONG };
  const { content, isWhole } = bodyOf(connection, received);
  const here = typeof content === 'string' ? utf8Length(content) : content.length;
  return {
    size: isWhole ? here : Math.max(here, bytes),
    mimeType,
    ...(typeof content === 'string'
      ? { text: content }
      : { text: bytesToBase64(content), encoding: 'base64' }),
    ...(!isWhole && { comment: NOT_WHOLE }),
  };
}

/** What the page sent along. HAR 1.2 has no encoding for it: bytes are told as Latin-1, as Chrome does. */
export function toPostData(
  connection: Connection,
  sent: readonly MessageFact[],
): HarPostData | undefined {
  if (sent.length === 0) return undefined;
  const { content, isWhole } = bodyOf(connection, sent);
  const { requestHeaders, handshake } = connection;
  const mimeType =
    headerOf(requestHeaders, 'content-type') ??
    headerOf(handshake?.requestHeaders, 'content-type') ??
    '';
  return {
    mimeType,
    text: typeof content === 'string' ? content : asLatin1(content),
    ...(!isWhole && { comment: NOT_WHOLE }),
  };
}

const LATIN_1_AT_ONCE = 0x2000;

function asLatin1(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += LATIN_1_AT_ONCE) {
    text += String.fromCharCode(...bytes.subarray(start, start + LATIN_1_AT_ONCE));
  }
  return text;
}

/** The body of a response in any HAR; nothing where it holds none, or one that cannot be read. */
export function readContent(response: unknown): string | Uint8Array | undefined {
  const content = isRecord(response) ? response['content'] : undefined;
  const text = isRecord(content) ? content['text'] : undefined;
  if (typeof text !== 'string' || !isRecord(content)) return undefined;
  return content['encoding'] === 'base64' ? base64ToBytes(text) : text;
}

export function readPostData(request: unknown): string | undefined {
  const data = isRecord(request) ? request['postData'] : undefined;
  const text = isRecord(data) ? data['text'] : undefined;
  return typeof text === 'string' ? text : undefined;
}
