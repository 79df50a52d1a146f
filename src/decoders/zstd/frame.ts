import { Damage } from './damage.ts';
import type { HuffmanTable } from './huffman-table.ts';
import { LONGEST_BLOCK, readLiterals } from './literals.ts';
import type { ZstdOutput } from './output.ts';
import { readSequences, type SequenceTables } from './sequences.ts';

const BLOCK_HEADER = 3;
const RAW = 0;
const REPEATED = 1;
const COMPRESSED = 2;

/** RFC 8878 section 3.1.1.1: a descriptor, perhaps a window, a dictionary, the content's size. */
function readHeader(bytes: Uint8Array): { length: number; hasChecksum: boolean } {
  const flags = bytes[4] ?? 0;
  if ((flags & 3) !== 0) throw new Damage('it needs a dictionary, which is not in the traffic');
  if ((flags & 8) !== 0) throw new Damage('a reserved flag is set');
  const isSingleSegment = (flags & 0x20) !== 0;
  const sizeFlag = flags >> 6;
  const sizeLength = sizeFlag === 0 ? Number(isSingleSegment) : 2 ** sizeFlag;
  return { length: 5 + Number(!isSingleSegment) + sizeLength, hasChecksum: (flags & 4) !== 0 };
}

/**
 * Reads one frame. Of what its header announces nothing is allocated: the output grows with what the blocks hold.
 * @returns where the frame ends
 */
export function readFrame(bytes: Uint8Array, output: ZstdOutput): number {
  const { length, hasChecksum } = readHeader(bytes);
  let at = length;
  let huffman: HuffmanTable | undefined;
  let tables: SequenceTables | undefined;
  output.beginFrame();
  for (;;) {
    if (at + BLOCK_HEADER > bytes.length) throw new Damage('it ends before its last block');
    const header = (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 0x100 + (bytes[at + 2] ?? 0) * 0x10000;
    const type = (header >> 1) & 3;
    const size = header >> 3;
    const from = at + BLOCK_HEADER;
    at = from + (type === REPEATED ? 1 : size);
    if (at > bytes.length) throw new Damage('a block that is cut');
    if (size > LONGEST_BLOCK) throw new Damage(`a block of ${size} bytes`);
    const block = bytes.subarray(from, at);
    if (type === RAW) output.append(block);
    else if (type === REPEATED) output.repeat(block[0] ?? 0, size);
    else if (type === COMPRESSED) readCompressed(block);
    else throw new Damage('a block of a type that there is not');
    if ((header & 1) === 1) return Math.min(at + (hasChecksum ? 4 : 0), bytes.length);
  }

  function readCompressed(block: Uint8Array): void {
    const literals = readLiterals(block, huffman);
    huffman = literals.table;
    const most = output.length + LONGEST_BLOCK;
    let used = 0;
    tables = readSequences(block.subarray(literals.length), tables, (count, offset, match) => {
      if (used + count > literals.bytes.length) throw new Damage('more literals than there are');
      if (output.length + count + match > most) throw new Damage('a block that becomes too long');
      output.append(literals.bytes.subarray(used, used + count));
      output.copy(offset, match, count === 0);
      used += count;
    });
    output.append(literals.bytes.subarray(used));
  }
}
