import { isAddress, isMac, valueOf } from '../columns/cell-values.js';
import type { ColumnPlan, PlannedColumn } from '../columns/column-plan.js';

/**
 * The cells of a row that is longer than its header because one text holds the separator without quotes: the cells of that text are put
 * together again. Which text it is, only the other cells can tell: wherever addresses and MACs then stand in their columns. `null` when
 * that is not clear, and where it may be the text of a column that holds a secret, a part of which would come to stand elsewhere.
 */
export function realigned(
  plan: ColumnPlan,
  names: readonly string[],
  cells: readonly string[],
  delimiter = ',',
): string[] | null {
  const more = cells.length - plan.width;
  const typed = [...(plan.columns.get('address') ?? []), ...(plan.columns.get('mac') ?? [])];
  const identity = [...typed, ...['model', 'vid', 'serial'].flatMap((one) => plan.columns.get(one as 'model') ?? [])];
  const fitting: string[][] = [];
  for (let at = 0; at < plan.width; at += 1) {
    if (typed.some(({ index }) => index === at)) continue;
    const candidate = [
      ...cells.slice(0, at),
      cells.slice(at, at + more + 1).join(delimiter),
      ...cells.slice(at + more + 1),
    ];
    if (!fits(typed, candidate)) continue;
    if (isSecret(names[at] ?? '')) return null;
    fitting.push(candidate);
  }
  const keys = new Set(fitting.map((row) => identity.map(({ index }) => row[index] ?? '').join('\0')));
  return keys.size === 1 ? (fitting[0] ?? null) : null;
}

/** Words of the names of columns that hold secrets, in the languages of lists. */
const secret =
  /pass(?:word|wort|wd|phrase|code)|kennwort|mot de ?passe|secret|geheim|credential|community|\bauth|pass\b|\b(?:pw|pwd|pin|key|psk)\b/i;

function isSecret(name: string): boolean {
  return secret.test(name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_\W]+/g, ' '));
}

/** At least one address or MAC, and nothing else in these columns. */
function fits(typed: readonly PlannedColumn[], cells: readonly string[]): boolean {
  const texts = typed
    .map((column) => ({ column, text: valueOf(cells[column.index]) }))
    .filter(({ text }) => text !== '');
  const isRight = ({ column, text }: { column: PlannedColumn; text: string }): boolean =>
    column.meaning === 'address' ? isAddress(text) : isMac(text);
  const isName = ({ column, text }: { column: PlannedColumn; text: string }): boolean =>
    column.kind === 'name' || column.kind === 'weak' || (column.kind === 'device' && /^[\w.-]+$/.test(text));
  return texts.some(isRight) && texts.every((one) => isName(one) || isRight(one));
}
