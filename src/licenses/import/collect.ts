import { type Dirent, lstatSync, openSync, readdirSync, readSync, closeSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { formatBytes } from '../../domain/text/bytes.js';
import { readReason } from '../../domain/text/error-reason.js';
import { printable } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { mostLicenseBytes } from '../../files/licenses/license-content.js';
import { archiveLimits, filesOfArchive } from './archive.js';
import { type Collected, type FoundFile, isArchiveName, isNoise } from './found-file.js';

/** Folders below the one that is named. */
const deepest = 8;

/**
 * All files in these archives, folders and files. Archives in a folder are opened, archives in archives are not; links in a folder are not
 * followed. @throws UsageError when one of them cannot be read, or is no sound archive
 */
export async function collectFiles(paths: readonly string[]): Promise<Collected> {
  const all: Collected = { files: [], links: [], ignored: 0 };
  let bytes = 0;
  const add = ({ files, links, ignored }: Collected): void => {
    all.links.push(...links);
    for (const file of files) {
      all.files.push(file);
      bytes += file.content?.length ?? 0;
    }
    all.ignored += ignored;
    if (all.files.length > archiveLimits.entries || bytes > archiveLimits.allBytes)
      throw new UsageError(
        `These are more license files than of any fleet (${archiveLimits.entries}, or ${formatBytes(archiveLimits.allBytes)}); nothing was imported: name fewer.`,
      );
  };
  for (const path of paths) {
    const kind = reading(path, () => statSync(path));
    if (kind.isDirectory()) {
      for (const file of filesBelow(path, path, 0, all.links)) add(await opened(file, path));
    } else if (kind.isFile()) {
      add(await opened(path, dirname(path)));
    } else
      throw new UsageError(
        `${printable(path, 200)} is neither a file nor a folder; name an archive, a folder or license files.`,
      );
  }
  return all;
}

/** Regular files in a folder and below, in the order of their names; adds to `links` what is not followed. */
function* filesBelow(folder: string, top: string, depth: number, links: string[]): Generator<string> {
  const entries = reading(folder, () => readdirSync(folder, { withFileTypes: true }));
  for (const entry of entries.sort(byName)) {
    const path = join(folder, entry.name);
    if (entry.isFile()) yield path;
    else if (entry.isSymbolicLink()) links.push(relative(top, path));
    else if (isNoise(relative(top, path))) continue;
    else if (!entry.isDirectory())
      throw new UsageError(
        `${printable(path, 200)} is neither a file nor a folder; nothing was imported: remove it, or name what to import.`,
      );
    else {
      if (depth >= deepest)
        throw new UsageError(
          `${printable(path, 200)} lies more than ${deepest} folders deep; nothing was imported: name it by itself, or a folder nearer to it.`,
        );
      yield* filesBelow(path, top, depth + 1, links);
    }
  }
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

/** A file as it is, or what is in it where it is an archive. */
async function opened(path: string, top: string): Promise<Collected> {
  const name = relative(top, path) || basename(path);
  if (isNoise(name)) return { files: [], links: [], ignored: 1 };
  if (reading(path, () => isZip(path))) return filesOfArchive(path);
  refuseFalseArchive(path);
  return { files: [fileAt(path, name, top)], links: [], ignored: 0 };
}

/** What is named as an archive and is none was not downloaded: a sign-in page, an error message. @throws UsageError */
function refuseFalseArchive(path: string): void {
  if (!isArchiveName(path)) return;
  const isEmpty = reading(path, () => statSync(path)).size === 0;
  const why = isEmpty ? 'it is empty' : 'it is no zip archive inside, perhaps a page that the portal sent instead';
  throw new UsageError(`${printable(path, 200)} was not imported, nor anything else: ${why}; download it once more.`);
}

/** The content decides, not the name. */
function isZip(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(4);
    return readSync(file, start, 0, 4, 0) === 4 && /^PK(?:\x03\x04|\x05\x06)$/.test(start.toString('latin1'));
  } finally {
    closeSync(file);
  }
}

function fileAt(path: string, name: string, source: string): FoundFile {
  return reading(path, () => {
    const { size } = lstatSync(path);
    return { source, name, bytes: size, content: size > mostLicenseBytes ? null : readFileSync(path) };
  });
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${printable(path, 200)} cannot be read: ${readReason(error)}; nothing was imported.`, {
      cause: error,
    });
  }
}
