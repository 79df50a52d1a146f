import { Damage } from './damage.ts';

/** Bits that were written forwards and are read from their end (RFC 8878 section 4.1); a one marks where they begin. */
export class BackwardBits {
  /** How many are left; below zero, zeros were read that are not there. */
  left: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    const last = bytes.at(-1) ?? 0;
    if (last === 0) throw new Damage('a bit stream without its end mark');
    this.#bytes = bytes;
    this.left = bytes.length * 8 - Math.clz32(last) + 23;
  }

  /** @param count at most 32 */
  read(count: number): number {
    this.left -= count;
    return this.#from(this.left, count);
  }

  /** The next bits, without taking them. */
  peek(count: number): number {
    return this.#from(this.left - count, count);
  }

  #from(at: number, count: number): number {
    if (count === 0) return 0;
    const first = Math.floor(at / 8);
    const shift = at - first * 8;
    let value = 0;
    for (let i = Math.ceil((shift + count) / 8) - 1; i >= 0; i -= 1) {
      value = value * 256 + (this.#bytes[first + i] ?? 0);
    }
    return Math.floor(value / 2 ** shift) % 2 ** count;
  }
}
