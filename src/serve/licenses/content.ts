import type { OpenFile } from '../source.js';

/** Licenses are a few kilobytes; anything larger is something else. */
const mostBytes = 64 * 1024;

/** The content of a license, for comparison; `null` for what is too large to be one, or cannot be read whole. */
export async function licenseContent(file: OpenFile): Promise<Buffer | null> {
  if (file.size > mostBytes) return null;
  try {
    return Buffer.from(await file.read(0, file.size));
  } catch {
    return null;
  }
}
