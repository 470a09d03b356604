import pc from 'picocolors';
import type { TableOptions } from '../../report/table/table.js';

/** Width of a terminal that does not report one, such as under `docker run -t` or `script`. */
const usualColumns = 80;

/** Width and colors of a table on standard output: the terminal's; elsewhere uncut and plain. */
export function tableOptions({ isTTY, columns }: { isTTY?: boolean; columns?: number }): TableOptions {
  // For a pipe `isTTY` is undefined, not false, and an undefined color would be chosen by the environment.
  const terminal = Boolean(isTTY);
  return {
    width: terminal ? columns || usualColumns : Number.POSITIVE_INFINITY,
    color: terminal && pc.isColorSupported,
  };
}
