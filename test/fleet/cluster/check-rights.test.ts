import { describe, expect, it } from '@jest/globals';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { loadUnifiedCm } from '../../../src/config/profiles/unified-cm.js';
import { rightsFindings } from '../../../src/fleet/cluster/check-rights.js';

const { roles: byRole } = loadUnifiedCm(loadModels());

describe('the rights of the user of Unified CM', () => {
  it('are so, or it is said which role gives them', () => {
    const roles = ['Standard AXL Read Only API Access', 'Standard CCM Admin Users'];
    const has = { roles, read: 'yes', write: 'no', realTime: 'no', services: 'no' } as const;
    const [read, write, realTime, services] = rightsFindings('migration', has, byRole);
    expect(read).toMatchObject({ state: 'yes', advice: null, text: 'migration may read its database (AXL).' });
    expect(write).toMatchObject({ state: 'no', isAsked: true });
    expect(write?.text).toMatch(/may not write .*; without it no load can be set.* Its roles: Standard AXL Read Only/);
    // The role that it has already is not named again.
    expect(write?.advice).toMatch(/make a group with Standard AXL API Access, and add migration to it\.$/);
    expect(realTime?.advice).toMatch(/with Standard RealtimeAndTraceCollection or Standard SERVICEABILITY, and add/);
    // Only for one command, which can be done by hand.
    expect(services).toMatchObject({ state: 'no', isAsked: false });
  });

  it('are not known where its roles cannot be read: that is no yes', () => {
    const has = { roles: null, read: 'yes', write: 'unknown', realTime: 'yes', services: 'unknown' } as const;
    const write = rightsFindings('migration', has, byRole)[1];
    expect(write).toMatchObject({ state: 'unknown', isAsked: true });
    expect(write?.text).toMatch(/may perhaps write .*: this is not known; .* Its roles cannot be read\.$/);
    expect(write?.advice).toBe(
      'Look on Unified CM whether migration has Standard AXL API Access, and Standard CCM Admin Users.',
    );
  });
});
