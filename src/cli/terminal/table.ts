import pc from 'picocolors';
import type { TableOptions } from '../../report/table/table.js';

/** Of a terminal that does not say how wide it is: `docker run -t` and `script` leave it at nothing. */
const usualColumns = 80;

/** How a table is shown on standard output: as wide as the terminal and in its colors; whole and plain where it goes elsewhere. */
export function tableOptions({ isTTY, columns }: { isTTY?: boolean; columns?: number }): TableOptions {
  // Of a pipe `isTTY` is not false but missing, and a color that is missing is chosen by the environment.
  const terminal = Boolean(isTTY);
  return {
    width: terminal ? columns || usualColumns : Number.POSITIVE_INFINITY,
    color: terminal && pc.isColorSupported,
  };
}
