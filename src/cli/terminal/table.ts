import type { TableOptions } from '../../report/table/table.js';
import { isColored } from './screen.js';

/** Width of a terminal that does not report one, such as under `docker run -t` or `script`. */
const usualColumns = 80;

/** Width and colors of a table on standard output: the terminal's; elsewhere uncut and plain. */
export function tableOptions(stream: { isTTY?: boolean; columns?: number }): TableOptions {
  return {
    width: stream.isTTY === true ? stream.columns || usualColumns : Number.POSITIVE_INFINITY,
    color: isColored(stream),
  };
}
