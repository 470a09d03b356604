import { closeSync, createWriteStream, existsSync, openSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import yazl from 'yazl';
import { codeOf, readReason, writeReason } from '../../domain/text/error-reason.js';
import { isUsageError, UsageError } from '../../domain/text/usage-error.js';

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
    throw cannotBeWritten(path, error);
  }
}

/** Whether a capture can be written, found out before a phone is asked for anything: an empty file is made and removed. @throws UsageError */
export function checkNewFile(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory())
    throw new UsageError(`${path} is a folder; name a file in it, such as ${join(path, 'phone.zip')}.`);
  if (existsSync(path)) throw fileExists(path);
  try {
    closeSync(openSync(path, 'wx', 0o600));
    unlinkSync(path);
  } catch (error) {
    throw cannotBeWritten(path, error);
  }
}

function cannotBeWritten(path: string, error: unknown): UsageError {
  if (codeOf(error) === 'EEXIST') return fileExists(path);
  const isClosed = codeOf(error) === 'ENOENT' && existsSync(dirname(path));
  const why = isClosed ? 'its folder takes no files' : writeReason(error);
  return new UsageError(`${path} cannot be written: ${why}; name a file in a folder that you can write to.`, {
    cause: error,
  });
}

/** A capture never overwrites a file. */
function fileExists(path: string): UsageError {
  return new UsageError(`${path} exists already; name another file, or remove it first.`);
}

/** A file with more bytes is neither a capture nor a page. */
const mostBytes = 200_000_000;

/** The bytes of a file that should be a capture or a page. @throws UsageError where it cannot be read, is empty or too large */
export function bytesOf(path: string): Buffer {
  let bytes: Buffer;
  try {
    const about = statSync(path);
    if (about.size > mostBytes)
      throw new UsageError(`${path} is too large to be a capture or a page; name another file.`);
    if (about.isCharacterDevice() || about.isBlockDevice())
      throw new UsageError(`${path} is a device; name a file that a capture or a page was saved in.`);
    bytes = readFileSync(path);
  } catch (error) {
    if (isUsageError(error)) throw error;
    throw new UsageError(`${path} cannot be read: ${readReason(error)}.`, { cause: error });
  }
  if (bytes.length === 0) throw new UsageError(`${path} is empty; copy it once more, or capture the phone again.`);
  return bytes;
}

/** The content decides, not the name. */
export function isZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 2).toString('latin1') === 'PK';
}

/** Reads all texts of an archive, bounded in number and bytes. @throws UsageError for whatever is no such archive */
export async function readZip(path: string): Promise<Map<string, string>> {
  if (!isZip(bytesOf(path)))
    throw new UsageError(
      `${path} is no capture: it is no .zip archive; a page saved from a browser is read with fleet-migrate probe --from.`,
    );
  let zip: yauzl.ZipFile | null = null;
  try {
    zip = await yauzl.openPromise(path);
    return await entriesOf(zip, path);
  } catch (error) {
    if (isUsageError(error)) throw error;
    throw new UsageError(
      `${path} is no whole capture: the archive is damaged or cut off; copy it once more, or capture the phone again.`,
      { cause: error },
    );
  } finally {
    zip?.close();
  }
}

async function entriesOf(zip: yauzl.ZipFile, path: string): Promise<Map<string, string>> {
  const refuseComment = (comment: string): void => {
    if (comment !== '')
      throw new UsageError(
        `${path} is no capture as it was made: somebody wrote a comment into the archive; capture the phone again.`,
      );
  };
  refuseComment(zip.comment);
  const files = new Map<string, string>();
  let bytes = 0;
  const no = (why: string): UsageError =>
    new UsageError(`${path} is no capture: ${why}; name the file that fleet-migrate capture has written.`);
  if (zip.entryCount > limits.entries) throw no('it holds too many files');
  for await (const entry of zip.eachEntry()) {
    refuseComment(entry.fileComment);
    if (entry.fileName.endsWith('/')) throw no('it holds a folder by itself');
    bytes += entry.uncompressedSize;
    if (entry.uncompressedSize > limits.entryBytes || bytes > limits.allBytes)
      throw no('it unpacks to more than a capture may hold');
    if (files.has(entry.fileName)) throw no('it holds two files of the same name');
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
