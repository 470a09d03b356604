import type { Behavior } from '../../behavior/behavior.js';
import type { DeviceGroup } from '../build.js';
import { usualEnterpriseLoad, usualMultiplatformLoad } from '../../firmware.js';
import type { Model } from '../../models.js';
import { MODELS, modelNamed } from '../../models.js';
import type { Random } from '../../random.js';
import { pick } from '../../random.js';
import { HTML_DIALECTS } from '../scenario.js';
import type { FlagValue } from './flag-values.js';

/** MPP versions found in the field, without the load family: from before the transition fields to the newest. */
export const VERSIONS = [
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
/** Enterprise versions likewise. */
export const ENTERPRISE_VERSIONS = ['12-5-1SR1-4', '14-1-1MN-366', '14-2-1-0101-26', '14-3-1-0201-246'];

const CONVERTIBLE = [...MODELS.values()].filter((model) => model.enterprise);

/** A phone that could convert, with one flag at one value; models and dialects take turns. */
export function phoneWithFlag({ behavior, onEnterprise }: FlagValue, index: number): DeviceGroup {
  const model = CONVERTIBLE[index % CONVERTIBLE.length] ?? modelNamed('8841');
  const load = onEnterprise ? usualEnterpriseLoad(model.loadFamily) : usualMultiplatformLoad(model.loadFamily);
  return {
    model: model.model,
    load,
    dialect: behavior.jsonIds === undefined ? HTML_DIALECTS[index % HTML_DIALECTS.length] : 'json',
    name: Object.keys(behavior).join(' '),
    behavior: forModel(behavior, model),
  };
}

/** A phone on any firmware with up to three flags at once. */
export function phoneWithFlags(random: Random, values: readonly FlagValue[]): DeviceGroup {
  const model = pick(random, CONVERTIBLE);
  const enterprise = random() < 0.15;
  const version = pick(random, enterprise ? ENTERPRISE_VERSIONS : VERSIONS.slice(4));
  const usable = values.filter((value) => value.onEnterprise === enterprise);
  const behavior = Object.assign({}, ...[1, 2, 3].map(() => pick(random, usable).behavior)) as Partial<Behavior>;
  return {
    model: model.model,
    load: `${model.loadFamily}.${version}`,
    dialect: pick(random, HTML_DIALECTS),
    name: Object.keys(behavior).join(' '),
    behavior: forModel(behavior, model),
  };
}

/** Fills in the phone's own load where a flag refers to it. */
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
