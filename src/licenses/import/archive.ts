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
  let ignored = 0;
  let bytes = 0;
  for await (const entry of zip.eachEntry()) {
    const { fileName: name, uncompressedSize: size } = entry;
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
  return { files, links: [], ignored };
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
