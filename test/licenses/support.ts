import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';

/** Writes an archive of these texts, or of these bytes, under their names. `mode`: of every entry, as Unix has it. */
export async function writeArchive(
  path: string,
  files: Readonly<Record<string, string | Buffer>>,
  { mode = 0o100600 }: { mode?: number } = {},
): Promise<string> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name, { mode });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}
