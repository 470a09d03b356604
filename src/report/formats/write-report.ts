import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { RunReport } from '../../domain/report/report.js';
import { writeReason } from '../../domain/text/error-reason.js';
import { ownerOnly } from '../../domain/text/file-mode.js';
import { isUsageError, UsageError } from '../../domain/text/usage-error.js';
import { renderCsv } from './csv.js';
import { renderJson } from './json.js';

const renderers: Readonly<Record<string, (report: RunReport) => Generator<string>>> = {
  '.json': renderJson,
  '.csv': renderCsv,
};

/**
 * Makes sure, before anything is contacted, that a report can be written to a path: its ending names a format and a new file can be made in
 * its folder (this is tried).
 *
 * @throws UsageError naming the path, what is wrong and what is possible.
 */
export async function checkReportPath(path: string): Promise<void> {
  rendererFor(path);
  const temporary = temporaryFor(await realpath(path).catch(() => path));
  try {
    const found = await stat(path).catch(() => null);
    if (found?.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    // A pipe or a device would be replaced by a file, and its reader would wait forever.
    if (found && !found.isFile())
      throw new UsageError(`The report ${path} is not a regular file; choose another with --report.`);
    await (await createAnew(temporary, ownerOnly)).close();
    await rm(temporary);
  } catch (error) {
    if (isUsageError(error)) throw error;
    throw new UsageError(
      `The report cannot be written to ${path}: ${writeReason(error)}; choose another with --report.`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Writes a report to a file, in the format of its ending. A reader sees the earlier content or the whole new one, even
 * after a power loss: it is written to a temporary file, forced to disk and renamed. A symbolic link is followed.
 *
 * @param mode of the file, whatever the umask: it shows which phones exist and how they are reached
 * @throws UsageError for an unknown ending; an Error naming path and reason (`cause`: the system's) when it cannot be written.
 */
export async function writeReportFile(report: RunReport, path: string, mode: number = ownerOnly): Promise<void> {
  const render = rendererFor(path);
  const target = await realpath(path).catch(() => path);
  const temporary = temporaryFor(target);
  try {
    const file = await createAnew(temporary, mode);
    try {
      for (const piece of render(report)) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
    await syncFolder(dirname(target));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw new Error(`The report could not be written to ${path}: ${writeReason(error)}.`, { cause: error });
  }
}

function rendererFor(path: string): (report: RunReport) => Generator<string> {
  const ending = extname(path).toLowerCase();
  const render = renderers[ending];
  if (render) return render;
  const problem =
    ending === '' ? 'no ending that names its format' : `the ending ${ending}, which is not a report format`;
  throw new UsageError(`The report file ${path} has ${problem}; possible are ${Object.keys(renderers).join(' and ')}.`);
}

function temporaryFor(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
}

/** Opened exclusively, so that no link planted under the name is followed; an existing file is left from an earlier process. */
async function createAnew(path: string, mode: number): ReturnType<typeof open> {
  await rm(path, { force: true });
  const file = await open(path, 'wx', mode);
  await file.chmod(mode);
  return file;
}

/** Makes the new name itself durable; errors of file systems that cannot sync a folder are ignored. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
