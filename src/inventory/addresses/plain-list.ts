import { type Addresses, type HostName, parseExclusion } from '../../domain/network/address-forms.js';
import type { Mac } from '../../domain/network/mac.js';
import { isUsageError, UsageError } from '../../domain/text/usage-error.js';
import type { InventoryIo } from '../io.js';
import { isIpv6, macIn } from '../lists/columns/cell-values.js';
import { fileText } from '../lists/text/file-text.js';
import { rangeSize } from './range-set.js';

/** A longer file is no list of addresses one a line; as an inventory it is read row by row. */
const longestPlainList = 4 * 1024 * 1024;

/** What a line of a plain list may be. */
export type PlainForm = Addresses | HostName | { kind: 'mac'; mac: Mac };

/** A line of a plain list. */
interface PlainLine {
  form: PlainForm | { kind: 'ipv6' };
  line: number;
}

/**
 * The lines of a plain list: addresses, ranges, subnets, host names and MACs, one a line, with comments after `#`. `null` when it is none: a single line of another form makes it an inventory, to be read as such.
 * @throws UsageError for such a line in a list that has ranges or subnets, which no inventory has
 */
export async function plainLines(
  path: string,
  io: Pick<InventoryIo, 'readFile'>,
  option: '--limit' | '--exclude',
): Promise<PlainLine[] | null> {
  let text = '';
  for await (const piece of fileText(path, io).pieces) {
    text += piece;
    if (text.length > longestPlainList) return null;
  }
  const lines: PlainLine[] = [];
  let other: number | null = null;
  for (const [index, whole] of text.split(/\r\n|\n|\r/).entries()) {
    const words = whole.replace(/#.*$/, '').trim();
    if (words === '') continue;
    const form = isIpv6(words) ? { kind: 'ipv6' as const } : plainForm(words);
    // What begins with another line may be an inventory with a header.
    if (form === null && lines.length === 0) return null;
    if (form === null) other ??= index + 1;
    else lines.push({ form, line: index + 1 });
  }
  if (other === null) return lines;
  if (!lines.some(({ form }) => form.kind === 'addresses' && rangeSize(form.range) > 1)) return null;
  throw new UsageError(
    `${option} ${path}:${other}: this line is not one address, range, subnet or MAC alone; correct it, or put # before it or before the words behind it.`,
  );
}

function plainForm(text: string): PlainForm | null {
  const mac = macIn(text);
  if (mac !== null) return { kind: 'mac', mac };
  try {
    const form = parseExclusion(text, text);
    // A bare word may be the header of an inventory.
    return form.kind === 'host' && !form.name.includes('.') ? null : form;
  } catch (error) {
    if (isUsageError(error)) return null;
    throw error;
  }
}
