import { parseIpv4 } from '../../../domain/network/ipv4.js';
import { shown } from '../../../domain/text/printable.js';
import { UsageError } from '../../../domain/text/usage-error.js';
import { isAddress, isMac } from '../columns/cell-values.js';

const ipv4 = /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\w)/g;
const mac =
  /(?<![0-9a-z-])(?:SEP)?(?:[0-9a-f]{12}|[0-9a-f]{2}(?:[:. -][0-9a-f]{2}){5}|[0-9a-f]{4}(?:[:.-][0-9a-f]{4}){2})(?![0-9a-z])/gi;

/** Titles that name the machine that made the list. Source: arp-scan(1), the first line of its output. */
const titles = /^Interface: \S+, (?:datalink )?type: \S+(?:, MAC: \S+)?, IPv4: \S+$/;

/** Whether there is an IPv4 address or a MAC anywhere in a text; words and separators around it do not matter. */
export function holdsPhone(text: string): boolean {
  if (titles.test(text.trim())) return false;
  return [...text.matchAll(ipv4)].some(([one]) => parseIpv4(one) !== null) || [...text.matchAll(mac)].some(isMacMatch);
}

function isMacMatch([text]: RegExpMatchArray): boolean {
  return isMac(text);
}

/**
 * A line that is about to be left out as a title, a total or a text: it must not hold a phone, which would then not be asked, or be asked
 * although it is excluded.
 * @throws UsageError which does not show the line, as there may be a password in it
 */
export function refuseLost(cells: readonly string[], path: string, line: number): void {
  // A separator that is none of the cells' own: a title may be cut by it.
  if (titles.test(cells.join(', ')) || !cells.some(holdsPhone)) return;
  throw new UsageError(
    `${path}:${line}: the line holds an address or a MAC, but is not written as the rows of the list are; write it as they are (same separator, same columns), or put # before it if it is no phone.`,
  );
}

/**
 * A row of a table in whose columns of addresses and MACs there is nothing. What stands alone in a column with a name (a router, a
 * server) is what its name says; what stands among other words, in a column without a name or in a row that is too short is not known.
 * @throws UsageError
 */
export function refuseLostRow(names: readonly string[], cells: readonly string[], path: string, line: number): void {
  const isShort = cells.length < names.length;
  const isAmong = (cell: string): boolean => {
    const words = cell.split(/[\s,;|]+/).filter((word) => word !== '');
    return words.length > 1 && !words.every(holdsPhone);
  };
  refuseLost(
    cells.filter((cell, index) => isShort || (names[index] ?? '') === '' || isAmong(cell)),
    path,
    line,
  );
}

/** A word that was meant for an address: a range, a subnet, a slip such as `10.0.0,12`. */
export function isNearlyAddress(word: string): boolean {
  return /^[\d.:/-]+$/.test(word) ? /\d/.test(word) : /^\d{1,3}(?:[.,;:-]\d{1,3}){2,}$/.test(word);
}

/**
 * A row of a list without a header in which more than its own address stands: a second one, a range, a slip. Only the first would be taken.
 * @param isExclusion any number counts, also in a remark: it may be of an address that has to be left alone, too
 * @throws UsageError
 */
export function refuseMoreAddresses(
  { names, cells, line }: { names: readonly string[]; cells: readonly string[]; line: number },
  path: string,
  isExclusion: boolean,
): void {
  const own = names.indexOf('address');
  const isMore = (cell: string): boolean => /^\W?\d{1,3}(?:\.\d{1,3}){3}(?!\d)/.test(cell.trim());
  if (cells.some((cell, index) => index !== own && isMore(cell)))
    throw new UsageError(
      `${path}:${line}: there is more than one address in the line, and only the first would be taken; write each on a line of its own, or put # before what is a remark.`,
    );
  if (isExclusion) refuseMoreNumbers(names, cells, path, line);
}

/**
 * A line of an exclusion in which numbers stand behind the address (`10.0.0.8 /29`, `10.0.0.10 to 12`, `10.0.0.10,11`): it may mean more
 * addresses, which would be asked. @throws UsageError
 */
