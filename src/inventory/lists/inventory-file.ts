import { UsageError } from '../../domain/text/usage-error.js';
import { readCsv } from './csv.js';
import { fileText } from './file-text.js';
import { readJson } from './json.js';
import type { InventoryRow } from './row.js';
import { shown } from '../../domain/text/printable.js';
import type { InventoryIo } from '../io.js';

/** Whether a text names an inventory file, by its ending. */
export function isInventoryPath(text: string): boolean {
  return /\.(csv|json)$/i.test(text.trim());
}

/**
 * Reads an inventory file row by row. A CSV file is never held in memory as a whole, a JSON file is.
 * @throws UsageError for anything that is wrong with it, with the line where there is one
 */
export async function* readInventory(
  path: string,
  io: Pick<InventoryIo, 'readFile'>,
): AsyncGenerator<InventoryRow, void, undefined> {
  if (!isInventoryPath(path)) {
    throw new UsageError(
      `--inventory ${shown(path)}: the file name must end in .csv or .json, so that its format is known.`,
    );
  }
  if (/\.csv$/i.test(path.trim())) {
    yield* readCsv(fileText(path, io), path);
    return;
  }
  let text = '';
  for await (const piece of fileText(path, io)) text += piece;
  yield* readJson(text, path);
}
