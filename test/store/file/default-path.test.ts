import { homedir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { defaultStorePath } from '../../../src/store/file/default-path.js';

describe('the default path of the store', () => {
  it.each([
    [{ XDG_STATE_HOME: '/var/state', HOME: '/home/ann' }, '/var/state/fleet-migrate/fleet-migrate.db'],
    [{ HOME: '/home/ann' }, '/home/ann/.local/state/fleet-migrate/fleet-migrate.db'],
    [{ XDG_STATE_HOME: '', HOME: '/home/ann' }, '/home/ann/.local/state/fleet-migrate/fleet-migrate.db'],
    [{ XDG_STATE_HOME: 'relative', HOME: '/home/ann' }, '/home/ann/.local/state/fleet-migrate/fleet-migrate.db'],
    [{}, `${homedir()}/.local/state/fleet-migrate/fleet-migrate.db`],
  ])('with %j is %s', (env, path) => {
    expect(defaultStorePath(env)).toBe(path);
  });
});
