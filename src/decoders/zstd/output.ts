import { TooMuch } from '../formats/too-much.ts';
import { Damage } from './damage.ts';

const FIRST_SIZE = 64 * 1024;

/** What frames became, and what their matches refer to. */
export class ZstdOutput {
  length = 0;
  #bytes = new Uint8Array(FIRST_SIZE);
  #frameFrom = 0;
  /** The three last offsets (RFC 8878 section 3.1.1.5). */
  #offsets: [number, number, number] = [1, 4, 8];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  beginFrame(): void {
    this.#frameFrom = this.length;
    this.#offsets = [1, 4, 8];
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  repeat(byte: number, count: number): void {
    this.#reserve(count);
    this.#bytes.fill(byte, this.length, this.length + count);
    this.length += count;
  }

  /** @param value 1 to 3 name offsets that were used before, shifted by one where no literals came before */
  copy(value: number, count: number, isWithoutLiterals: boolean): void {
    const offset = this.#offsetOf(value, isWithoutLiterals);
    if (offset < 1 || offset > this.length - this.#frameFrom) {
      throw new Damage('a match from before the beginning');
    }
    this.#reserve(count);
    const bytes = this.#bytes;
    const end = this.length + count;
    if (offset >= count) {
      bytes.copyWithin(this.length, this.length - offset, end - offset);
    } else {
      // What it copies it has just written.
      for (let at = this.length; at < end; at += 1) bytes[at] = bytes[at - offset] ?? 0;
    }
    this.length = end;
  }

  #offsetOf(value: number, isWithoutLiterals: boolean): number {
    const [first, second, third] = this.#offsets;
    if (value > 3) {
      this.#offsets = [value - 3, first, second];
      return value - 3;
    }
    const index = isWithoutLiterals ? value + 1 : value;
    if (index === 1) return first;
    const offset = index === 2 ? second : index === 3 ? third : first - 1;
    this.#offsets = index === 2 ? [offset, first, third] : [offset, first, second];
    return offset;
  }

  #reserve(more: number): void {
    const wanted = this.length + more;
    if (wanted > this.#most) throw new TooMuch();
    if (wanted <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.min(Math.max(wanted, 2 * this.#bytes.length), this.#most));
    grown.set(this.bytes);
    this.#bytes = grown;
  }
}
