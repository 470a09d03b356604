import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { printable } from '../../domain/text/printable.js';
import type { RunSettings } from '../options/table.js';
import { storePath } from '../options/store-option.js';

/** A file of ours and the option that names it. */
export interface OwnFile {
  option: string;
  path: string;
}

/** The files of a run that are nobody else's: what it writes, and the password. */
export function ownFilesOf(settings: Pick<RunSettings, 'db' | 'report' | 'logFile' | 'passwordFile'>): OwnFile[] {
  const { report, logFile, passwordFile } = settings;
  return [
    { option: '--db', path: storePath(settings) },
    ...report.map((path) => ({ option: '--report', path })),
    ...(logFile === null ? [] : [{ option: '--log-file', path: logFile }]),
    ...(passwordFile === null ? [] : [{ option: '--password-file', path: passwordFile }]),
  ];
}

/**
 * A sentence for each file of ours that a served folder would offer to everybody; links are followed.
 * @param folder `null`: none is served
 */
export async function servedFilesProblems(folder: string | null, files: readonly OwnFile[]): Promise<string[]> {
  if (folder === null) return [];
  const root = await whereItIs(folder);
  const inside = await Promise.all(
    files.map(async (file) => {
      const at = await whereItIs(file.path);
      const within = relative(root, at);
      return within !== '..' && !within.startsWith(`..${sep}`) ? file : null;
    }),
  );
  return inside.flatMap((file) =>
    file === null
      ? []
      : `${file.option} ${printable(file.path, 200)} lies in the folder ${printable(folder, 200)}, which is served to everybody; put it elsewhere.`,
  );
}

/** The path without links, also of what does not exist yet. */
async function whereItIs(path: string): Promise<string> {
  const whole = resolve(path);
  try {
    return await realpath(whole);
  } catch {
    const parent = dirname(whole);
    return parent === whole ? whole : join(await whereItIs(parent), basename(whole));
  }
}
