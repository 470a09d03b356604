import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parsedIn } from '../../../src/config/yaml/parsed-at-build.js';
import { parseYaml } from '../../../src/config/yaml/read.js';
import { builtCommand } from '../../support/command/command.js';

const dist = dirname(builtCommand);
const profiles = join(dist, '..', 'profiles');
const files = readdirSync(profiles, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));

describe('the shipped profiles in a build', () => {
  const parsed = parsedIn(pathToFileURL(join(dist, 'profiles.json')));

  it.each(files)('%s is the data that its text says', (name) => {
    const text = readFileSync(join(profiles, name), 'utf8');
    expect(parsed(text)).toEqual(parseYaml(text, name));
  });

  it('are none of them when somebody has edited them', () => {
    const text = readFileSync(join(profiles, 'models.yaml'), 'utf8');
    expect(parsed(`${text}\n`)).toBeUndefined();
  });

  it('lie where the command looks for them', () => {
    const reads = readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js') && statSync(join(dist, name)).isFile())
      .filter((name) => readFileSync(join(dist, name), 'utf8').includes('"profiles.json"'));
    expect(reads.map((name) => dirname(name))).toEqual(['.']);
  });
});
