import { stringify } from 'yaml';
import { lintMigrationProfile } from '../../../../src/config/profiles/migration-profile.js';
import { loadModels } from '../../../../src/config/profiles/models/read.js';
import { temporaryFiles } from '../../support/temporary-files.js';

const models = loadModels();
const loadFamilies = ['sip78xx', 'sip7832', 'sip88xx', 'sip8832', 'sip8845_65'];
const table = (rest: string): Record<string, string> =>
  Object.fromEntries(loadFamilies.map((family) => [family, `${family}.${rest}`]));

export const convert = {
  description: 'to Enterprise',
  source: 'test',
  goal: 'convert',
  direction: 'm2e',
  requires: { family: 'multiplatform' },
  loads: table('14-2-1-0101-26'),
  stepUpLoads: table('12-0-7MPP0501-123'),
  upgradeRule: '{files}/{load}.loads',
  authorizationRule: '{files}/$MAU_M2E.lic',
  authorizationType: 'Classic',
  retrigger: { http: '?again={n}' },
  evidence: ['phone-on-load'],
};
export const upgrade = {
  ...convert,
  goal: 'upgrade',
  direction: 'none',
  loads: table('12-0-7MPP0501-123'),
  stepUpLoads: {},
  authorizationRule: null,
  authorizationType: null,
};
export const authorize = {
  ...convert,
  goal: 'authorize',
  direction: 'e2m',
  loads: {},
  stepUpLoads: {},
  upgradeRule: null,
  evidence: ['authorization-row'],
};

export const throughUcm = {
  ...convert,
  direction: 'e2m',
  requires: { family: 'enterprise' },
  loads: convert.stepUpLoads,
  stepUpLoads: convert.loads,
  upgradeRule: null,
  evidence: ['phone-on-load', 'authorization-row'],
};

/** The complaints about a profile, as `warning loads: …`, without file and line. */
export function complaints(profile: object): string[] {
  const files = temporaryFiles();
  try {
    return lintMigrationProfile(files.write('p.yaml', stringify(profile)), models).map(
      ({ severity, text }) => `${severity} ${text.replace(/^.*p\.yaml(:\d+:\d+)?: /, '')}`,
    );
  } finally {
    files.remove();
  }
}
