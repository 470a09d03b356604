import type { Behavior } from '../../behavior/behavior.js';
import { type DeviceGroup, buildScenario, type BuiltinOptions } from '../build.js';
import { MARKUP } from '../../behavior/markup.js';
import { type Random, mulberry32, wholeNumber } from '../../random.js';
import { type Scenario, NON_PHONES } from '../scenario.js';
import { phoneWithFlag, phoneWithFlags } from './flag-phones.js';
import { type FlagValue, flagValues } from './flag-values.js';

/** Flags that are not hostile: `every-flag` covers them. */
const HARMLESS: ReadonlySet<string> = new Set<keyof Behavior>([
  'charset',
  'statusXmlHasTransition',
  'ruleLabel',
  'typeLabel',
  'upgradeStatusText',
  'returnsWithoutLicense',
  'licenseCheck',
  'needsNoDownload',
  'previousRows',
  'locale',
  'entities',
  'pidEnding',
  'productEnding',
  'loadSpelling',
  'udiRows',
  'labelDecoration',
  'enterprisePages',
  'udi',
]);
const TEXTS = MARKUP.others.hostileText;
/** Enterprise firmware can be hostile only in its texts. */
const ON_ENTERPRISE: readonly FlagValue[] = TEXTS.map((hostileText) => ({
  behavior: { hostileText },
  onEnterprise: true,
}));
/** One device in this many is a well-behaved phone. */
const POLITE_EVERY = 8;

/**
 * A seeded hostile fleet, 180 devices by default: every broken web server, every way to sign in and to write, every
 * hostile text on phones of both families and on every kind of non-phone, with well-behaved phones between them. More devices are phones
 * with up to three flags at once and every kind of non-phone in turn; fewer cut the list short.
 */
export function hostile({ subnet, seed, phones = 180 }: BuiltinOptions): Scenario {
  const random = mulberry32(seed);
  const trouble = flagValues().filter(({ behavior }) => !HARMLESS.has(Object.keys(behavior).at(-1) ?? ''));
  const values = [...trouble, ...ON_ENTERPRISE];
  const listed = shuffled(random, [...eachAlone(values), ...hostileNonPhones()]);
  const groups: DeviceGroup[] = [];
  for (let index = 0; groups.length < phones; index += 1) {
    if (groups.length % POLITE_EVERY === POLITE_EVERY - 1) groups.push({ model: '8841', name: 'Polite desk' });
    else groups.push(listed.pop() ?? anotherOne(random, values, index));
  }
  return buildScenario({ name: 'hostile', subnet, seed, phones: groups });
}

function eachAlone(values: readonly FlagValue[]): DeviceGroup[] {
  return values.map((value, index) => phoneWithFlag(value, index));
}

function hostileNonPhones(): DeviceGroup[] {
  return NON_PHONES.map((kind, index) => ({
    kind,
    name: `Hostile ${kind}`,
    behavior: { hostileText: TEXTS[index % TEXTS.length] ?? 'all' },
  }));
}

function anotherOne(random: Random, values: readonly FlagValue[], index: number): DeviceGroup {
  const kind = NON_PHONES[index % (NON_PHONES.length * 8)];
  return kind === undefined ? phoneWithFlags(random, values) : { kind, behavior: { hostileText: 'all' } };
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = wholeNumber(random, 0, last);
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}
