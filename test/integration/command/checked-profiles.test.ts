import { cpSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize } from 'node:v8';
import { afterAll, describe, expect, it } from '@jest/globals';
import { allShipped } from '../../../src/config/profiles/as-shipped.js';
import { packagePath } from '../../../src/package-files.js';
import { builtCommand, runCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const dist = dirname(builtCommand);

describe('the shipped profiles in a build', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  it('are what their files say, by these files', async () => {
    expect(deserialize(readFileSync(join(dist, 'profiles.data')))).toEqual(await allShipped());
  });

  it('lie where the command looks for them', () => {
    const reads = readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js') && statSync(join(dist, name)).isFile())
      .filter((name) => readFileSync(join(dist, name), 'utf8').includes('profiles.data'));
    expect(reads.map((name) => dirname(name))).toEqual(['.']);
  });

  it('are read and checked anew once somebody has edited one', async () => {
    const copy = folder.file('package');
    cpSync(dirname(dist), copy, { recursive: true });
    symlinkSync(packagePath('node_modules'), join(copy, 'node_modules'));
    const file = join(copy, 'profiles', 'migrations', 'upgrade-mpp.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^goal: .*$/m, 'goal: upgarde'));
    const words = ['migrate', '--target', '127.0.0.1', '--profile', 'upgrade-mpp', '--files', 'http://127.0.0.1:1'];
    const { code, stderr } = await runCommand([...words, '--dry-run', '--no-config'], {
      main: join(copy, 'dist', 'main.js'),
    });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/upgrade-mpp\.yaml:\d+:\d+: goal: .*"upgarde"/)]);
  });
});
