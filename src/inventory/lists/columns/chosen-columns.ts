import { nearMiss } from '../../../domain/text/near-miss.js';
import { shown } from '../../../domain/text/printable.js';
import { UsageError } from '../../../domain/text/usage-error.js';
import type { ChosenColumn } from '../../../domain/network/chosen-column.js';
import { normalized } from './known-names.js';

/** How many names a message lists. */
const mostNames = 12;

/**
 * The columns that `--column` names, and which of them were found in any file. They hold for every file that has such a column: lists of
 * several systems may be given at once.
 */
export class ChosenColumns {
  readonly #found = new Set<ChosenColumn>();
  /** The columns of the first file with a header, for a message. */
  #names: { path: string; names: readonly string[] } | null = null;

  constructor(readonly all: readonly ChosenColumn[] = []) {}

  /**
   * Those that a file with these columns has, with their places among them.
   * @throws UsageError where it has two that are given one meaning: only one of them could be read
   */
  among(names: readonly string[], path: string): { meaning: ChosenColumn['meaning']; index: number }[] {
    if (names.length > 0) this.#names ??= { path, names };
    const has = names.map(normalized);
    const here = this.all.flatMap((chosen) => {
      const index = has.indexOf(normalized(chosen.name));
      if (index < 0) return [];
      this.#found.add(chosen);
      return [{ meaning: chosen.meaning, index }];
    });
    for (const [at, { meaning, index }] of here.entries()) {
      const other = here.slice(0, at).find((one) => one.meaning === meaning && one.index !== index);
      if (other === undefined) continue;
      const both = [other.index, index].map((one) => names[one] ?? '');
      throw new UsageError(
        `${path}: the list has both columns that --column names for ${meaning}, ${listNames(both)}; leave one of the two out.`,
      );
    }
    return here;
  }

  /** @throws UsageError for a column that is in no file */
  refuseMissing(): void {
    const missing = this.all.find((chosen) => !this.#found.has(chosen));
    if (missing === undefined) return;
    const option = `--column ${missing.meaning}=${JSON.stringify(shown(missing.name))}`;
    if (this.#names === null)
      throw new UsageError(`${option}: no inventory has columns with names; leave the option out.`, {
        option: 'column',
      });
    const { path, names } = this.#names;
    const near = nearMiss(missing.name, names);
    const guess = near === null ? '' : ` Did you mean ${JSON.stringify(shown(near))}?`;
    throw new UsageError(`${option}: there is no such column in ${path}; there are ${listNames(names)}.${guess}`, {
      option: 'column',
    });
  }
}

/** The names of columns in a message: quoted, safe to print, not too many. */
export function listNames(names: readonly string[], most = mostNames): string {
  const named = names.map((name) => name.replace(/\s+/g, ' ').trim()).filter((name) => name !== '');
  const first = named.slice(0, most).map((name) => JSON.stringify(shortened(name)));
  const rest = named.length - first.length;
  if (rest > 0) return `${first.join(', ')} and ${rest} more`;
  return first.length === 0 ? 'none with a name' : first.join(', ');
}

function shortened(name: string): string {
  return shown(name.length > 40 ? `${name.slice(0, 39)}…` : name);
}
