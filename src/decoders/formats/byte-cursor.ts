import { formatCountOf } from '../../core/format.ts';
import { MOST_DEPTH, MOST_VALUES } from '../decoder.ts';

/** Where reading stopped, and why. */
export interface Stop {
  readonly offset: number;
  readonly reason: string;
}

/**
 * Reads bytes in order. The first thing that cannot be read stops it for good: from there on it
 * gives zeros and nothing, so that a reader can close what it has begun and keep what it has read.
 */
export class ByteCursor {
  readonly bytes: Uint8Array;
  at = 0;
  stop: Stop | undefined;
  readonly #view: DataView;
  #values = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.stop !== undefined || this.at >= this.bytes.length;
  }

  /** A call, for what stopped is seen in the midst of reading. */
  hasStopped(): boolean {
    return this.stop !== undefined;
  }

  fail(reason: string, offset = this.at): void {
    this.stop ??= { offset, reason };
  }

  /** Counts one more value at a depth; `false` where a bound is reached. */
  enter(depth: number): boolean {
    this.#values += 1;
    if (depth > MOST_DEPTH) this.fail(`nested deeper than ${MOST_DEPTH}`);
    else if (this.#values > MOST_VALUES) this.fail(`more than ${MOST_VALUES} values`);
    return this.stop === undefined;
  }

  /** Moves on by so many bytes; the place before them, `undefined` where they are not there. */
  #step(length: number): number | undefined {
    if (this.stop !== undefined) return undefined;
    const { at } = this;
    if (length > this.bytes.length - at) {
      this.fail(
        `${formatCountOf(length, 'byte')} should follow, ${this.bytes.length - at} are there`,
      );
      return undefined;
    }
    this.at = at + length;
    return at;
  }

  uint8(): number {
    const at = this.#step(1);
    return at === undefined ? 0 : this.#view.getUint8(at);
  }

  uint16(): number {
    const at = this.#step(2);
    return at === undefined ? 0 : this.#view.getUint16(at);
  }

  uint32(isLittle = false): number {
    const at = this.#step(4);
    return at === undefined ? 0 : this.#view.getUint32(at, isLittle);
  }

  uint64(isLittle = false): bigint {
    const at = this.#step(8);
    return at === undefined ? 0n : this.#view.getBigUint64(at, isLittle);
  }

  float32(isLittle = false): number {
    const at = this.#step(4);
    return at === undefined ? 0 : this.#view.getFloat32(at, isLittle);
  }

  float64(isLittle = false): number {
    const at = this.#step(8);
    return at === undefined ? 0 : this.#view.getFloat64(at, isLittle);
  }

  /** A view of the next bytes: whoever keeps them copies them. */
  take(length: number): Uint8Array | undefined {
    const at = this.#step(length);
    return at === undefined ? undefined : this.bytes.subarray(at, at + length);
  }
}
