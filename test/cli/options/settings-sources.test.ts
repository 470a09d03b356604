import { afterAll, describe, expect, it } from '@jest/globals';
import { optionTable } from '../../../src/cli/options/table.js';
import { processSources, readText, resolveSettings } from '../../../src/cli/options/settings-sources.js';
import { temporaryFiles } from '../../config/support/temporary-files.js';

const files = temporaryFiles();
afterAll(() => files.remove());

describe('the settings of a command', () => {
  it('are read from real files and take the option table', () => {
    files.write('fleet-migrate.yaml', 'httpPort: 8080\n');
    const { values, origin, configPath } = resolveSettings({
      args: { scheme: 'http' },
      env: { FLEET_MIGRATE_CONCURRENCY: '8' },
      cwd: files.dir,
      home: files.dir,
      readFile: readText,
    });
    expect(configPath).toBe(`${files.dir}/fleet-migrate.yaml`);
    expect(values).toMatchObject({ 'http-port': 8080, concurrency: 8, scheme: 'http', 'https-port': 443 });
    expect(origin).toMatchObject({
      'http-port': 'file:1',
      concurrency: 'env',
      scheme: 'flag',
      'https-port': 'default',
    });
    expect(
      Object.keys(origin)
        .filter((name) => name !== 'config')
        .sort(),
    ).toEqual(
      optionTable
        .map(({ name }) => name)
        .filter((name) => name !== 'config')
        .sort(),
    );
  });

  it('come from this process', () => {
    expect(processSources({ quiet: true })).toMatchObject({
      args: { quiet: true },
      cwd: process.cwd(),
      env: process.env,
    });
  });
});
