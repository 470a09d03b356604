import { describe, expect, it } from '@jest/globals';
import { loadMigrationProfile } from '../../../src/config/profiles/migration-profile.js';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import type { PlanStep, StepName } from '../../../src/domain/plan/plan.js';
import { familyAfter, runsLoad } from '../../../src/domain/plan/target.js';
import { mppPhone } from '../support/facts.js';

const models = loadModels();
const toEnterprise = loadMigrationProfile('mpp-to-enterprise', { models });
const upgrade = loadMigrationProfile('upgrade-mpp', { models });
const [target, older] = ['sip88xx.12-0-3MPP0001-87', 'sip88xx.11-3-7MPP0001-31'];

describe('what a proven phone runs', () => {
  const step = (name: StepName): PlanStep => ({ step: name, load: target, set: {} });

  it('is the other family after a conversion, its own after the step before', () => {
    expect(familyAfter(toEnterprise, step('convert'))).toBe('enterprise');
    expect(familyAfter(toEnterprise, step('upgrade'))).toBe('multiplatform');
    expect(familyAfter(upgrade, step('upgrade'))).toBe('multiplatform');
  });

  it('is the load itself, however it is spelled', () => {
    expect(runsLoad(mppPhone({ softwareVersion: 'SIP88xx.12-0-3MPP0001-87.loads' }), target)).toBe(true);
    expect(runsLoad(mppPhone({ softwareVersion: older }), target)).toBe(false);
    expect(runsLoad(mppPhone({ softwareVersion: null }), target)).toBe(false);
  });
});
