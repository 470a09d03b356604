import { accessSync, constants, createWriteStream, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import yazl from 'yazl';
import { codeOf, messageOf, writeReason } from '../../domain/text/error-reason.js';
import { printable } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';

/** Far more than any capture has; an archive that unpacks to more is not one. */
const limits = { entries: 1_000, entryBytes: 8_000_000, allBytes: 96_000_000 };

/** When every entry of an archive was made: an archive of the same files is the same. */
const noTime = new Date(Date.UTC(2000, 0, 1));

/** Writes an archive, readable for its owner alone. @throws UsageError where the file exists or cannot be written */
export async function writeZip(path: string, files: ReadonlyMap<string, string>): Promise<void> {
  const zip = new yazl.ZipFile();
  for (const [name, text] of files) zip.addBuffer(Buffer.from(text), name, { mtime: noTime, mode: 0o100600 });
  zip.end();
  try {
    await pipeline(zip.outputStream, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    throw codeOf(error) === 'EEXIST'
      ? fileExists(path)
      : new UsageError(`${path} cannot be written: ${writeReason(error)}.`, { cause: error });
  }
}

/** Whether a capture can be written, found out before a phone is asked for anything. @throws UsageError */
export function checkNewFile(path: string): void {
  if (existsSync(path)) throw fileExists(path);
  try {
    accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${writeReason(error)}.`, { cause: error });
  }
}

/** A capture never overwrites a file. */
function fileExists(path: string): UsageError {
  return new UsageError(`${path} exists already; name another file, or remove it first.`);
}

/** Reads all texts of an archive, bounded in number and bytes. @throws UsageError for whatever is no such archive */
export async function readZip(path: string): Promise<Map<string, string>> {
  let zip: yauzl.ZipFile;
  try {
    zip = await yauzl.openPromise(path);
  } catch (error) {
    throw new UsageError(`${path} is no capture: ${reasonOf(error)}.`, { cause: error });
  }
  try {
    return await entriesOf(zip);
  } catch (error) {
    throw new UsageError(`${path} is no capture: ${reasonOf(error)}.`, { cause: error });
  } finally {
    zip.close();
  }
}

async function entriesOf(zip: yauzl.ZipFile): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  let bytes = 0;
  if (zip.entryCount > limits.entries) throw new RangeError('it holds too many files');
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    bytes += entry.uncompressedSize;
    if (entry.uncompressedSize > limits.entryBytes || bytes > limits.allBytes)
      throw new RangeError('it unpacks to more than a capture may hold');
    if (files.has(entry.fileName)) throw new RangeError('it holds two files of the same name');
    files.set(entry.fileName, await textOf(zip, entry));
  }
  return files;
}

async function textOf(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<string> {
  const stream = await zip.openReadStreamPromise(entry);
  const pieces: Buffer[] = [];
  // The library ends an entry that is longer than it says; its declared size was checked.
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
      return 'there is no such file or folder';
    case 'EACCES':
      return 'permission denied';
    case 'EISDIR':
      return 'this is a folder';
    default:
      // It may hold the name of a file in the archive.
      return printable(messageOf(error), 200);
  }
}
