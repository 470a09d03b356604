import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readAdminPage } from '../../../src/pages/admin/admin-page.js';
import { readEnterpriseHtml } from '../../../src/pages/enterprise/page.js';
import { readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { enterprise, multiplatform } from '../../support/pages/phone-profiles.js';

const folder = resolve(process.env['FLEET_MIGRATE_CAPTURES'] ?? '../shared/captures', 'enterprise');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.html')) : [];

// Pages of real phones, `<model>.<page>.html`, picked up by name: a new capture is a new test. Most are network pages, which are made like
// the device page.
(files.length > 0 ? describe : describe.skip)(`captured pages (skipped where there are none in ${folder})`, () => {
  it.each(files.length > 0 ? files : ['none'])('%s', (file) => {
    const [model = ''] = file.split('.');
    const html = readFileSync(join(folder, file), 'latin1');
    // Publishers blanked out some letters of the MAC: then there is none to read.
    const mac = /SEP([0-9A-F]{12})\b/i.exec(html)?.[1]?.toUpperCase() ?? null;
    expect(readEnterpriseHtml(html, enterprise)).toMatchObject({ productId: model, mac });
    expect(readAdminPage(html, multiplatform)).toBeNull();
    expect(readUpgradeForm(html, multiplatform)).toBeNull();
  });
});
