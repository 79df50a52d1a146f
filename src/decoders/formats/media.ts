import { formatCountOf } from '../../core/format.ts';
import type { Found } from './format.ts';
import { hasBytesAt, hasTextAt } from './magic.ts';

/** WHATWG MIME Sniffing, section 6; and for what it leaves out the formats' own documents. */
const IMAGES: readonly [type: string, is: (bytes: Uint8Array) => boolean][] = [
  ['image/png', (bytes) => hasBytesAt(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/jpeg', (bytes) => hasBytesAt(bytes, 0, [0xff, 0xd8, 0xff])],
  ['image/gif', (bytes) => hasTextAt(bytes, 0, 'GIF87a') || hasTextAt(bytes, 0, 'GIF89a')],
  ['image/webp', (bytes) => hasTextAt(bytes, 0, 'RIFF') && hasTextAt(bytes, 8, 'WEBPVP8')],
  ['image/avif', (bytes) => isBrand(bytes, 'avif') || isBrand(bytes, 'avis')],
  ['image/heic', (bytes) => isBrand(bytes, 'heic') || isBrand(bytes, 'heix')],
  ['image/bmp', isBitmap],
];

const AUDIO: readonly [type: string, is: (bytes: Uint8Array) => boolean][] = [
  ['audio/wav', (bytes) => hasTextAt(bytes, 0, 'RIFF') && hasTextAt(bytes, 8, 'WAVE')],
  ['audio/ogg', (bytes) => hasTextAt(bytes, 0, 'OggS') && bytes[4] === 0],
  ['audio/flac', (bytes) => hasTextAt(bytes, 0, 'fLaC')],
  ['audio/aiff', (bytes) => hasTextAt(bytes, 0, 'FORM') && hasTextAt(bytes, 8, 'AIFF')],
  ['audio/mpeg', (bytes) => hasTextAt(bytes, 0, 'ID3') || isMp3(bytes)],
  ['audio/aac', isAdts],
  ['audio/mp4', (bytes) => isBrand(bytes, 'M4A ') || isBrand(bytes, 'M4B ')],
  ['audio/webm', (bytes) => isWebm(bytes) && !hasText(bytes, 'V_VP') && hasText(bytes, 'A_')],
];

const MOST_HEADER = 4096;

export function findImage(bytes: Uint8Array): Found | undefined {
  return findMedia('image', IMAGES, bytes);
}

export function findAudio(bytes: Uint8Array): Found | undefined {
  return findMedia('audio', AUDIO, bytes);
}

function findMedia(
  protocol: 'image' | 'audio',
  types: typeof IMAGES,
  bytes: Uint8Array,
): Found | undefined {
  const mediaType = types.find(([, is]) => is(bytes))?.[0];
  if (mediaType === undefined) return undefined;
  const summary = `${mediaType}, ${formatCountOf(bytes.length, 'byte')}`;
  return { layer: { protocol, summary, content: { as: 'media', bytes, mediaType } } };
}

/** ISO base media files begin with a box `ftyp`. */
const isBrand = (bytes: Uint8Array, brand: string): boolean =>
  hasTextAt(bytes, 4, 'ftyp') && hasTextAt(bytes, 8, brand);

/** Two letters are no magic: the length that follows must be that of the file. */
function isBitmap(bytes: Uint8Array): boolean {
  if (!hasTextAt(bytes, 0, 'BM') || bytes.length < 26) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return view.getUint32(2, true) === bytes.length && view.getUint32(6, true) === 0;
}

/** In kbit/s, of MPEG-1 layer III (ISO/IEC 11172-3, section 2.4.2.3). */
const BIT_RATES = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
const SAMPLE_RATES = [44100, 48000, 32000, 0];

/** Eleven bits are no magic: where the first frame ends the next one must begin. */
function isMp3(bytes: Uint8Array): boolean {
  const [sync = 0, kind = 0, rates = 0] = bytes;
  if (sync !== 0xff || (kind & 0xfe) !== 0xfa) return false;
  const bitRate = BIT_RATES[rates >> 4] ?? 0;
  const sampleRate = SAMPLE_RATES[(rates >> 2) & 3] ?? 0;
  if (bitRate === 0 || sampleRate === 0) return false;
  const length = Math.floor((144_000 * bitRate) / sampleRate) + ((rates >> 1) & 1);
  return hasBytesAt(bytes, length, [0xff, kind]);
}

/** An ADTS frame tells its length (ISO/IEC 13818-7, section 6.2); the next one must begin there, or nothing. */
function isAdts(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0xff || ((bytes[1] ?? 0) & 0xf6) !== 0xf0 || bytes.length < 9) return false;
  const [, , , high = 0, middle = 0, low = 0] = bytes;
  const length = ((high & 3) << 11) | (middle << 3) | (low >> 5);
  if (length < 7) return false;
  return length === bytes.length || hasBytesAt(bytes, length, [0xff, bytes[1] ?? 0]);
}

const isWebm = (bytes: Uint8Array): boolean =>
  hasBytesAt(bytes, 0, [0x1a, 0x45, 0xdf, 0xa3]) && hasText(bytes, 'webm');

function hasText(bytes: Uint8Array, wanted: string): boolean {
  const header = bytes.subarray(0, MOST_HEADER);
  return header.some((_byte, at) => hasTextAt(header, at, wanted));
}
