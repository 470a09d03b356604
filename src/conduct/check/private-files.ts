import { isAbsolute, relative, sep } from 'node:path';
import { printable } from '../../domain/text/printable.js';
import { listed } from '../../config/settings/option.js';
import { nameAt } from '../../config/settings/where.js';
import type { OptionRow } from '../options/row.js';
import type { Given } from '../options/sources.js';
import { storePath } from '../options/store-option.js';
import { filesOfStore, type NamedFile, realPathOf } from './distinct-files.js';

/** The files of a command that are nobody else's business: those that it writes, its store, and those with secrets. */
export function privateFiles({ settings, written, surroundings }: Given, options: readonly OptionRow[]): NamedFile[] {
  const named = options
    .filter(({ name, file, isPrivate = file === 'written' }) => isPrivate && name !== 'db')
    .flatMap(({ name, path = (text: string) => text }) => {
      const values = listed(written.values[name]);
      return values.map((value, at) => ({
        option: nameAt(name, written.where[name]?.[at]),
        path: path(String(value)),
      }));
    });
  const db = { option: nameAt('db', written.where['db']?.[0]), path: storePath(settings, surroundings.env) };
  const config = written.configPath === null ? [] : [{ option: '--config', path: written.configPath }];
  return [...named, ...filesOfStore(db), ...config];
}

/**
 * Why a folder cannot be served beside these files: whoever reaches the port could fetch those that lie in it, however their paths are spelled.
 * Hidden ones (`.name`) are never served. One sentence for each option.
 */
export function offeredProblems(root: string, files: readonly NamedFile[]): string[] {
  const base = realPathOf(root);
  const lying = files.filter(({ path }) => isOffered(base, realPathOf(path)));
  // What lies beside a store has its option, and a sentence of its own only where the store itself lies elsewhere.
  const first = lying.filter(
    ({ option, path }, at) =>
      !lying.slice(0, at).some((one) => one.option === option && path.startsWith(`${one.path}-`)),
  );
  return first.map(
    ({ option, path }) =>
      `${option} ${printable(path, 200)} lies in the folder that is served (${printable(root, 200)}), and whoever reaches the port could fetch it; name a place outside of it.`,
  );
}

function isOffered(base: string, path: string): boolean {
  const parts = relative(base, path).split(sep);
  // Outside of it the first part is `..`, and on another drive of Windows the whole path is one.
  return !isAbsolute(parts.join(sep)) && !parts.some((part) => part === '' || part.startsWith('.'));
}
