import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readAdminPage } from '../../../src/pages/admin/admin-page.js';
import { readEnterpriseHtml } from '../../../src/pages/enterprise/page.js';
import { describePage } from '../../../src/pages/sign-in/page-kind.js';
import { readStatusXml } from '../../../src/pages/cross-check/status-xml.js';
import { readAllFields, readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { randomOf } from '../../support/pages/admin-page-dialects.js';
import { dialects, writeAdminPage } from '../../support/pages/admin-pages.js';
import { enterprise, multiplatform } from '../../support/pages/phone-profiles.js';
import { workOf } from '../support/count-work.js';
import { mutate, partsOf } from '../support/mutate.js';
import { covering } from '../../support/covering.js';
import { coverEach, runs } from '../../support/depth.js';

/** So many of a thing, a fortieth of them where the tests are quick. */
const many = (count: number): number => runs(Math.ceil(count / 40), count);

/** What is put into a page at once, in bulk. */
const bulk: readonly (readonly [what: string, piece: string, count: number])[] = [
  ['nested blocks', '<div>', 10_000],
  ['nested tables', '<table><tr><td>', 10_000],
  ['nested tables', '<table><tr><td>', 60_000],
  ['nested inline tags', '<b><font>', 10_000],
  ['closing tags', '</div></td>', 10_000],
  ['NULs', '\0', 100_000],
  ['comments with rows', '<!-- <tr><td>Upgrade Rule:<td><input name=1> -->', 10_000],
  ['labels that are never closed', '<label>', 285_000],
  ['forms', '<form></form>', 20_000],
  ['disabled fieldsets with a control', '<fieldset disabled><input name="z"></fieldset>', 20_000],
  ['headings', '<h3>CA Settings</h3>', 20_000],
  ['rows of nothing', '<tr><td></td></tr>', 20_000],
];
const markup: ReadonlyMap<string, string> = new Map([
  ...bulk.map(([what, piece, count]) => [`${many(count)} ${what}`, piece.repeat(many(count))] as const),
  ['a long attribute', `<div title="${'Upgrade Rule '.repeat(many(80_000))}"></div>`],
  ['a long attribute that is never closed', `<div title="${'x'.repeat(many(1_000_000))}`],
  [`${many(60_000)} labels in one row`, `<tr>${'<label>x</label>'.repeat(many(60_000))}</tr>`],
  [`${many(60_000)} labels and empty cells in one row`, `<tr>${'<td>x<td>'.repeat(many(60_000))}</tr>`],
  [`${many(60_000)} options`, `<select name="z">${'<option>x'.repeat(many(60_000))}</select>`],
  ['open inline tags and rows', `${'<b>'.repeat(many(4_900))}${'<hr>x'.repeat(many(20_000))}`],
]);

/** Every dialect with everything in bulk, at two places of the page. */
const rows = dialects.flatMap((dialect) =>
  [...markup.keys()].flatMap((what) => [0.3, 0.8].map((place) => ({ dialect, what, place }))),
);

/** The page of a row, and what is true of it. */
function written({ dialect, what, place }: (typeof rows)[number]) {
  const { html, truth } = writeAdminPage(7, dialect, { decoys: false });
  const at = html.indexOf('<', Math.floor(html.length * place));
  return { page: html.slice(0, at) + markup.get(what) + html.slice(at), truth };
}

describe('a page with something in bulk', () => {
  it.each(coverEach(rows))('is read rightly or not at all: "$dialect" with $what at $place', (row) => {
    const { page, truth } = written(row);
    const information = readAdminPage(page, multiplatform)?.productInformation;
    const form = readUpgradeForm(page, multiplatform);
    if (information) expect([truth.mac, null]).toContain(information.mac);
    if (form?.upgradeRule) expect(form.upgradeRule.name).toBe(truth.form.upgradeRule.name);
  });

  it.each(covering(rows, 1))('takes work in proportion to its length: "$dialect" with $what at $place', (row) => {
    const { page } = written(row);
    const work = workOf(() => {
      readAdminPage(page, multiplatform);
      readUpgradeForm(page, multiplatform);
      readAllFields(page, multiplatform);
      readStatusXml(page, multiplatform);
      describePage(page, multiplatform);
    });
    // The longest way goes about a hundred times over each character; what is quadratic, thousands of times.
    expect(work / page.length).toBeLessThan(250);
  });
});

const folder = resolve(process.env['FLEET_MIGRATE_CAPTURES'] ?? '../shared/captures', 'enterprise');
const captures = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.network.html')) : [];

(captures.length > 0 ? describe : describe.skip)(`captured pages (skipped where there are none in ${folder})`, () => {
  it.each(captures.length > 0 ? captures : ['none'])('%s broken in many ways names no other phone', (file) => {
    const html = readFileSync(join(folder, file), 'latin1');
    const truth = readEnterpriseHtml(html, enterprise);
    for (let seed = 1; seed <= runs(20, 200); seed += 1) {
      const parts = partsOf(html);
      const how = mutate(parts, randomOf(seed), 6).join(' | ');
      const read = readEnterpriseHtml(parts.join(''), enterprise);
      if (read === null) continue;
      expect({ how, productId: read.productId }).toEqual({ how, productId: truth?.productId });
      if (read.mac !== null) expect({ how, mac: read.mac }).toEqual({ how, mac: truth?.mac });
    }
  });
});
