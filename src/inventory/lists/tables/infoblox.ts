import { ipv4In } from '../columns/cell-values.js';
import { normalized } from '../columns/known-names.js';
import type { RawRow, Skip } from '../row.js';
import type { CsvRecord } from './csv.js';

/** Kinds of rows that are of one machine. Source: Infoblox, NIOS CSV import reference. */
const ofMachines: ReadonlySet<string> = new Set(['hostrecord', 'hostaddress', 'fixedaddress', 'arecord', 'lease']);

/**
 * Reads an Infoblox CSV export: rows of several kinds, each kind with a row `header-KIND` of its own before. The first cell is the kind;
 * networks, ranges and zones are no phones.
 */
export async function* infobloxRows(records: AsyncIterable<CsvRecord>): AsyncGenerator<RawRow, void, undefined> {
  const headers = new Map<string, string[]>();
  for await (const { cells, line } of records) {
    const [first = '', ...rest] = cells;
    const [, header] = /^header-(.*)$/i.exec(first) ?? [];
    if (header !== undefined) headers.set(header.toLowerCase().replace(/\*$/, ''), rest);
    else {
      const names = headers.get(first.toLowerCase()) ?? [];
      const isMachine = ofMachines.has(first.toLowerCase()) && names.length > 0;
      const skip = isMachine ? severalIn(names, rest) : 'other-device';
      yield { names, cells: rest, line, ...(skip === null ? {} : { skip }) };
    }
  }
}

/** A host record may have several addresses, and does not say which of them is the phone's. */
function severalIn(names: readonly string[], cells: readonly string[]): Skip | null {
  const cell = cells[names.findIndex((name) => normalized(name) === 'addresses')];
  return cell !== undefined && ipv4In(cell) === 'several' ? 'several' : null;
}
