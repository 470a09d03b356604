import { describe, expect, it } from '@jest/globals';
import { loadMigrationProfile } from '../../../src/config/profiles/migration-profile.js';
import type { WriteMethod } from '../../../src/domain/plan/write-methods.js';
import { silentLog } from '../../../src/domain/ports/log.js';
import { serveAtForm, settingsServerFor } from '../../../src/conduct/options/serve-at.js';

const profile = (...ways: WriteMethod[]) => ({ ...loadMigrationProfile('mpp-to-enterprise'), ways });
const read = (text: string) => serveAtForm.read(text, '--serve-at');

describe('--serve-at', () => {
  it.each([
    ['10.0.0.9', { host: '10.0.0.9', port: null }],
    ['10.0.0.9:8080', { host: '10.0.0.9', port: 8080 }],
    ['files.example.net:65535', { host: 'files.example.net', port: 65_535 }],
  ])('%s is where phones fetch', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ':80',
    '10.0.0.9:',
    '10.0.0.9:0',
    '10.0.0.9:65536',
    '10.0.0',
    'http://10.0.0.9',
    'a b',
    '-x',
    '[::1]:80',
    'x/y',
  ])('%j is refused', (text) => {
    expect(() => read(text)).toThrow(/is not an address that phones can fetch from; write 10\.0\.0\.9/);
  });
});

describe('settings are served', () => {
  it.each([
    ['in a run that writes and may resync', profile('full-form', 'resync'), false, true],
    ['not in a dry run', profile('resync'), true, false],
    ['not by the forms alone', profile('partial-form', 'full-form'), false, false],
    ['not in an audit', null, false, false],
  ])('%s', async (_what, chosen, dryRun, expected) => {
    const server = await settingsServerFor({ profile: chosen, dryRun, serveAt: null }, 8, silentLog);
    expect(server !== null).toBe(expected);
    await server?.close();
  });
});
