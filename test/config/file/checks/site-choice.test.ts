import { describe, expect, it } from '@jest/globals';
import { mergeSettings, type Settings, type SettingsSources } from '../../../../src/config/settings/merge.js';
import { filesOf, problemsOf, table } from '../read-support.js';

const path = '/srv/fleet-migrate.yaml';

const sites = `sites:
  campus: { subnets: 10.1.0.0/16, tags: [big] }
  branch-1: { subnets: 10.2.1.0/24, tags: [branch, thin-line] }
  branch-2: { subnets: 10.2.2.0/24, tags: branch, inventories: two.csv }
  depot: { targets: depot.example.com }
`;

function settings(file: string, more: Partial<SettingsSources> = {}): Promise<Settings> {
  const sources = { args: {}, env: {}, cwd: '/srv', home: '/home/op', table, options: table, withSecrets: true };
  return mergeSettings({ ...sources, readFile: filesOf({ [path]: file }), ...more });
}

/** What is contacted: each site has a subnet or a target of its own. */
const chosen = async (more: Partial<SettingsSources>, file = sites): Promise<unknown[]> => {
  const { values } = await settings(file, more);
  return [values['subnet'] ?? [], values['target'] ?? []].flat();
};
const [campus, branch1, branch2, depot] = ['10.1.0.0/16', '10.2.1.0/24', '10.2.2.0/24', 'depot.example.com'];

describe('sites chosen by tag', () => {
  it('are all that have it, with what they hold and nothing else', async () => {
    const { values } = await settings(sites, { args: { tag: ['branch'] } });
    expect(values).toMatchObject({ subnet: [branch1, branch2], inventory: ['/srv/two.csv'] });
    expect('target' in values).toBe(false);
  });

  it('come besides those chosen by name, each once', async () => {
    expect(await chosen({ args: { tag: ['thin-line', 'big'], site: ['depot', 'campus'] } })).toEqual([
      campus,
      branch1,
      depot,
    ]);
  });

  it('may be chosen in the environment and in the file, and a stronger source replaces them', async () => {
    expect(await chosen({ env: { FLEET_MIGRATE_TAG: 'big,thin-line' } })).toEqual([campus, branch1]);
    expect(await chosen({}, `tag: branch\n${sites}`)).toEqual([branch1, branch2]);
    expect(await chosen({ args: { site: ['depot'] } }, `tag: branch\n${sites}`)).toEqual([depot]);
    expect(await chosen({ args: { subnet: ['10.9.0.0/24'] } }, `tag: branch\n${sites}`)).toEqual(['10.9.0.0/24']);
  });

  it.each([
    [{ args: { tag: ['branhc'] } }, '--tag branhc: no site has the tag "branhc", did you mean "branch"?'],
    [{ args: { tag: ['x'] } }, '--tag x: no site has the tag "x", known are big, branch, thin-line'],
    [
      { env: { FLEET_MIGRATE_TAG: 'x' } },
      'FLEET_MIGRATE_TAG: --tag x: no site has the tag "x", known are big, branch, thin-line',
    ],
  ])('by a tag that none has are a usage error: %j', async (more, message) => {
    expect((await settings(sites, more)).problems.join('\n')).toBe(`${message} in ${path}.`);
  });

  it('by a tag where no site has any, or in the file itself, are one too', async () => {
    expect((await settings('sites: { a: {} }\n', { args: { tag: ['x'] } })).problems).toEqual([
      expect.stringContaining('as no site has tags'),
    ]);
    expect(problemsOf(`tag: nowhere\n${sites}`)).toEqual([
      '1:1 tag: no site has the tag "nowhere", known are big, branch, thin-line',
    ]);
  });
});
