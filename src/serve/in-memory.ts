import { createHash } from 'node:crypto';
import type { OpenFile } from './source.js';

/** A file that is in memory. */
export function inMemory(content: Uint8Array): OpenFile {
  return {
    size: content.length,
    modifiedAt: null,
    version: createHash('sha256').update(content).digest('hex').slice(0, 40),
    assertUnchanged: () => Promise.resolve(),
    read: (offset, length) => Promise.resolve(content.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}
