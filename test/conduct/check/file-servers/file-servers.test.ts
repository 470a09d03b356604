import { describe, expect, it } from '@jest/globals';
import { fileServersOf } from '../../../../src/conduct/check/file-servers/file-servers.js';
import { loadMigrationProfile } from '../../../../src/config/profiles/migration-profile.js';
import { loadModels } from '../../../../src/config/profiles/models/read.js';
import type { Site } from '../../../../src/domain/network/site.js';

const models = loadModels();
const profile = loadMigrationProfile('mpp-to-enterprise', { models });
const site = (name: string, subnet: string, files: string | null): Site => ({
  ...{ name, subnets: [subnet], targets: [], inventories: [`${name}.csv`], tags: [], files, credentials: [] },
  limits: { maxUpgrading: null, window: [], timeZone: null },
});
const sites = [site('north', '10.1.0.0/24', null), site('south', '10.2.0.0/24', 'http://south:6970/dir')];
type Settings = Parameters<typeof fileServersOf>[0];
const usual: Settings = {
  ...{ files: 'http://central:6970', authorizationRule: null, skipPreflight: false },
  ...{ subnet: ['10.0.0.0/24'], target: [], inventory: [], fromRun: null },
};

const servers = (change: Partial<Settings>, ofSites = sites, of = profile): [string, boolean][] =>
  fileServersOf({ ...usual, ...change }, of, ofSites).map(({ url, isCertain }): [string, boolean] => [url, isCertain]);
const central: [string, boolean] = ['http://central:6970', true];
const south: [string, boolean] = ['http://south:6970', true];

describe('the file servers of a run', () => {
  const cases: [string, Partial<Settings>, [string, boolean][]][] = [
    ['phones of no site', {}, [central]],
    ['a site without a file server of its own', { subnet: ['10.1.0.0/24'] }, [central]],
    ['a site with one', { subnet: ['10.2.0.0/24'] }, [south]],
    ['one phone of it', { subnet: [], target: ['10.2.0.7'] }, [south]],
    ['both', { subnet: ['10.1.0.0/24', '10.2.0.0/24'] }, [central, south]],
    ['a subnet with the site in it', { subnet: ['10.2.0.0/16'] }, [central, south]],
    ['a host name', { subnet: [], target: ['phone.example.com'] }, [central]],
    ['the list of a site', { subnet: [], inventory: ['south.csv'] }, [south]],
    ['a list that may name sites', { subnet: [], inventory: ['all.csv'] }, [central, ['http://south:6970', false]]],
  ];

  it.each(cases)('%s', (_what, change, expected) => {
    expect(servers(change)).toEqual(expected);
  });

  it('are also those that a rule names itself', () => {
    const rule = 'https://licenses.example.com/$MAU.lic';
    expect(fileServersOf({ ...usual, authorizationRule: rule }, profile, [])).toEqual([
      { url: 'http://central:6970', from: { option: 'files' }, isCertain: true },
      { url: 'https://licenses.example.com', from: { option: 'authorization-rule' }, isCertain: true },
    ]);
    const own = { ...profile, name: 'own', upgradeRule: '10.0.0.9/{load}.loads' };
    expect(fileServersOf(usual, own, [])[0]).toEqual({
      url: 'tftp://10.0.0.9',
      from: { profile: 'own' },
      isCertain: true,
    });
  });

  it('are not known where only the phone knows them, and are not asked without a preflight', () => {
    expect(
      servers({}, [], { ...profile, upgradeRule: 'http://$SERVIP/{load}.loads', authorizationRule: null }),
    ).toEqual([]);
    expect(servers({ skipPreflight: true })).toEqual([]);
    expect(fileServersOf(usual, null, sites)).toEqual([]);
  });
});
