import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { readAdminPage } from '../../../src/pages/admin/admin-page.js';
import { readEnterpriseHtml } from '../../../src/pages/enterprise/page.js';
import { readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { dialects, writeAdminPage } from '../../support/pages/admin-pages.js';
import { devicePage } from '../../support/pages/enterprise-pages.js';
import { enterprise, multiplatform } from '../../support/pages/phone-profiles.js';

describe('what was read', () => {
  it('does not keep the page in memory', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const read = (seed: number): unknown => {
      const dialect = dialects[seed % dialects.length] ?? 'bcisco';
      const html = Buffer.from(writeAdminPage(seed, dialect, { fillerRows: 300 }).html).toString();
      const device = Buffer.from(`${devicePage()}${'<!-- filler -->'.repeat(5_000)}`).toString();
      return [
        readAdminPage(html, multiplatform),
        readUpgradeForm(html, multiplatform),
        readEnterpriseHtml(device, enterprise),
      ];
    };
    const kept = Array.from({ length: 20 }, (_, seed) => read(seed));
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let seed = 0; seed < 100; seed++) kept.push(read(seed));
    collect();
    const perPage = (process.memoryUsage().heapUsed - before) / 100;
    expect(kept.length).toBe(120);
    // Each pair of pages is 150 KB; a record alone is 3 KB.
    expect(perPage).toBeLessThan(20_000);
  });
});
