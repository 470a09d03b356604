import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import {
  lintMigrationProfile,
  listMigrationProfiles,
  loadMigrationProfile,
} from '../../../src/config/profiles/migration-profile.js';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { shippedMigrationsDir } from '../../../src/config/profiles/shipped.js';
import { isUsageError } from '../../../src/domain/text/usage-error.js';
import { messageOf, temporaryFiles } from '../support/temporary-files.js';

const files = temporaryFiles();
afterAll(() => files.remove());

const models = loadModels();
const enterprise = {
  sip78xx: 'sip78xx.14-2-1-0101-26',
  sip7832: 'sip7832.14-2-1-0101-26',
  sip88xx: 'sip88xx.14-2-1-0101-26',
  sip8832: 'sip8832.14-2-1-0101-26',
  sip8845_65: 'sip8845_65.14-2-1-0101-26',
};
const multiplatform = {
  sip78xx: 'sip78xx.12-0-3MPP0001-87',
  sip7832: 'sip7832.12-0-3MPP0001-87',
  sip88xx: 'sip88xx.12-0-3MPP0001-87',
  sip8832: 'sip8832.12-0-3MPP0101-92',
  sip8845_65: 'sip8845_65.12-0-3MPP0001-87',
};

describe('the shipped profiles', () => {
  it('are these five', () => {
    expect(listMigrationProfiles().map(({ name, goal, direction }) => `${name}: ${goal} ${direction}`)).toEqual([
      'authorize-mpp: authorize e2m',
      'enterprise-to-mpp: convert e2m',
      'mpp-to-enterprise: convert m2e',
      'upgrade-mpp: upgrade none',
      'webex-calling: authorize e2m',
    ]);
  });

  it.each(listMigrationProfiles())('$name has nothing to complain about', ({ name, file, description }) => {
    expect(lintMigrationProfile(file, models)).toEqual([]);
    expect(loadMigrationProfile(name)).toMatchObject({ name, description });
  });

  it('mpp-to-enterprise goes to the loads of G5, by way of the loads of G5', () => {
    expect(loadMigrationProfile('mpp-to-enterprise')).toEqual({
      name: 'mpp-to-enterprise',
      description: expect.any(String),
      source: expect.stringContaining('G5'),
      goal: 'convert',
      direction: 'm2e',
      requires: { family: 'multiplatform', absolute: null, recommended: null },
      loads: enterprise,
      stepUpLoads: multiplatform,
      transitionLoads: {},
      upgradeRule: '{files}/{load}.loads',
      authorizationRule: '{files}/$MAU_M2E.lic',
      authorizationType: 'Classic',
      retrigger: { http: '?again={n}', https: '?again={n}' },
      evidence: ['phone-on-load'],
      accept: [],
      ways: ['partial-form', 'full-form'],
      timing: {
        pollInterval: 15_000,
        settle: 2_000,
        usual: 900_000,
        patience: 60_000,
        upgradeDeadline: 2_700_000,
        authorizeDeadline: 600_000,
        idleWait: 600_000,
        stopGrace: 60_000,
      },
    });
  });

  it('authorize-mpp sets the rule and the type only (G8)', () => {
    expect(loadMigrationProfile('authorize-mpp')).toMatchObject({
      loads: {},
      stepUpLoads: {},
      transitionLoads: {},
      upgradeRule: null,
      authorizationRule: '{files}/$MAU.lic',
      authorizationType: 'Classic',
      evidence: ['authorization-row', 'authorization-type-shown'],
    });
  });

  it('webex-calling leaves the rule to the user', () => {
    expect(loadMigrationProfile('webex-calling')).toMatchObject({
      upgradeRule: null,
      authorizationRule: null,
      authorizationType: 'WxC',
    });
  });

  it('upgrade-mpp stays in the family and needs no license', () => {
    expect(loadMigrationProfile('upgrade-mpp')).toMatchObject({
      loads: multiplatform,
      stepUpLoads: {},
      transitionLoads: {},
      authorizationRule: null,
      authorizationType: null,
      evidence: ['phone-on-load'],
    });
  });

  it('mark every time that is a guess as one', () => {
    for (const { file } of listMigrationProfiles()) {
      const timing = readFileSync(file, 'utf8').split('timing:\n')[1] ?? '';
      const lines = timing.trimEnd().split('\n');
      for (const [index, line] of lines.entries()) {
        if (/^ {2}\w/.test(line))
          expect(lines.slice(0, index).join('\n')).toMatch(/(?:A guess|As long as)[^\n]*(?:\n {2}#[^\n]*)*$/);
      }
    }
  });
});

describe('a profile is chosen', () => {
  it('by name from a folder, or by file', () => {
    const dir = join(files.dir, 'chosen');
    mkdirSync(dir);
    const text = readFileSync(join(shippedMigrationsDir(), 'upgrade-mpp.yaml'), 'utf8');
    const file = files.write('chosen/mine.yaml', text);
    files.write('chosen/README.md', 'not a profile');
    expect(loadMigrationProfile('mine', { dir, models })).toEqual(loadMigrationProfile(file));
    expect(loadMigrationProfile('mine', { dir })).toEqual({ ...loadMigrationProfile('upgrade-mpp'), name: 'mine' });
    expect(listMigrationProfiles(dir)).toMatchObject([{ name: 'mine', file }]);
  });

  it('with a file in the present folder told by its ending', () => {
    expect(messageOf(() => loadMigrationProfile('none.yml'))).toBe('none.yml: there is no such file.');
  });

  it('and a misspelled name gets the names and a suggestion', () => {
    const known =
      'known are authorize-mpp, enterprise-to-mpp, mpp-to-enterprise, upgrade-mpp, webex-calling, and a file of your own is given with its path, such as ./my.yaml.';
    expect(messageOf(() => loadMigrationProfile('mpp-to-enterprize'))).toBe(
      `There is no profile "mpp-to-enterprize"; ${known} Did you mean mpp-to-enterprise?`,
    );
    expect(messageOf(() => loadMigrationProfile('e2m'))).toBe(`There is no profile "e2m"; ${known}`);
  });

  it('never by a name that is a path in disguise', () => {
    expect(messageOf(() => loadMigrationProfile('../models'))).toBe('../models: there is no such file.');
    expect(messageOf(() => loadMigrationProfile(''))).toMatch(/^There is no profile ""/);
  });

  it('from a folder that is there', () => {
    expect(messageOf(() => listMigrationProfiles(join(files.dir, 'none')))).toMatch(
      /none: this folder of profiles cannot be read\.$/,
    );
  });
});

describe('loading', () => {
  const shipped = readFileSync(join(shippedMigrationsDir(), 'mpp-to-enterprise.yaml'), 'utf8');

  it('throws the first error of the lint as a usage error, with its place', () => {
    const broken = shipped
      .replace('sip78xx: sip78xx.14', 'sip78xx: sip88xx.14')
      .replace("'{files}/{load}.loads'", "'{files}/x.loads'");
    const file = files.write('two-errors.yaml', broken);
    const load = (): unknown => loadMigrationProfile(file, { models });
    expect(messageOf(load)).toBe(
      `${file}:14:3: loads.sip78xx: expected a load of sip78xx, found one of sip88xx (sip88xx.14-2-1-0101-26) (and 1 more).`,
    );
    try {
      load();
    } catch (error) {
      expect(isUsageError(error)).toBe(true);
    }
    expect.assertions(2);
  });

  it('takes a profile that only has warnings', () => {
    const file = files.write('fast.yaml', shipped.replace('pollInterval: 15s', 'pollInterval: 1s'));
    expect(loadMigrationProfile(file, { models }).timing.pollInterval).toBe(1_000);
    expect(lintMigrationProfile(file, models)).toEqual([
      { severity: 'warning', text: expect.stringMatching(/timing\.pollInterval: is short for the slow web server/) },
    ]);
  });

  it('fills in what is left out', () => {
    const file = files.write(
      'short.yaml',
      [
        'description: x',
        'source: us',
        'goal: authorize',
        'direction: e2m',
        'requires: { family: multiplatform }',
        'authorizationType: WxC',
        'evidence: [authorization-row]',
      ].join('\n'),
    );
    expect(loadMigrationProfile(file, { models })).toEqual({
      ...loadMigrationProfile('webex-calling'),
      name: 'short',
      description: 'x',
      source: 'us',
      retrigger: {},
      evidence: ['authorization-row'],
    });
  });

  it('takes load names with .loads at their end', () => {
    const file = files.write('dotloads.yaml', shipped.replaceAll(/(: sip\S+)$/gm, '$1.loads'));
    expect(loadMigrationProfile(file, { models })).toMatchObject({ loads: enterprise, stepUpLoads: multiplatform });
  });
});

describe('linting a file that is no profile', () => {
  it.each([
    ['a: [', /this is not valid YAML/],
    ['', /expected a group of keys, found null/],
    ['- a', /expected a group of keys, found a list/],
  ])('%j is told, not thrown', (text, expected) => {
    const [problem] = lintMigrationProfile(files.write('none.yaml', text), models);
    expect(problem).toMatchObject({ severity: 'error', text: expect.stringMatching(expected) });
  });

  it('is told when it is not there', () => {
    expect(lintMigrationProfile(`${files.dir}/gone.yaml`, models)).toEqual([
      { severity: 'error', text: `${files.dir}/gone.yaml: there is no such file.` },
    ]);
  });
});
