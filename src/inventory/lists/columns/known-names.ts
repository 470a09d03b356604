import { nearMiss } from '../../../domain/text/near-miss.js';
import { columnMeanings, type Meaning } from '../../../domain/network/chosen-column.js';

export type { Meaning };

/**
 * How the cells of a column are to be read.
 * - `plain`: as the meaning says; anything else in it is a mistake.
 * - `device`: Unified CM's name of a device: `SEP` and a MAC, or something that is no phone.
 * - `name`: a name of anything, which may be `SEP` and a MAC.
 * - `client`: a DHCP client identifier: a MAC, or `01` and a MAC, or something else.
 * - `icon`: what a browser copies for an icon, in a column without a name: counts only if it names a phone in words.
 * - `weak`: counts only where no better column of this meaning has a value, and only if its value has the right form.
 */
type CellKind = 'plain' | 'device' | 'name' | 'client' | 'icon' | 'weak';

/** How a column is read, by its name. */
export interface KnownName {
  meaning: Meaning;
  kind: CellKind;
}

/**
 * The names of columns in other systems, normalized, the best first. Sources: docs/knowledge/inventories.md ("Names by meaning"). Names of
 * other addresses in the same row (router, switch, TFTP, scope, server, neighbor) are missing on purpose, as are look-alikes of the model
 * (phone button template, device security profile).
 */
const names: Readonly<Record<Meaning, Partial<Record<CellKind, readonly string[]>>>> = {
  address: {
    plain: [
      ...['address', 'ip', 'ipaddress', 'ipaddr', 'ipv4', 'ipv4address', 'clientipaddress', 'ipaddresses', 'addresses'],
      ...['primaryip4', 'primaryipv4', 'primaryip', 'host'],
      ...['ipadresse', 'ipv4adresse', 'clientipadresse', 'adresseip', 'adresseipv4', 'adresseipduclient', 'adressesip'],
    ],
    weak: ['hostname', 'adresse'],
  },
  mac: {
    plain: [
      ...['mac', 'macaddress', 'macaddr', 'hwaddr', 'hwaddress', 'hardwareaddress', 'macaddress/devicename'],
      ...['macadresse', 'adressemac', 'hardwareadresse', 'physischeadresse', 'adressephysique'],
    ],
    device: ['devicename', 'devicename(line)', 'geratename', "nomdel'appareil", 'nomdelappareil'],
    client: ['clientid', 'uniqueid', 'eindeutigeid', 'eindeutigekennung', 'idunique', 'idduclient'],
    name: ['name', 'hostname', 'nom'],
  },
  model: {
    plain: [
      ...[
        'model',
        'modelnumber',
        'product',
        'modell',
        'modellnummer',
        'modele',
        'numerodemodele',
        'produkt',
        'produit',
      ],
    ],
    weak: [
      ...['producttype', 'devicetype', 'devicemodel', 'type', 'hardware', 'platform'],
      ...['geratetyp', 'produkttyp', "typed'appareil", 'typedappareil', 'typ'],
    ],
    icon: [''],
  },
  vid: { plain: ['vid'] },
  serial: {
    plain: [
      'serial',
      'serialnumber',
      'serialno.',
      'serialno',
      'seriennummer',
      'numerodeserie',
      'nodeserie',
      'n°deserie',
    ],
  },
  site: {
    plain: [
      'site',
      'standort',
      'devicepool',
      'devicepoolname',
      'geratepool',
      'location',
      'locationname',
      'emplacement',
    ],
  },
  note: {
    plain: [
      ...['note', 'notes', 'description', 'descr', 'comment', 'comments', 'displayname'],
      ...['notiz', 'bemerkung', 'beschreibung', 'kommentar', 'anzeigename', 'remarque', 'commentaire'],
    ],
  },
};

/**
 * A column's name without what differs from system to system: case, accents, blanks, `_`, `-`, `*`, the words that a browser copies from a
 * sortable heading.
 */
export function normalized(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\s_*\-\p{M}\p{Cf}]+/gu, '')
    .toLowerCase()
    .replace(/\u2019/g, "'")
    .replace(/sort(?:a|de)scending$/, '');
}

const byName = new Map<string, KnownName[]>();
for (const meaning of columnMeanings) {
  for (const [kind, list] of Object.entries(names[meaning]) as [CellKind, readonly string[]][]) {
    for (const name of list) byName.set(name, [...(byName.get(name) ?? []), { meaning, kind }]);
  }
}

const ranks = new Map([...byName.keys()].map((name, rank) => [name, rank]));

/** What a column of this name may say: nothing known, or one or more meanings. */
export function knownName(name: string): readonly KnownName[] {
  return byName.get(normalized(name)) ?? [];
}

/** The lower, the better does the name say what it means. */
export function rankOf(name: string): number {
  return ranks.get(normalized(name)) ?? ranks.size;
}

/** Names to guess from where one is misspelled: the short ones of each meaning. */
const guessable: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...columnMeanings.map((meaning): [string, Meaning] => [meaning, meaning]),
  ['ipaddress', 'address'],
  ['macaddress', 'mac'],
  ['devicename', 'mac'],
  ['modelnumber', 'model'],
  ['serialnumber', 'serial'],
  ['description', 'note'],
]);

/** Ordinary names that are near to one of these and mean something else. */
const noMistakes: ReadonlySet<string> = new Set([
  ...['id', 'pid', 'uid', 'sid', 'vip', 'mode', 'module', 'modem', 'node', 'size', 'side', 'suite', 'max', 'mic'],
  ...['ipv6', 'ipv6address', 'ip6address', 'servicename'],
]);

/** What a column with an unknown name was probably meant to be; null where no name is near. */
export function meantBy(name: string): Meaning | null {
  if (knownName(name).length > 0 || noMistakes.has(normalized(name))) return null;
  const near = nearMiss(normalized(name), guessable.keys());
  return near === null ? null : (guessable.get(near) ?? null);
}

/** The columns of our own reports: known well enough that nobody needs to hear what is left out. */
export const unsaid: ReadonlySet<string> = new Set(
  [
    ...['family', 'productId', 'softwareVersion', 'hardwareVersion', 'transitionAuthorizationType'],
    ...['returnWithoutLicense', 'direction', 'verdict', 'reasons', 'warnings', 'plan', 'changes', 'outcome', 'touched'],
    ...['failureCode', 'failureMessage', 'failureHint', 'evidence', 'startedAt', 'durationMs', 'named', 'vidSource'],
    ...['ucmName', 'ucmDevicePool', 'ucmDescription', 'ucmRegistered', 'ucmLoad', 'ucmStatusReason'],
    ...['requests', 'bytes'],
    ...['eligibility', 'failure', 'nextAttemptAt', 'state', 'writtenAt', 'toldAt'],
    // Of `ucm list`.
    ...['registered', 'load', 'webServer', 'lastSeen', 'why', 'assignedLoad', 'registration', 'node'],
  ].map(normalized),
);
