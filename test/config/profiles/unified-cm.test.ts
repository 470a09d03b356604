import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { shippedProfilesDir } from '../../../src/config/profiles/shipped.js';
import { loadUnifiedCm } from '../../../src/config/profiles/unified-cm.js';
import { ucmFailures } from '../../../src/domain/failures/ucm-failures.js';
import { messageOf, temporaryFiles } from '../support/temporary-files.js';

const files = temporaryFiles();
afterAll(() => files.remove());

const shipped = readFileSync(join(shippedProfilesDir(), 'unified-cm.yaml'), 'utf8');
const models = loadModels();

describe('profiles/unified-cm.yaml', () => {
  it('has every entry with its source and the date it was last looked up', () => {
    const { modelsByNumber: _, roles, ...entries } = loadUnifiedCm(models);
    for (const { source, asOf } of [...Object.values(entries), ...Object.values(roles)]) {
      expect(source).toMatch(/\[[DFALIU]\].*docs\/knowledge\/[\w-]+\.md#[\w-]+/);
      expect(asOf).toMatch(/^2026-\d{2}-\d{2}$/);
    }
  });

  it('has the models by the numbers of models.yaml, and the words of a status', () => {
    const { modelsByNumber, statusReasons } = loadUnifiedCm(models);
    expect(modelsByNumber.size).toBe(15);
    expect(modelsByNumber.get(36260)).toBe('8832NR');
    expect(statusReasons.byNumber.get(8)).toBe('DeviceInitiatedReset');
  });

  it('knows the faults by what they say', () => {
    const { faults } = loadUnifiedCm(models);
    const tooLarge = 'Query request too large. Total rows matched: 2816 rows. Suggestive Row Fetch: less than 844 rows';
    expect(faults.tooLarge.exec(tooLarge)?.groups).toEqual({ rows: '844' });
    expect(faults.rate.test('AxisFault: Exceeded allowed rate for Reatime information')).toBe(true);
  });

  it.each([
    [
      'a source that is not listed',
      'source: ris-limits',
      'source: limits',
      /realTime\.source: there is no source "limits"/,
    ],
    ['a broken expression', "'Exceeded allowed rate'", "'(Exceeded'", /faults\.rate: expected a regular expression/],
    ['no number of rows', '(?<rows>\\d{1,9})', '\\d+', /faults\.tooLarge: expected a group \(\?<rows>…\)/],
    [
      'a tag that is none',
      'tags: [loadServer]',
      'tags: [<loadServer>]',
      /loadServer\.tags\[0\]: expected the name of a tag/,
    ],
    ['no names in a request', 'namesPerRequest: 900', 'namesPerRequest: 0', /realTime\.namesPerRequest: /],
  ])('with %s is refused with line and place', (_, from, to, expected) => {
    expect(shipped).toContain(from);
    const message = messageOf(() => loadUnifiedCm(models, files.write('broken.yaml', shipped.replace(from, to))));
    expect(message).toMatch(expected);
    expect(message).toMatch(/^.*broken\.yaml:\d+:\d+: /);
  });
});

it('the hint of a missing role names those that give what is needed', () => {
  const { roles } = loadUnifiedCm(models);
  const { hint } = ucmFailures['ucm-role-missing'];
  for (const role of [...roles.write.anyOf, ...roles.write.beside, ...roles.realTime.anyOf, roles.services.anyOf[0]])
    expect(hint).toContain(role);
});
