import type { Addresses, HostName } from '../../../domain/network/address-forms.js';
import { phoneModelIn } from '../../../domain/phone/facts.js';
import { labelVid, reportedLabelVid } from '../../../domain/phone/hardware.js';
import { shown } from '../../../domain/text/printable.js';
import { UsageError } from '../../../domain/text/usage-error.js';
import type { TargetHint } from '../../target.js';
import type { Skip } from '../row.js';
import { isAddress, isIpv6, ipv4In, type MacCell, modelIn, readAddress, readMacCell, valueOf } from './cell-values.js';
import type { ColumnPlan, PlannedColumn } from './column-plan.js';
import type { Meaning } from './known-names.js';

/** What the cells of one row say. */
export interface ReadRow {
  address: Addresses | HostName | null;
  hint: TargetHint;
  skip: Skip | null;
  /** There is something in its column of hardware versions that is no VID of a label. */
  hasNoVid?: boolean;
}

interface Filled {
  column: PlannedColumn;
  text: string;
}

/**
 * Reads one row by the plan of its columns. Where several columns have one meaning, the first with a value of the right form counts.
 * @throws UsageError for a value that is not what its column says, and for two columns of one meaning that differ
 */
export function readRow(plan: ColumnPlan, cells: readonly string[], place: string): ReadRow {
  const filled = (meaning: Meaning): Filled[] =>
    (plan.columns.get(meaning) ?? [])
      .map((column) => ({ column, text: valueOf(cells[column.index]) }))
      .filter(({ text }) => text !== '');
  const hint: TargetHint = {};
  const named = macOf(filled('mac'), plan.named, place);
  const { mac } = named;
  if (mac !== null) hint.mac = mac;
  const addresses = filled('address');
  const ipv4 = addresses.filter(({ text }) => !isIpv6(text));
  const address = addressOf(ipv4, plan, mac !== null, place);
  const model = modelOf(filled('model'), place);
  const skip = named.name === null || isPhoneName(named.name, mac, model) ? named.skip : 'other-device';
  if (model !== '') hint.model = model;
  const { vid, hasNoVid } = vidOf(filled('vid'), plan, cells, place);
  if (vid !== '') hint.vid = vid;
  const serial = oneOf(filled('serial'), place, (text) => text.toUpperCase());
  if (serial !== '') hint.serial = serial;
  const site = filled('site')[0]?.text;
  if (site !== undefined) hint.site = site;
  const note = filled('note')[0]?.text;
  if (note !== undefined) hint.note = note;
  const isLost = address === null && mac === null;
  const lost = ipv4.length < addresses.length ? 'ipv6' : 'nothing';
  return {
    ...{ address, hint, skip: skip ?? (isLost ? lost : null) },
    ...(hasNoVid ? { hasNoVid } : {}),
  };
}

/** The VID of the label, and whether some cell holds what is none. */
function vidOf(
  filled: readonly Filled[],
  plan: ColumnPlan,
  cells: readonly string[],
  place: string,
): { vid: string; hasNoVid: boolean } {
  // What somebody names with --column is what they say it is.
  const isOfReport = ({ column }: Filled): boolean => column.index === plan.ofReport?.vid;
  const said = filled.filter((one) => !isOfReport(one) || isOfLabel(one.text, plan, cells));
  // A UDI may show V00, as our reports then say.
  const vids = said.filter((one) => labelVid(one.text) !== null || (isOfReport(one) && one.text === 'V00'));
  return { vid: oneOf(vids, place, (text) => String(labelVid(text))), hasNoVid: vids.length < said.length };
}

/** In our own reports a page's hardware version may stand in for the VID: it is not that of the label. */
function isOfLabel(vid: string, { ofReport }: ColumnPlan, cells: readonly string[]): boolean {
  const cell = (index = -1): string => cells[index]?.trim() ?? '';
  const said = { vidSource: cell(ofReport?.vidSource), family: cell(ofReport?.family) };
  return reportedLabelVid({ vid, ...said }) !== null;
}

/**
 * Whether a device of this name may be a phone: its row has a MAC or a phone's model, or it is no name that Unified CM allows, or stands in a
 * column that holds names of anything.
 */
function isPhoneName({ column, text }: Filled, mac: string | null, model: string): boolean {
  if (mac !== null || phoneModelIn(model) !== null || /\s/.test(text)) return true;
  return column.kind === 'name' && model === '';
}

