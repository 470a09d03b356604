import { type DeviceGroup, buildScenario, type BuiltinOptions } from '../build.js';
import { type Model, MODELS } from '../../models.js';
import { mulberry32 } from '../../random.js';
import { type Scenario, NON_PHONES } from '../scenario.js';
import { ENTERPRISE_VERSIONS, phoneWithFlag, phoneWithFlags, VERSIONS } from './flag-phones.js';
import { flagValues } from './flag-values.js';

/**
 * A seeded fleet, 300 devices by default: first every flag at every value alone on a phone that could convert, then
 * every non-phone, every model at every version, and for the rest phones with up to three flags at once. One phone in twelve has a missing
 * or wrong license. Fewer than about 260 devices cut the list short.
 */
export function everyFlag({ subnet, seed, phones = 300 }: BuiltinOptions): Scenario {
  const random = mulberry32(seed);
  const values = flagValues();
  const groups: DeviceGroup[] = [
    ...values.map((value, index) => phoneWithFlag(value, index)),
    ...NON_PHONES.map((kind) => ({ kind })),
    ...[...MODELS.values()].flatMap((model) => everyVersion(model)),
  ];
  while (groups.length < phones) groups.push(phoneWithFlags(random, values));
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
