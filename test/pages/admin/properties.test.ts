import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readAdminPage, readWholeAdminPage } from '../../../src/pages/admin/admin-page.js';
import { readEnterpriseHtml, readEnterpriseXml } from '../../../src/pages/enterprise/page.js';
import { readWholeUpgradeForm } from '../../../src/pages/upgrade-form/find.js';
import { describePage } from '../../../src/pages/sign-in/page-kind.js';
import { readStatusXml } from '../../../src/pages/cross-check/status-xml.js';
import { readIdentity } from '../../../src/pages/identity/read.js';
import { readUdi } from '../../../src/pages/enterprise/udi.js';
import { readAllFields, readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { dialects, writeAdminPage, type WrittenPage } from '../../support/pages/admin-pages.js';
import { devicePage, xml8845 } from '../../support/pages/enterprise-pages.js';
import { enterprise, multiplatform } from '../../support/pages/phone-profiles.js';
import { runs } from '../../support/depth.js';
import { anyText } from '../../support/any-text.js';

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  readAdminPage: (text) => readAdminPage(text, multiplatform),
  readIdentity: (text) => readIdentity(text, multiplatform),
  readWholeAdminPage: (text) => readWholeAdminPage(text, multiplatform),
  readUpgradeForm: (text) => readUpgradeForm(text, multiplatform),
  readWholeUpgradeForm: (text) => readWholeUpgradeForm(text, multiplatform),
  readAllFields: (text) => readAllFields(text, multiplatform),
  readStatusXml: (text) => readStatusXml(text, multiplatform),
  readEnterpriseXml: (text) => readEnterpriseXml(text, enterprise),
  readEnterpriseHtml: (text) => readEnterpriseHtml(text, enterprise),
  readUdi: (text) => readUdi(text, enterprise),
  describePage: (text) => describePage(text, multiplatform),
};

/** Pieces that pages are made of, in any order. */
const fragments = fc
  .array(
    fc.constantFrom(
      ...'< > </ <! <!-- --> <? " \' = & &#x &nbsp; &#0; [ ] : / <td> </td> <tr> <table> </table> <form action=a> </form> <fieldset disabled>'.split(
        ' ',
      ),
      ...'<script> </script> <textarea> <select> <option> <label> <div> </div> <h3> </h3> <dt> <dd> <title> <svg> <udi> </udi>'.split(
        ' ',
      ),
      '<div id="Download Status">',
      '<input name=1>',
      'Product Information',
      'Product Name',
      'CP-8841-3PCC',
      'MAC Address',
      '00CCFC123456',
      'Firmware Upgrade',
      'Upgrade Rule',
      'Transition Authorization Status',
      '[0][a][b]c',
      '<Product_Name>',
      '<MAC_Address>',
      '<!DOCTYPE x [<!ENTITY a "b">]>',
      '<__proto__>',
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''));

describe.each(Object.entries(readers))('%s', (_name, read) => {
  it('never throws on any text', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 200 }), (text) => void read(text)),
      { numRuns: runs(50, 1_000) },
    );
  });

  it('never throws on pieces of pages in any order', () => {
    fc.assert(
      fc.property(fragments, (text) => void read(text)),
      { numRuns: runs(75, 1_500) },
    );
  });

  it('takes bounded time on pages made to be slow', () => {
    for (const piece of [
      '<',
      '<a',
      '<td>',
      '<div>',
      '<form>',
      '<fieldset disabled>',
      '<!--',
      '<![CDATA[',
      '<script>',
      '<a title="',
      "='",
      '&#',
      '&',
      '</div>',
      '<b>',
      '<a></b>',
      ' ',
      '[',
      '[0][',
      '<h3>Product Information</h3>',
      '<h3>Firmware Upgrade',
      '<td>Upgrade Rule<td><input name=1>',
      '<div><label>',
      '<select><option>',
      '<udi>CP-',
      'CP-8841 ( SEP',
      '<label><td>',
      '<a><td>',
      '<!ENTITY a "',
    ]) {
      const text = piece.repeat(Math.ceil(runs(10_000, 100_000) / piece.length));
      const begin = process.cpuUsage();
      read(text);
      read(`<h3>Product Information</h3>Product Name MAC Address<form><h3>Firmware Upgrade</h3>${text}`);
      const { user, system } = process.cpuUsage(begin);
      // Generous, for slow and busy machines: what is quadratic in 100,000 characters takes minutes.
      expect({ piece, slow: (user + system) / 1000 > 8_000 }).toEqual({ piece, slow: false });
    }
  });
});

