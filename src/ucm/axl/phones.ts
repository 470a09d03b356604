import { parseMac } from '../../domain/network/mac.js';
import type { Log } from '../../domain/ports/log.js';
import type { UcmKnowledge } from '../../domain/unified-cm/knowledge.js';
import { UcmError, type UcmPhone } from '../ucm.js';
import type { Axl } from './axl.js';
import { query, type Row, sqlText } from './sql.js';

/** Rows of a page: about half a megabyte, since others should stay below two while a large query runs. */
const phonesPerPage = 1_000;

interface Page {
  phones: readonly UcmPhone[];
  /** Names of devices that are no phone's. */
  others: readonly string[];
  /** The name of its last row, whatever that is; `null`: it was the last page. */
  last: string | null;
}

/**
 * All phones of the known models, in the order of their names. Each page begins behind the name that the one before ended with, so
 * that a phone that is added or deleted meanwhile moves no other out of sight.
 */
export async function* listPhones(
  axl: Axl,
  knowledge: Pick<UcmKnowledge, 'modelsByNumber'>,
  log: Log,
): AsyncGenerator<UcmPhone> {
  const models = [...knowledge.modelsByNumber.keys()].sort((a, b) => a - b);
  let size = phonesPerPage;
  const others: string[] = [];
  let count = 0;
  for (let after: string | null = null; ;) {
    const answer = await query(axl, phonesQuery(models, size, after));
    if (answer.kind === 'too-large') {
      size = smaller(axl, size, answer.rows);
      continue;
    }
    const page: Page = pageOf(axl, answer.rows, size, after, knowledge);
    others.push(...page.others);
    for (const phone of page.phones) {
      count += 1;
      yield phone;
    }
    if (page.last === null) break;
    after = page.last;
  }
  log.debug('Phones read from Unified CM', { count, others: others.length });
  if (others.length > 0)
    log.warn('devices of these models are left out: their names are not SEP and a MAC, as those of templates', {
      devices: others.length,
      such: others.slice(0, 3).join(', '),
    });
}

/** Columns and tables as public clients use them (docs/knowledge/unified-cm.md#listing-by-sql). */
function phonesQuery(models: readonly number[], size: number, after: string | null): string {
  return (
    `select first ${size} d.pkid as pkid, d.name as name, d.description as description, d.tkmodel as tkmodel, ` +
    'dp.name as devicepool, d.specialloadinformation as ownload, df.loadinformation as defaultload ' +
    'from device as d ' +
    'left outer join devicepool as dp on dp.pkid = d.fkdevicepool ' +
    'left outer join defaults as df on df.tkmodel = d.tkmodel and df.tkdeviceprotocol = d.tkdeviceprotocol ' +
    `where d.tkmodel in (${models.join(', ')})` +
    `${after === null ? '' : ` and d.name > ${sqlText(after)}`} ` +
    'order by d.name'
  );
}

function smaller(axl: Axl, size: number, fits: number): number {
  // "Less than": so many are one too many.
  const next = fits > 1 && fits <= size ? fits - 1 : Math.floor(size / 2);
  if (next >= 1) return next;
  throw axl.tooLarge('executeSQLQuery, even for one phone');
}

function pageOf(
  axl: Axl,
  rows: readonly Row[],
  size: number,
  after: string | null,
  knowledge: Pick<UcmKnowledge, 'modelsByNumber'>,
): Page {
  const names = rows.map((row) => row.get('name'));
  if (names.includes(undefined)) throw axl.unreadable('executeSQLQuery', 'has a row without a name');
  const last = rows.length < size ? null : (names.at(-1) ?? null);
  // A page that ends where it began would be asked for forever.
  if (last !== null && last === after)
    throw axl.unreadable('executeSQLQuery', 'begins with a row that was asked to be left out');
  const seen = new Map<string, UcmPhone>();
  const others: string[] = [];
  for (const row of rows) {
    const phone = phoneOf(row, knowledge);
    const other = phone && seen.get(phone.name);
    if (phone) seen.set(phone.name, other ? joined(other, phone) : phone);
    else others.push(row.get('name') ?? '');
  }
  return { phones: [...seen.values()], others, last };
}

/** One phone in two rows has two default loads: which of them holds is not known. */
function joined(one: UcmPhone, other: UcmPhone): UcmPhone {
  return one.load === other.load ? one : { ...one, load: null, defaultLoad: null };
}

/** `null` for what has no name of a phone: templates, profiles. */
function phoneOf(row: Row, { modelsByNumber }: Pick<UcmKnowledge, 'modelsByNumber'>): UcmPhone | null {
  const name = row.get('name') ?? '';
  const mac = /^SEP[0-9A-F]{12}$/i.test(name) ? parseMac(name.slice(3)) : null;
  if (mac === null || uuidOf(row.get('pkid') ?? '') === null) return null;
  return {
    name: name.toUpperCase(),
    mac,
    model: modelsByNumber.get(Number(row.get('tkmodel'))) ?? null,
    devicePool: row.get('devicepool') ?? null,
    description: row.get('description') ?? '',
    load: row.get('ownload') ?? row.get('defaultload') ?? null,
    defaultLoad: row.get('defaultload') ?? null,
  };
}

/** A UUID in lower case, without braces; `null` for what is none. */
export function uuidOf(text: string): string | null {
  const uuid = text.replace(/^\{(.*)\}$/, '$1').toLowerCase();
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid) ? uuid : null;
}

/** A name as the database has phones' names. @throws UcmError for another one: nothing is asked or changed */
export function phoneName(name: string): string {
  if (/^SEP[0-9A-F]{12}$/i.test(name)) return name.toUpperCase();
  throw new UcmError(
    'ucm-refused',
    'A phone on Unified CM is named SEP and its MAC (12 digits); nothing was sent.',
    true,
  );
}
