import { readdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { SheetField } from '../../domain/licenses/sheet-fields.js';
import type { PlannedLicense } from '../../domain/licenses/plan.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { cellText, csvLine } from '../formats/cells.js';
import { type FileToWrite, writeWhole } from '../formats/whole-file.js';

/** What a column is called. */
export type SheetTitles = Readonly<Record<SheetField, string>>;

/** As the guide's Table 3 calls them. The template of the portal's bulk upload is downloaded there and not published. */
export const usualTitles: SheetTitles = {
  mac: 'MAC Address',
  productId: 'PID',
  vid: 'VID',
  serial: 'Serial Number',
};

/** A sheet to be written. */
export interface Sheet extends FileToWrite {
  fields: readonly SheetField[];
  titles: SheetTitles;
  /** Rows of a file at most; more go to files of the same name with -2, -3 … before the ending. */
  partSize: number;
}

const endings = ['.csv', '.xlsx'] as const;

/** @throws UsageError where a path does not end in a format */
export function checkSheetPath({ what, path, option }: FileToWrite): void {
  const ending = extname(path).toLowerCase();
  if (endings.some((one) => one === ending)) return;
  throw new UsageError(
    `${what} ${path} has ${ending === '' ? 'no ending that names its format' : `the ending ${ending}`}; name a file that ends in ${endings.join(' or ')} with ${option}.`,
  );
}

/** The files that a sheet of so many rows needs: one, or several parts. */
export function sheetPaths({ path, partSize }: Pick<Sheet, 'path' | 'partSize'>, rows: number): string[] {
  const parts = Math.max(1, Math.ceil(rows / partSize));
  if (parts === 1) return [path];
  const ending = extname(path);
  return Array.from({ length: parts }, (_, part) =>
    join(dirname(path), `${basename(path, ending)}-${part + 1}${ending}`),
  );
}

/** Files of an earlier, larger sheet that still lie beside the parts just written: who uploads all of them orders twice. */
export function olderParts(sheet: Pick<Sheet, 'path'>, written: readonly string[]): string[] {
  const ending = extname(sheet.path);
  const [folder, stem] = [dirname(sheet.path), basename(sheet.path, ending)];
  const isPart = (name: string): boolean =>
    name === `${stem}${ending}` ||
    (name.startsWith(`${stem}-`) && name.endsWith(ending) && /^\d+$/.test(name.slice(stem.length + 1, -ending.length)));
  const own = new Set(written.map((path) => basename(path)));
  return readdirSync(folder)
    .filter((name) => isPart(name) && !own.has(name))
    .map((name) => join(folder, name));
}

/** Writes a sheet, each of its files whole or not at all. @returns the paths of its files */
export async function writeSheet(sheet: Sheet, phones: readonly PlannedLicense[]): Promise<string[]> {
  const paths = sheetPaths(sheet, phones.length);
  for (const [part, path] of paths.entries()) {
    const from = part * sheet.partSize;
    const rows = [
      sheet.fields.map((field) => sheet.titles[field]),
      ...phones.slice(from, from + sheet.partSize).map((phone) => sheet.fields.map((field) => phone[field] ?? '')),
    ];
    const isCsv = extname(path).toLowerCase() === '.csv';
    await writeWhole({ what: sheet.what, path }, isCsv ? csvLines(rows) : [await spreadsheet(rows)]);
  }
  return paths;
}

function csvLines(rows: readonly (readonly string[])[]): string[] {
  return rows.map((row) => csvLine(row.map((cell) => cellText(cell))));
}

/** Every cell is a text: a MAC of digits alone, or with one E, would be shown as a number. */
async function spreadsheet(rows: readonly (readonly string[])[]): Promise<Buffer> {
  const { default: writeExcel } = await import('write-excel-file/node');
  return writeExcel(rows.map((row) => row.map((value) => ({ value, type: String })))).toBuffer();
}
