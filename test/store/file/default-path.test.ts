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
    expect(defaultStorePath(env, 'linux')).toBe(path);
  });

  it.each([
    [
      { LOCALAPPDATA: 'C:\\Users\\ann\\AppData\\Local' },
      'C:\\Users\\ann\\AppData\\Local\\fleet-migrate\\fleet-migrate.db',
    ],
    [{ LOCALAPPDATA: 'C:\\L', XDG_STATE_HOME: 'D:\\state' }, 'D:\\state\\fleet-migrate\\fleet-migrate.db'],
    [{ LOCALAPPDATA: 'C:\\L', HOME: '/c/Users/ann' }, 'C:\\L\\fleet-migrate\\fleet-migrate.db'],
  ])('on Windows with %j is %s', (env, path) => {
    expect(defaultStorePath(env, 'win32')).toBe(path);
  });

  it('on Windows without LOCALAPPDATA is where that usually is', () => {
    expect(defaultStorePath({}, 'win32')).toMatch(/\\AppData\\Local\\fleet-migrate\\fleet-migrate\.db$/);
  });
});
