import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { printable } from '../../domain/text/printable.js';
import { isUsageError, UsageError } from '../../domain/text/usage-error.js';
import { mostLicenseBytes } from '../../files/licenses/license-content.js';
import { type Collected, type FoundFile, isNoise } from './found-file.js';

/** Far more than any fleet: 50,000 phones, and a folder for each hundred. */
export const archiveLimits = { entries: 65_000, allBytes: 256_000_000 };

const linkMode = 0o120000;
const typeMask = 0o170000;

/**
 * The files of an archive, all or none. A file that is too long for a license is told by its size, and not unpacked.
 * @throws UsageError for whatever is no sound archive of license files: damaged, of too many files, with paths or links out of it, encrypted
 */
export async function filesOfArchive(path: string): Promise<Collected> {
  let zip: yauzl.ZipFile | null = null;
  try {
    // Its names are checked: none is absolute or climbs.
    zip = await yauzl.openPromise(path);
    return await entriesOf(zip, path);
  } catch (error) {
    if (isUsageError(error)) throw error;
    const why = error instanceof Error || hasMessage(error) ? printable(error.message, 120) : 'it cannot be read';
    throw refused(
      path,
      /relative path|absolute path|invalid characters/i.test(why)
        ? `a name in it leads out of it (${why})`
        : `it is damaged or cut off (${why})`,
    );
  } finally {
    zip?.close();
  }
}

async function entriesOf(zip: yauzl.ZipFile, path: string): Promise<Collected> {
  if (zip.entryCount > archiveLimits.entries)
    throw refused(path, `it holds ${zip.entryCount} files, more than the ${archiveLimits.entries} of any fleet`);
  const files: FoundFile[] = [];
  const listed = await directoryBytes(path);
  let directory = 0;
  let ignored = 0;
  let bytes = 0;
  for await (const entry of zip.eachEntry()) {
    const { fileName: name, uncompressedSize: size } = entry;
    directory += headerBytes + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
    if (((entry.externalFileAttributes >>> 16) & typeMask) >>> 0 === linkMode)
      throw refused(path, `${printable(name, 100)} in it is a link`);
    if (name.endsWith('/')) continue;
    if (isNoise(name)) {
      ignored += 1;
      continue;
    }
    if (entry.isEncrypted())
      throw refused(path, 'it is encrypted', 'unpack it with its password and import the folder');
    bytes += Math.min(size, mostLicenseBytes + 1);
    if (bytes > archiveLimits.allBytes) throw refused(path, 'it unpacks to more than the licenses of any fleet');
    files.push({
      ...{ source: path, name, bytes: size },
      content: size > mostLicenseBytes ? null : await contentOf(zip, entry, path),
    });
  }
  // Of an archive that counts fewer than it lists the rest would be left out without a word.
  if (listed !== null && listed !== directory)
    throw refused(path, 'its list of files does not have the length that it says, so files may be missing');
  return { files, links: [], ignored };
}

/** Of an entry in an archive's list, without its name and what follows (APPNOTE 4.3.12). */
const headerBytes = 46;
/** The record at the end of an archive, and the longest comment behind it (APPNOTE 4.3.16). */
const endBytes = 22;
const mostComment = 65_535;

/** The length of an archive's list of files as its end record says it; `null` where another record (zip64) says it. */
async function directoryBytes(path: string): Promise<number | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, endBytes + mostComment));
    await file.read(tail, 0, tail.length, size - tail.length);
    for (let at = tail.length - endBytes; at >= 0; at -= 1) {
      // As the library finds it: the comment must reach to the end.
      if (tail.readUInt32LE(at) !== 0x06054b50 || at + endBytes + tail.readUInt16LE(at + 20) !== tail.length) continue;
      const bytes = tail.readUInt32LE(at + 12);
      return bytes === 0xffffffff ? null : bytes;
    }
    return null;
  } finally {
    await file.close();
  }
}

async function contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry, path: string): Promise<Buffer> {
  const stream = await zip.openReadStreamPromise(entry);
  const pieces: Buffer[] = [];
  // The library ends an entry that is longer than it says; its declared size was checked.
  for await (const piece of stream) pieces.push(piece as Buffer);
  const content = Buffer.concat(pieces);
  if (crc32(content) !== entry.crc32)
    throw refused(path, `${printable(entry.fileName, 100)} in it is damaged (its checksum is wrong)`);
  return content;
}

function refused(
  path: string,
  why: string,
  advice = 'download it once more, or unpack it and import the folder',
): UsageError {
  return new UsageError(`${printable(path, 200)} was not imported, nor anything else: ${why}; ${advice}.`);
}

function hasMessage(error: unknown): error is { message: string } {
  return typeof (error as { message?: unknown } | null)?.message === 'string';
}
