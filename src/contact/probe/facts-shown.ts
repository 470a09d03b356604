import { parseMac } from '../../domain/network/mac.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { readJsonTab } from '../../pages/admin/json-tab.js';
import {
  type AdminReader,
  type ShownText,
  traceAdminPage,
  traceEnterpriseHtml,
  traceEnterpriseXml,
  traceStatusFile,
  traceTab,
} from '../../pages/trace/where-read.js';
import type { Encounter, Reading } from '../meet/encounter.js';
import { hideSecrets } from './hide-secrets.js';
import type { ProbeFact } from './probe-report.js';

/** A page by what reads it. */
export interface ReadPage {
  path: string;
  kind:
    | 'admin page in HTML'
    | 'tabs as JSON'
    | 'status file'
    | 'Enterprise device page in XML'
    | 'Enterprise device page in HTML';
  reader: string;
  texts: ShownText[];
}

const readers: Readonly<Record<AdminReader, string>> = {
  sections: 'by its sections (the quick reader)',
  'whole-page': 'as a whole (the slow reader: its sections could not be told apart quickly)',
  none: 'not understood by either reader',
};

/** The page that identified a phone, with every known label on it. */
export function identifyingPage(
  { readFrom }: PhoneFacts,
  encounter: Encounter,
  profiles: PhoneProfiles,
): ReadPage | null {
  const body = bodyAt(encounter, readFrom);
  if (body === null) return null;
  const { multiplatform, enterprise } = profiles;
  if (encounter.view?.shape === 'json') {
    const { jsonTabs } = multiplatform;
    const tabs = encounter.readings.filter(({ asked }) => /\.json$/.test(asked)).map(bodyOf);
    const texts = tabs.flatMap((tab) => traceTab(readJsonTab(tab, jsonTabs) ?? [], multiplatform));
    return { path: readFrom, kind: 'tabs as JSON', reader: 'field by field', texts };
  }
  if (readFrom === multiplatform.endpoints.statusXml)
    return { path: readFrom, kind: 'status file', reader: 'tag by tag', texts: traceStatusFile(body, multiplatform) };
  const admin = traceAdminPage(body, multiplatform);
  if (encounter.view || admin.reader !== 'none')
    return { path: readFrom, kind: 'admin page in HTML', reader: readers[admin.reader], texts: admin.texts };
  const xml = traceEnterpriseXml(body, enterprise);
  if (xml.length > 0)
    return { path: readFrom, kind: 'Enterprise device page in XML', reader: 'tag by tag', texts: xml };
  const html = traceEnterpriseHtml(body, enterprise);
  return { path: readFrom, kind: 'Enterprise device page in HTML', reader: 'row by row', texts: html };
}

/** What the page at a path said last; `null` if nothing came from there. */
export function bodyAt({ readings }: Pick<Encounter, 'readings'>, path: string): string | null {
  const found = readings
    .filter(({ got }) => got?.status === 200)
    .findLast(({ got, asked }) => got?.path === path || asked === path);
  return found ? bodyOf(found) : null;
}

function bodyOf({ got }: Reading): string {
  return got?.body ?? '';
}

/** The facts in the order in which people ask for them, each with the label that it was read beside. */
export function factsShown(facts: PhoneFacts, page: ReadPage | null): ProbeFact[] {
  const path = page?.path ?? facts.readFrom;
  const shown = (name: string, value: ProbeFact['value'], ...fields: string[]): ProbeFact => ({
    name,
    value: typeof value === 'string' ? hideSecrets(value) : (value?.map(hideSecrets) ?? null),
    page: path,
    label: labelFor(value, fields, page?.texts ?? []),
  });
  const isEnterprise = facts.family === 'enterprise';
  const all = [
    shown('product', facts.productId, 'productName', 'productId', 'udi', 'banner'),
    shown('model', facts.model, 'productName', 'productId', 'udi', 'banner'),
    shown('MAC', facts.mac, 'mac', 'hostName', 'banner'),
    shown('serial number', facts.serial, 'serial', 'udi'),
    shown('firmware', facts.softwareVersion, 'softwareVersion'),
    shown('hardware version', facts.hardwareVersion, 'hardwareVersion', 'hardwareRevision'),
    // A page's hardware version is no VID of a label.
    shown('VID', facts.vidSource === 'hardware-version' ? null : facts.vid, 'udi'),
  ];
  if (isEnterprise) return all;
  const callLabel = anyLabel('callState', page?.texts ?? []);
  return [
    ...all,
    shown('transition authorization type', facts.transitionAuthorizationType, 'transitionAuthorizationType'),
    shown('upgrade status', facts.upgradeStatus, 'upgradeStatus'),
    shown('firmware upgrade rows', facts.firmwareUpgradeRows, 'firmwareUpgradeRows'),
    shown(
      'authorization rows',
      facts.authorizationRows.map(({ text }) => text),
      'authorizationRows',
    ),
    // Of a page without call states nothing is known.
    { ...shown('in a call', facts.busy ? 'yes' : callLabel === null ? null : 'no'), label: callLabel },
  ];
}

/** The first of these fields beside which the value really stands. */
function labelFor(value: ProbeFact['value'], fields: readonly string[], texts: readonly ShownText[]): string | null {
  const wanted = typeof value === 'string' ? value : (value?.[0] ?? null);
  if (wanted === null) return null;
  for (const field of fields) {
    const found = texts.find((text) => text.field === field && holds(text.text, wanted));
    if (found) return found.name;
  }
  return null;
}

function anyLabel(field: string, texts: readonly ShownText[]): string | null {
  return texts.find((text) => text.field === field)?.name ?? null;
}

function holds(text: string, wanted: string): boolean {
  if (text === wanted) return true;
  if (wanted === '') return false;
  const mac = parseMac(wanted);
  if (mac !== null)
    return (
      text
        .replace(/[^0-9a-f]/gi, '')
        .toUpperCase()
        .includes(mac) || text.toUpperCase().includes(mac)
    );
  return text.toLowerCase().includes(wanted.toLowerCase());
}
