import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { FileChanged, type OpenFile } from '../source.js';

/** An open file of a folder. It closes the handle. */
export function fileOnDisk(handle: FileHandle, opened: BigIntStats): OpenFile {
  const size = Number(opened.size);
  let closing: Promise<void> | null = null;
  const assertUnchanged = async (): Promise<void> => {
    const now = await handle.stat({ bigint: true });
    if (now.size < opened.size) throw new FileChanged('the file was cut off meanwhile');
    if (now.size !== opened.size || now.mtimeNs !== opened.mtimeNs)
      throw new FileChanged('the file was changed meanwhile');
  };
  return {
    size,
    modifiedAt: Math.floor(Number(opened.mtimeNs / 1_000_000n)),
    version: [opened.ino, opened.size, opened.mtimeNs].map((number) => number.toString(36)).join('-'),
    assertUnchanged,
    read: async (offset, length, into) => {
      const buffer = into !== undefined && into.length >= length ? into : Buffer.allocUnsafe(length);
      for (let at = 0; at < length;) {
        const { bytesRead } = await handle.read(buffer, at, length - at, offset + at);
        if (bytesRead === 0) throw new FileChanged('the file was cut off meanwhile');
        at += bytesRead;
      }
      // What was written over it since then is found at the latest here, before its last byte has left.
      if (offset + length === size) await assertUnchanged();
      return buffer.subarray(0, length);
    },
    close: () => (closing ??= handle.close()),
  };
}