function refuseMoreNumbers(names: readonly string[], cells: readonly string[], path: string, line: number): void {
  const own = names.indexOf('address');
  // What a column holds by the form of all its values says nothing of addresses.
  const isMore = (cell: string, index: number): boolean =>
    index !== own && (names[index] ?? '') === '' && /\d/.test(cell) && !isMac(cell);
  if (!cells.some(isMore)) return;
  throw new UsageError(
    `${path}:${line}: there are numbers behind the address, and only the address would be excluded; write a range or subnet without blanks (10.0.0.5-40, 10.0.0.0/29) alone on the line, or put # before what is a remark.`,
  );
}

/** Columns by which a row stands for more than one address. */
const ofBlocks =
  /^(?:prefix(?:length|len)?|(?:subnet|net)?mask(?:length|len)?|cidr|length|(?:ip|range)?(?:end|last|stop|to|until|bis)(?:ip|address|ipaddress)?)$/;

/**
 * A row of an exclusion with a header that has a prefix, a mask or an end beside its address: it means more addresses than that one.
 * @throws UsageError
 */
export function refuseBlock(
  { names, cells, line }: { names: readonly string[]; cells: readonly string[]; line: number },
  path: string,
): void {
  const at = names.findIndex(
    (name, index) => ofBlocks.test(name.toLowerCase().replace(/[^a-z]/g, '')) && /\d/.test(cells[index] ?? ''),
  );
  if (at < 0) return;
  throw new UsageError(
    `${path}:${line}: the column ${JSON.stringify(shown(names[at] ?? ''))} may say that the row means more than one address, and only one would be excluded; write ranges and subnets one a line, without a header, or leave the column out.`,
  );
}

/**
 * A line of a plain list that may stand for more than one address. Without a header nothing says that `10.0.0.6/31` is one phone.
 * @throws UsageError
 */
export function refuseSubnet(words: readonly string[], path: string, line: number): void {
  const [first = '', second = ''] = words;
  const isSubnet = isAddress(first) && (/\/(?!32$)/.test(first) || /^\/\s*\d/.test(`${second}${words[2] ?? ''}`));
  const isRange = isAddress(first) && /^[-\u2013\u2014]/.test(second);
  if (!isSubnet && !isRange) return;
  throw new UsageError(
    `${path}:${line}: this may be ${isSubnet ? 'a subnet' : 'a range'}, which a list of phones does not have; write each address on a line of its own, or give it with ${isSubnet ? '--subnet' : '--target'}.`,
  );
}

/**
 * A line of a plain list: the address or the MAC comes first, then words. One behind other words may be anything: `gateway: 10.0.0.1`.
 * @throws UsageError
 */
export function refuseLostLine(words: readonly string[], path: string, line: number): void {
  const [first = '', ...rest] = words;
  // Nearly an address is told by who reads the row.
  if (isAddress(first) || isMac(first) || (isNearlyAddress(first) && !rest.some(holdsPhone))) return;
  if (titles.test(words.join(' ')) || !holdsPhone(words.join(' '))) return;
  throw new UsageError(
    `${path}:${line}: there is an address or a MAC behind other words; begin the line with it, or put # before the line if it is no phone.`,
  );
}

/**
 * A row of a file without a header, in which the beginning of the file told what its columns are: a later row may show that a column which
 * said nothing holds addresses or MACs.
 * @throws UsageError
 */
export function refuseOtherForm(names: readonly string[], cells: readonly string[], path: string, line: number): void {
  const isOther = (cell: string, name: string): boolean =>
    isAddress(cell) ? name !== 'address' : isMac(cell) && name !== 'mac' && name !== 'name';
  if (!cells.some((cell, index) => isOther(cell, names[index] ?? ''))) return;
  throw new UsageError(
    `${path}:${line}: there is an address or a MAC in a column that has none in the beginning of the file, and there is no header; name the columns in a first line, such as address,mac,model.`,
  );
}
