import type { TftpSource } from '../../../src/tftp/serving.js';

/** Bytes that differ from block to block, line ends of all kinds among them. */
export function someBytes(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0, state = 7; at < size; at += 1) {
    state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff;
    bytes[at] = (state >> 16) % 61 === 0 ? 10 + 3 * ((state >> 22) % 2) : state >> 16;
  }
  return bytes;
}

/** A source of these bytes that remembers how it was used. */
export function sourceOf(
  bytes: Uint8Array,
): TftpSource & { reads: { offset: number; length: number }[]; closed: number } {
  return {
    size: bytes.length,
    reads: [],
    closed: 0,
    read(offset, length) {
      this.reads.push({ offset, length });
      return Promise.resolve(bytes.subarray(offset, offset + length));
    },
    close() {
      this.closed += 1;
      return Promise.resolve();
    },
  };
}
