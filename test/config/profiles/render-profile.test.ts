import { afterAll, describe, expect, it } from '@jest/globals';
import { listMigrationProfiles, loadMigrationProfile } from '../../../src/config/profiles/migration-profile.js';
import { renderProfile } from '../../../src/config/profiles/render-profile.js';
import { parseVersion } from '../../../src/domain/firmware/version.js';
import { temporaryFiles } from '../support/temporary-files.js';

const files = temporaryFiles();
afterAll(() => files.remove());

describe('a profile as shown', () => {
  it.each(listMigrationProfiles())('$name is the same profile when saved and loaded', ({ name }) => {
    const profile = loadMigrationProfile(name);
    expect(loadMigrationProfile(files.write(`${name}.yaml`, renderProfile(profile)))).toEqual(profile);
  });

  it('keeps minimums, those with a build too', () => {
    const profile = loadMigrationProfile('mpp-to-enterprise');
    const requires = {
      family: 'multiplatform' as const,
      absolute: parseVersion('12.0(1)SR2'),
      recommended: parseVersion('sip88xx.12-0-3MPP0001-87'),
    };
    const text = renderProfile({ ...profile, requires, stepUpLoads: {} });
    expect(loadMigrationProfile(files.write('strict.yaml', text)).requires).toEqual(requires);
  });

  it('has every default written out, in the order of the files', () => {
    expect(renderProfile(loadMigrationProfile('webex-calling'))).toMatchInlineSnapshot(`
      "# webex-calling
      description: Gives Multiplatform phones their license for Webex Calling (the rule is given with --authorization-rule)
      source: Cisco IP Phone firmware migration FAQ (G4, G12); docs/knowledge/conversion.md#webex-calling
      goal: authorize
      direction: e2m
      requires:
        family: multiplatform
        absolute: null
        recommended: null
      loads: {}
      stepUpLoads: {}
      transitionLoads: {}
      upgradeRule: null
      authorizationRule: null
      authorizationType: WxC
      retrigger:
        http: ?again={n}
        https: ?again={n}
      evidence:
        - authorization-row
        - authorization-type-shown
      accept: []
      ways:
        - partial-form
        - full-form
      timing:
        pollInterval: 15s
        settle: 2s
        patience: 1m
        upgradeDeadline: 45m
        authorizeDeadline: 10m
        usual: 15m
        idleWait: 10m
        stopGrace: 1m
      "
    `);
  });
});
