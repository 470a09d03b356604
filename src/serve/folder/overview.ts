import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../domain/text/error-reason.js';
import { sameLoad } from '../../domain/firmware/load.js';
import { openHere, type ReadLoads } from '../convert/whole-load.js';
import type { FileSource } from '../source.js';
import { readLicenseName, usualLicenseName } from '../names/license-name.js';

/** What is in a folder that is going to be served. Paths are within it. */
export interface Overview {
  files: number;
  loads: number;
  licenses: number;
  /** `.loads` files whose images are not beside them, or are empty. */
  incomplete: { path: string; missing: string[] }[];
  /** `.loads` files that cannot be read, each with why. */
  unreadable: { path: string; why: string }[];
  /** Licenses whose names differ from what `$MAU.lic` stands for, with what that is. */
  oddlyNamed: { path: string; usual: string }[];
  /** Licenses without content. */
  empty: string[];
  /** There is more than was looked at. */
  isCut: boolean;
}

/** A folder of licenses for a large fleet has some ten thousand. */
const mostFiles = 100_000;
const deepest = 8;
/** `.loads` files have about a kilobyte. */
const mostLoadsBytes = 64 * 1024;

/**
 * Looks over a folder. What cannot be read in it is left out of the counts: requests for it are told when they come.
 * @param by what serves the folder, and what reads a `.loads` file
 */
export async function lookOver(root: string, by: { folder: FileSource; readLoads: ReadLoads }): Promise<Overview> {
  const overview: Overview = {
    ...{ files: 0, loads: 0, licenses: 0, isCut: false },
    ...{ incomplete: [], unreadable: [], oddlyNamed: [], empty: [] },
  };
  const folders: { path: string; depth: number }[] = [{ path: '', depth: 0 }];
  for (let folder = folders.shift(); folder !== undefined && overview.files < mostFiles; folder = folders.shift()) {
    const entries = await readdir(join(root, folder.path), { withFileTypes: true }).catch(() => {
      overview.isCut = true;
      return [];
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue;
      const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (folder.depth < deepest) folders.push({ path, depth: folder.depth + 1 });
        else overview.isCut = true;
      } else if (overview.files >= mostFiles) overview.isCut = true;
      else await countIn(overview, root, path, entry.name, by);
    }
  }
  if (folders.length > 0) overview.isCut = true;
  return overview;
}

async function countIn(
  overview: Overview,
  root: string,
  path: string,
  name: string,
  { folder, readLoads }: { folder: FileSource; readLoads: ReadLoads },
): Promise<void> {
  overview.files += 1;
  if (/\.lic$/i.test(name)) {
    overview.licenses += 1;
    const license = readLicenseName(name);
    const usual = license === null ? null : usualLicenseName(license);
    if (usual !== null && usual !== name) overview.oddlyNamed.push({ path, usual });
    if (await isEmpty(join(root, path))) overview.empty.push(path);
  } else if (/\.loads$/i.test(name)) {
    overview.loads += 1;
    await checkLoads(overview, folder, path, readLoads);
  }
}

/** By what the folder would give for each name: links that lead out, pipes and the like are not served, however much is behind them. */
async function checkLoads(overview: Overview, folder: FileSource, path: string, readLoads: ReadLoads): Promise<void> {
  try {
    const { fileName, images } = readLoads(await loadsContent(folder, path));
    if (fileName !== null && !sameLoad(fileName, path)) throw new Error(`it is signed as another load (${fileName})`);
    const missing: string[] = [];
    for (const image of images) {
      const answer = await openHere([folder], path.slice(0, path.lastIndexOf('/') + 1) + image);
      if (answer.kind === 'file') await answer.file.close();
      if (answer.kind !== 'file') missing.push(answer.why === null ? image : `${image} (${answer.why})`);
      else if (answer.file.size === 0) missing.push(`${image} (empty)`);
    }
    if (missing.length > 0) overview.incomplete.push({ path, missing });
  } catch (error) {
    overview.unreadable.push({ path, why: messageOf(error) });
  }
}

async function loadsContent(folder: FileSource, path: string): Promise<Uint8Array> {
  const answer = await openHere([folder], path);
  if (answer.kind !== 'file') throw new Error(answer.why ?? 'it is not there any more');
  try {
    if (answer.file.size > mostLoadsBytes) throw new Error('it is too large for a .loads file');
    return await answer.file.read(0, answer.file.size);
  } finally {
    await answer.file.close();
  }
}

async function isEmpty(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  return stats !== null && stats.isFile() && stats.size === 0;
}
