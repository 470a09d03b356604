import { describe, expect, it } from '@jest/globals';
import { findConfig, type Surroundings } from '../../../src/config/file/find.js';
import { filesOf } from './read-support.js';
import { messageOf } from '../support/temporary-files.js';

function find(files: Record<string, string>, more: Partial<Surroundings> = {}): string | null {
  const found = findConfig({
    asked: undefined,
    env: {},
    cwd: '/srv',
    home: '/home/op',
    readFile: filesOf(files),
    ...more,
  });
  return found?.path ?? null;
}

const here = { '/srv/fleet-migrate.yaml': 'a: 1' };
const xdg = { '/xdg/fleet-migrate/fleet-migrate.yaml': 'a: 2' };
const home = { '/home/op/.config/fleet-migrate/fleet-migrate.yaml': 'a: 3' };
const other = { '/srv/sub/other.yaml': 'a: 4' };
const env = { XDG_CONFIG_HOME: '/xdg' };

describe('the configuration file', () => {
  it('is the one asked for, from the working folder', () => {
    expect(find({ ...here, ...xdg, ...other }, { env, asked: 'sub/other.yaml' })).toBe('/srv/sub/other.yaml');
  });

  it('else the one in the working folder', () => {
    expect(find({ ...here, ...xdg }, { env })).toBe('/srv/fleet-migrate.yaml');
  });

  it('else the one in $XDG_CONFIG_HOME', () => {
    expect(find({ ...xdg, ...home }, { env })).toBe('/xdg/fleet-migrate/fleet-migrate.yaml');
  });

  it('which is ~/.config where it is not set, or relative', () => {
    const path = '/home/op/.config/fleet-migrate/fleet-migrate.yaml';
    expect(find(home)).toBe(path);
    expect(find(home, { env: { XDG_CONFIG_HOME: 'relative' } })).toBe(path);
  });

  it('which on Windows is %APPDATA%', () => {
    const windows = { platform: 'win32', env: { APPDATA: 'C:\\Users\\op\\AppData\\Roaming' } } as const;
    // Put together by this machine's own separator.
    const path = 'C:\\Users\\op\\AppData\\Roaming/fleet-migrate/fleet-migrate.yaml';
    expect(find({ [path]: 'a: 5', ...home }, windows)).toBe(path);
    const usual = '/home/op/AppData/Roaming/fleet-migrate/fleet-migrate.yaml';
    expect(find({ [usual]: 'a: 6', ...home }, { platform: 'win32' })).toBe(usual);
  });

  it('else none', () => {
    expect(find({})).toBeNull();
  });

  it('is none where none is wanted', () => {
    expect(find(here, { asked: false })).toBeNull();
  });

  it('must be there when it was asked for', () => {
    expect(messageOf(() => find(here, { asked: 'none.yaml' }))).toBe('/srv/none.yaml: there is no such file.');
  });

  it('that is there but cannot be read is an error, not passed over', () => {
    const readFile = (): string => {
      throw Object.assign(new Error('no'), { code: 'EACCES' });
    };
    expect(messageOf(() => find({}, { readFile }))).toBe('/srv/fleet-migrate.yaml: permission denied.');
  });
});