interface NamedDevice {
  mac: string | null;
  skip: Skip | null;
  /** A name of a device that is no MAC. */
  name: Filled | null;
}

function macOf(filled: readonly Filled[], named: boolean, place: string): NamedDevice {
  const found: { column: PlannedColumn; mac: string }[] = [];
  let skip: Skip | null = null;
  let name: Filled | null = null;
  for (const { column, text } of filled) {
    const cell: MacCell = readMacCell(text, column.kind, named, place);
    if (typeof cell === 'object') found.push({ column, mac: cell.mac });
    else if (cell === 'name') name ??= { column, text };
    else if (cell !== 'nothing') skip ??= cell;
  }
  const [first] = found;
  const other = found.find(({ mac }) => mac !== first?.mac);
  if (first && other) throw differing('MACs', first.column, first.mac, other.column, other.mac, place);
  return { mac: first?.mac ?? null, skip: first && skip !== 'other-device' ? null : skip, name };
}

/** An address before a host name; a weak column only where no other has a value. */
function addressOf(
  filled: readonly Filled[],
  plan: ColumnPlan,
  hasMac: boolean,
  place: string,
): Addresses | HostName | null {
  const strong = filled.filter(({ column, text }) => column.kind !== 'weak' && text !== '0.0.0.0');
  const numbers = strong.filter(({ text }) => ipv4In(text) !== null);
  const candidates = numbers.length > 0 ? numbers : strong;
  const read = candidates.map(({ column, text }) => ({ column, text, form: readAddress(text, place) }));
  const [first] = read;
  const other = read.find(({ form }) => first && keyOf(form) !== keyOf(first.form));
  if (first && other) throw differing('addresses', first.column, first.text, other.column, other.text, place);
  if (first) return first.form;
  const hasStrong = plan.columns.get('address')?.some(({ kind }) => kind !== 'weak') ?? false;
  const weak = filled.find(
    ({ column, text }) =>
      column.kind === 'weak' &&
      text !== '0.0.0.0' &&
      (isAddress(text) || (!hasMac && isHostName(text) && (!hasStrong || isFullName(text)))),
  );
  return weak ? readAddress(weak.text, place) : null;
}

/** A name with a dot or a number in it, but not that of a Unified CM device. */
function isHostName(text: string): boolean {
  return /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?$/.test(text) && /[.\d]/.test(text) && !/^SEP[0-9A-F]{12}/i.test(text);
}

/** With a dot in it, as a name server knows it. */
function isFullName(text: string): boolean {
  return /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.[A-Za-z]{2,}\.?$/.test(text);
}

function keyOf(form: Addresses | HostName): string | number {
  return form.kind === 'host' ? form.name : form.range.first;
}

function modelOf(filled: readonly Filled[], place: string): string {
  const models = filled
    .map(({ column, text }) => ({ column, text: modelIn(text, column.kind) }))
    .filter(({ text }) => text !== '');
  const numbered = models.filter(({ text }) => phoneModelIn(text) !== null);
  const [first] = numbered;
  const other = numbered.find(({ text }) => first && phoneModelIn(text) !== phoneModelIn(first.text));
  if (first && other) throw differing('models', first.column, first.text, other.column, other.text, place);
  return first?.text ?? models[0]?.text ?? '';
}

function oneOf(filled: readonly Filled[], place: string, key: (text: string) => string): string {
  const [first] = filled;
  const other = filled.find(({ text }) => first && key(text) !== key(first.text));
  if (first && other) throw differing('values', first.column, null, other.column, null, place);
  return first?.text ?? '';
}

/** The values are shown only where they are an address or a MAC, as other cells may hold what is nobody's business. */
function differing(
  what: string,
  first: PlannedColumn,
  one: string | null,
  second: PlannedColumn,
  two: string | null,
  place: string,
): UsageError {
  const shows = what === 'addresses' || what === 'MACs';
  const values = shows && one !== null && two !== null ? ` (${shown(one)} and ${shown(two)})` : '';
  return new UsageError(
    `${place}: the columns ${JSON.stringify(shown(first.name))} and ${JSON.stringify(shown(second.name))} have different ${what}${values}; correct the row, or say which column to read, such as --column ${first.meaning}=${JSON.stringify(shown(first.name))}.`,
  );
}
