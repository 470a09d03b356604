import type { Behavior } from '../behavior.js';
import type { DeviceGroup } from '../build-scenario.js';
import { buildScenario } from '../build-scenario.js';
import { usualEnterpriseLoad, usualMultiplatformLoad } from '../firmware.js';
import type { Model } from '../models.js';
import { MODELS, modelNamed } from '../models.js';
import type { Random } from '../random.js';
import { mulberry32, pick } from '../random.js';
import type { Scenario } from '../scenario.js';
import { DIALECTS, NON_PHONES } from '../scenario.js';
import type { FlagValue } from './flag-values.js';
import { flagValues } from './flag-values.js';
import type { BuiltinOptions } from './index.js';

/** Versions as they are found, without the load family: from before the transition fields to the newest. */
const VERSIONS = [
  '11-0-1MPP-477',
  '11-1-2MPP-106',
  '11-2-3MPP-398',
  '11-3-2MPP0001-609',
  '11-3-3MPP0001-161',
  '11-3-5MPP0001-117',
  '11-3-7MPP0201-392',
  '12-0-1MPP0001-41',
  '12-0-3MPP0101-92',
  '12-0-7MPP0501-123',
];
const ENTERPRISE_VERSIONS = ['12-5-1SR1-4', '14-1-1MN-366', '14-2-1-0101-26', '14-3-1-0201-246'];

/**
 * A seeded fleet, 300 devices unless told: first every flag at every value alone on a phone that could convert,
 * then every non-phone, every model at every version, and for the rest phones with up to three flags at once.
 * One phone in twelve has a license that is missing or wrong. Fewer than some 190 devices cut the list short.
 */
export function everyFlag({ subnet, seed, phones = 300 }: BuiltinOptions): Scenario {
  const random = mulberry32(seed);
  const values = flagValues();
  const groups: DeviceGroup[] = [
    ...values.map((value, index) => alone(value, index)),
    ...NON_PHONES.map((kind) => ({ kind })),
    ...[...MODELS.values()].flatMap((model) => everyVersion(model)),
  ];
  while (groups.length < phones) groups.push(combined(random, values));
  const scenario = buildScenario({ name: 'every-flag', subnet, seed, phones: groups.slice(0, phones) });
  const macs = scenario.phones.filter((phone) => phone.kind === 'phone').map((phone) => phone.mac);
  const eachTwelfth = (offset: number): string[] => macs.filter((_, index) => index % 36 === offset);
  const files = {
    ...scenario.files,
    missingLicenses: eachTwelfth(11),
    wrongDirectionLicenses: eachTwelfth(23),
    foreignLicenses: eachTwelfth(35),
  };
  return { ...scenario, files };
}

const CONVERTIBLE = [...MODELS.values()].filter((model) => model.enterprise);

function alone({ behavior, onEnterprise }: FlagValue, index: number): DeviceGroup {
  const model = CONVERTIBLE[index % CONVERTIBLE.length] ?? modelNamed('8841');
  const load = onEnterprise ? usualEnterpriseLoad(model.loadFamily) : usualMultiplatformLoad(model.loadFamily);
  return {
    model: model.model,
    load,
    dialect: DIALECTS[index % DIALECTS.length],
    name: Object.keys(behavior).join(' '),
    behavior: forModel(behavior, model),
  };
}

function everyVersion(model: Model): DeviceGroup[] {
  const versions = model.enterprise
    ? [...VERSIONS, ...ENTERPRISE_VERSIONS, 'TLexE2M-11-2-3C-12', '10-4-1MPP-25']
    : VERSIONS;
  // A third of them is enough to see each version on several models and each model at several versions.
  const offset = [...MODELS.keys()].indexOf(model.model) % 3;
  return versions
    .filter((_, index) => index % 3 === offset)
    .map((version) => ({
      model: model.model,
      load: `${model.loadFamily}.${version}`,
      name: `${model.model} ${version}`,
    }));
}

function combined(random: Random, values: readonly FlagValue[]): DeviceGroup {
  const model = pick(random, CONVERTIBLE);
  const enterprise = random() < 0.15;
  const version = pick(random, enterprise ? ENTERPRISE_VERSIONS : VERSIONS.slice(4));
  const usable = values.filter((value) => value.onEnterprise === enterprise);
  const behavior = Object.assign({}, ...[1, 2, 3].map(() => pick(random, usable).behavior)) as Partial<Behavior>;
  return {
    model: model.model,
    load: `${model.loadFamily}.${version}`,
    dialect: pick(random, DIALECTS),
    name: Object.keys(behavior).join(' '),
    behavior: forModel(behavior, model),
  };
}

/** Puts the phone's own load where a flag speaks of it. */
function forModel(behavior: Partial<Behavior>, model: Model): Partial<Behavior> {
  const adapted = { ...behavior };
  if (adapted.staleRule !== undefined) {
    adapted.staleRule = adapted.staleRule.replace('{load}', usualEnterpriseLoad(model.loadFamily));
  }
  if (adapted.wrongVersionAfter?.startsWith('sip') === true) {
    adapted.wrongVersionAfter = adapted.wrongVersionAfter.replace(/^sip[^.]*/, model.loadFamily);
  }
  return adapted;
}
