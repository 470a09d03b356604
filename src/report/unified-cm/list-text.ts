import type { UcmListedPhone } from '../../domain/unified-cm/listed-phone.js';
import { printable, safeJson } from '../../domain/text/printable.js';
import { type Cell, cellText, csvLine } from '../formats/cells.js';
import { alignColumns, utcMinute } from '../plain-text.js';

/** The phones of a Unified CM as a table for people. */
export function renderUcmList(phones: readonly UcmListedPhone[]): string {
  const rows = phones.map((phone) => [
    printable(phone.name, 20),
    phone.model ?? '-',
    phone.address ?? '-',
    printable(phone.devicePool ?? '-', 50),
    phone.registered,
    printable(phone.load ?? phone.assignedLoad ?? '-', 60),
    phone.webServer,
    phone.lastSeen === null ? '-' : utcMinute(phone.lastSeen),
    printable([phone.description, phone.why === null ? '' : `(${phone.why})`].filter(Boolean).join(' '), 300),
  ]);
  const heads = ['name', 'model', 'address', 'device pool', 'registered', 'load', 'web', 'last seen', 'description'];
  const count = (registered: UcmListedPhone['registered']): number =>
    phones.filter((phone) => phone.registered === registered).length;
  const unknown = count('unknown') === 0 ? '' : `, of ${count('unknown')} it is not known`;
  return [
    ...alignColumns([heads, ...rows]),
    '',
    `${phones.length} ${phones.length === 1 ? 'phone' : 'phones'}: ${count('yes')} registered, ${count('no')} not${unknown}.`,
    '',
  ].join('\n');
}

/** The same as JSON, schema `fleet-migrate/ucm-list@1`; `--inventory` reads it. */
export function renderUcmListJson(ucm: string, phones: readonly UcmListedPhone[]): string {
  return `${safeJson({ schema: 'fleet-migrate/ucm-list@1', ucm, phones: phones.map(fieldsOf) }, 2)}\n`;
}

/** The same as CSV (RFC 4180), a line for each phone; `--inventory` reads it. */
export function* renderUcmListCsv(phones: readonly UcmListedPhone[]): Generator<string> {
  yield csvLine(columns);
  for (const phone of phones) yield csvLine(Object.values(fieldsOf(phone)).map((cell: Cell) => cellText(cell)));
}

/** The fields in the order of the columns; new ones are only added at the end. */
function fieldsOf(phone: UcmListedPhone): Record<(typeof columns)[number], Cell> {
  const { mac, model, address, name, description, devicePool, registered, load } = phone;
  const { webServer, lastSeen, why, assignedLoad, registration, node } = phone;
  return {
    ...{ mac, model, address, name, description, devicePool, registered, load },
    ...{ webServer, lastSeen, why, assignedLoad, registration, node },
  };
}

const columns = [
  ...(['mac', 'model', 'address', 'name', 'description', 'devicePool', 'registered', 'load'] as const),
  ...(['webServer', 'lastSeen', 'why', 'assignedLoad', 'registration', 'node'] as const),
];
