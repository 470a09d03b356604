import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { whereTo } from '../../../src/cli/convert/where-to.js';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const models = loadModels();
const folder = temporaryFolder();
afterAll(() => folder.remove());

/** A profile of one's own with these lines. */
function profile(lines: string): string {
  const path = folder.file('own.yaml');
  writeFileSync(
    path,
    `description: x\nsource: x\ngoal: upgrade\ndirection: none\nrequires: { family: multiplatform }\nevidence: [phone-on-load]\n${lines}\n`,
  );
  return path;
}

const newer = 'loads: { sip88xx: sip88xx.12-0-7MPP0501-123 }';

describe('where phones are moved to', () => {
  it('is the row E2M of the guide, and the license as after a move from Enterprise', async () => {
    expect(await whereTo(null, models)).toEqual({
      profiles: 'upgrade-mpp and authorize-mpp',
      conversion: {
        loads: {
          sip78xx: 'sip78xx.12-0-3MPP0001-87',
          sip7832: 'sip7832.12-0-3MPP0001-87',
          sip88xx: 'sip88xx.12-0-3MPP0001-87',
          sip8832: 'sip8832.12-0-3MPP0101-92',
          sip8845_65: 'sip8845_65.12-0-3MPP0001-87',
        },
      },
      rules: {
        upgradeRule: { tag: 'Upgrade_Rule', rule: '{files}/{load}.loads' },
        authorizationRule: { tag: 'Trans_Auth_Rule', rule: '{files}/$MAU.lic' },
        authorizationType: { tag: 'Trans_Auth_Type', value: 'Classic' },
      },
    });
  });

  it('is what a profile of one’s own names', async () => {
    const { conversion, profiles } = await whereTo(profile(`${newer}\nupgradeRule: '{files}/{load}.loads'`), models);
    expect([conversion.loads, profiles]).toEqual([{ sip88xx: 'sip88xx.12-0-7MPP0501-123' }, 'own and authorize-mpp']);
  });

  it.each([
    ['mpp-to-enterprise', /^--profile mpp-to-enterprise: its load .* is not known to be Multiplatform firmware;/],
    ['authorize-mpp', /^--profile authorize-mpp: it names no loads;/],
    ['webex-calling', /^--profile webex-calling: it names no loads;/],
    ['none-such', /There is no profile "none-such"/],
  ])('is not what %s names', async (name, expected) => {
    await expect(whereTo(name, models)).rejects.toThrow(expected);
  });

  it('is not on another server: whether all is there could not be seen', async () => {
    const elsewhere = profile(`${newer}\nupgradeRule: 'http://10.0.0.9/{load}.loads'`);
    await expect(whereTo(elsewhere, models)).rejects.toThrow(
      /^--profile own: its rule http:\/\/10\.0\.0\.9\/\{load\}\.loads does not begin with \{files\}\/, so phones would fetch elsewhere;/,
    );
  });
});
