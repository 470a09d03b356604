import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadSettingsFiles } from '../../../src/config/profiles/settings-files.js';
import { shippedProfilesDir } from '../../../src/config/profiles/shipped.js';
import { messageOf, temporaryFiles } from '../support/temporary-files.js';

const files = temporaryFiles();
afterAll(() => files.remove());

const shipped = readFileSync(join(shippedProfilesDir(), 'settings-files.yaml'), 'utf8');

describe('profiles/settings-files.yaml', () => {
  it('has every entry with its source and the date it was last looked up', () => {
    for (const { source, asOf } of Object.values(loadSettingsFiles())) {
      expect(source).toMatch(/docs\/knowledge\/[\w-]+\.md#[\w-]+/);
      expect(asOf).toMatch(/^2026-\d{2}-\d{2}$/);
    }
  });

  it.each([
    [
      'a source that is not listed',
      'source: ucm-files',
      'source: ucm',
      /defaultLoads\.source: there is no source "ucm"/,
    ],
    [
      'a broken expression',
      'XMLDefault\\.cnf',
      '(XMLDefault\\.cnf',
      /defaultLoads\.name: expected a regular expression/,
    ],
    ['a tag that is none', 'root: device', 'root: <device>', /phone\.root: expected the name of a tag/],
    [
      'a load without a number',
      'loadInformation{number}',
      'loadInformation',
      /expected the name of a tag that ends in/,
    ],
  ])('with %s is refused with line and place', (_, from, to, expected) => {
    expect(shipped).toContain(from);
    const message = messageOf(() => loadSettingsFiles(files.write('broken.yaml', shipped.replace(from, to))));
    expect(message).toMatch(expected);
    expect(message).toMatch(/^.*broken\.yaml:\d+:\d+: /);
  });
});
