import type { OpenFile } from '../source.js';

/** Licenses are a few kilobytes; anything larger is something else. */
const mostBytes = 64 * 1024;

/** The content of a license, for comparison; `null` for what is too large to be one. @throws where it cannot be read */
export async function licenseContent(file: OpenFile): Promise<Buffer | null> {
  return file.size > mostBytes ? null : Buffer.from(await file.read(0, file.size));
}
