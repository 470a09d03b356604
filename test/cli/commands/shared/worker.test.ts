import { describe, expect, it } from '@jest/globals';
import { workedSites } from '../../../../src/cli/commands/shared/worker.js';

describe('the sites of a worker', () => {
  const described = { sites: [{ name: 'berlin', tags: [], subnets: ['10.1.0.0/16'] }], configPath: null } as never;
  const ofStore = { ofStore: { store: 'x.db', names: new Set(['berlin']) } };
  const sitesOf = (name: string, ofRuns?: Set<string>): unknown =>
    workedSites({ ...(described as object), ...ofStore } as never, { site: [name], tag: [] }, ofRuns);

  it('are those that are described, and those of runs that began with them', () => {
    expect(sitesOf('berlin')).toEqual([{ name: 'berlin', subnets: [] }]);
    expect(() => sitesOf('lyon')).toThrow('there is no site "lyon"');
    expect(sitesOf('lyon', new Set(['lyon']))).toEqual([{ name: 'lyon', subnets: [] }]);
  });
});