/** A page with some of its tags removed, doubled, or changed in ways that browsers forgive; texts and names stay. */
const mutatedPages = fc
  .record({
    seed: fc.nat(5_000),
    dialect: fc.constantFrom(...dialects),
    changes: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(5)), { maxLength: 6 }),
    keep: fc.oneof(
      { weight: 3, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.double({ min: 0.2, max: 1, noNaN: true }) },
    ),
  })
  .map(({ seed, dialect, changes, keep }) => {
    const page = writeAdminPage(seed, dialect, { fillerRows: 1, decoys: seed % 2 === 0 });
    const parts = page.html.split(/(<[^<>]*>)/);
    // Not the decoys' own tags: without their comment around them they would be the page.
    const first = parts.findIndex((part) => part.startsWith('See Firmware Upgrade')) + 1;
    const last = parts.findIndex((part) => part.startsWith('<SCRIPT'));
    const count = (last < 0 ? parts.length : last) - first;
    for (const [where, kind] of changes) {
      const at = first + 2 * Math.floor((where * (count - 2)) / 2) + (first % 2 === 0 ? 1 : 0);
      const tag = parts[at] ?? '';
      parts[at] =
        [
          () => '',
          () => (/input|select/i.test(tag) ? tag : tag + tag),
          () => tag.toUpperCase().replace(/VALUE=.*/s, () => tag.slice(tag.toUpperCase().indexOf('VALUE='))),
          () => `<!-- ${tag} -->${tag}`,
          () => `\n ${tag}\t`,
          () => `<b>${tag}`,
        ][kind]?.() ?? tag;
    }
    const html = parts.join('');
    return { ...page, html: html.slice(0, Math.ceil(html.length * keep)) };
  });

describe('a page with broken markup', () => {
  it('never gives a wrong field: a name that is given is the true one', () => {
    let given = 0;
    fc.assert(
      fc.property(mutatedPages, ({ html, truth }: WrittenPage) => {
        const form = readUpgradeForm(html, multiplatform);
        if (!form) return;
        given++;
        for (const field of ['upgradeRule', 'authorizationRule', 'authorizationType'] as const) {
          if (form[field]) expect({ field, name: form[field].name }).toEqual({ field, name: truth.form[field]?.name });
        }
      }),
      { numRuns: runs(150, 3_000) },
    );
    // Most of it is forgiven: a reader that always gives up would pass otherwise.
    expect(given).toBeGreaterThan(runs(75, 1_500));
  });

  it('never gives another phone’s MAC, a license that is not there, nor half a version', () => {
    let given = 0;
    fc.assert(
      fc.property(mutatedPages, ({ html, truth }: WrittenPage) => {
        const information = readAdminPage(html, multiplatform)?.productInformation;
        if (!information) return;
        given++;
        expect([truth.mac, null]).toContain(information.mac);
        expect([null, truth.transitionAuthorizationType]).toContain(information.transitionAuthorizationType);
        for (const field of ['serial', 'softwareVersion', 'customization'] as const) {
          expect([null, truth[field]]).toContain(information[field]);
        }
      }),
      { numRuns: runs(150, 3_000) },
    );
    expect(given).toBeGreaterThan(runs(75, 1_500));
  });

  it('is read from its sections as from the whole page', () => {
    fc.assert(
      fc.property(mutatedPages, ({ html }: WrittenPage) => {
        expect(readAdminPage(html, multiplatform)).toEqual(readWholeAdminPage(html, multiplatform));
        // A stray </td> ends a cell far outside the section, so that the whole page has no row to read: its section has one.
        const whole = readWholeUpgradeForm(html, multiplatform);
        if (whole) expect(readUpgradeForm(html, multiplatform)).toEqual(whole);
      }),
      { numRuns: runs(50, 1_000) },
    );
  });

  it('never makes the readers of Enterprise pages throw', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(devicePage(), xml8845),
        fc.nat(3000),
        fc.nat(40),
        fc.string({ maxLength: 5 }),
        (text, at, length, extra) => {
          const changed = text.slice(0, at) + extra + text.slice(at + length);
          for (const read of [readEnterpriseXml, readEnterpriseHtml]) {
            const vid = read(changed, enterprise)?.vid ?? null;
            // The hardware revision V01 stands a few lines away and must never pass for the VID V00.
            expect(vid).not.toBe('V01');
          }
        },
      ),
      { numRuns: runs(75, 1_500) },
    );
  });
});
