import { describe, expect, it } from '@jest/globals';
import { PasswordsNow } from '../../../../src/cli/commands/shared/passwords-now.js';
import { give } from '../../../../src/conduct/options/sources.js';
import { optionsOf } from '../../../../src/conduct/options/table.js';
import type { Log } from '../../../../src/domain/ports/log.js';
import type { Store } from '../../../../src/store/store.js';
import type { StoredSite } from '../../../../src/store/store-rows.js';
import { filesOf } from '../../../config/file/read-support.js';

describe('the passwords of a worker', () => {
  const site = (password: string): StoredSite => ({
    name: 'north',
    changedAt: '2026-12-01T00:00:00.000Z',
    site: { subnets: ['10.1.0.0/16'], credentials: [{ password }] },
  });
  let sites: StoredSite[] = [];
  let read = 0;
  const warned: string[] = [];
  const store = { path: 'postgres://db/x', sites: () => Promise.resolve(sites) } as unknown as Store;
  const log = { warn: (text: string) => void warned.push(text) } as unknown as Log;
  const passwords = new PasswordsNow(
    store,
    (of) => {
      read += 1;
      const surroundings = { env: { OLD: 'old', NEW: 'new' }, cwd: '/work', home: '/home/op', readFile: filesOf({}) };
      return give({}, optionsOf.worker, { surroundings, sites: of, secretsOf: () => true });
    },
    log,
  );
  const now = async (): Promise<string[]> => (await passwords.forRun())('10.1.0.5').map(({ password }) => password());

  it('are those of the sites as they are when a run begins, and the last good ones where these cannot be used', async () => {
    sites = [site('${OLD}')];
    expect((await passwords.first()).written.sites.map(({ name }) => name)).toEqual(['north']);
    expect([await now(), read]).toEqual([['old'], 1]);
    sites = [site('${NEW}')];
    expect([await now(), await now(), read, warned]).toEqual([['new'], ['new'], 2, []]);
    sites = [site('${NOT_HERE}')];
    expect(await now()).toEqual(['new']);
    expect(warned).toEqual([
      expect.stringMatching(
        /^The sites were imported anew, and cannot be used here: The site north of .* NOT_HERE is not set/,
      ),
    ]);
    sites = [];
    expect(await now()).toEqual([]);
  });
});
