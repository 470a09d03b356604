import { describe, expect, it } from '@jest/globals';
import { readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';
import { oddity, page, rule } from '../support/odd-page.js';

/** The control of the rule with something more in its tag, or its row with something around or in it. */
const withTag = (more: string): string => page(rule.replace('<input', `<input ${more}`));
const withRow = (more: string): string => page(rule.replace('<tr', `<tr ${more}`));

describe('a control that cannot be seen', () => {
  it.each([
    'hidden',
    'HIDDEN=until-found',
    'style="display:none"',
    'style="color: red; DISPLAY : none !important"',
    'style="display:/* x */none"',
    'style="d\\69splay:none"',
    'style="visibility:hidden"',
    'style="visibility: collapse"',
    'style="opacity:0"',
    'style="opacity: 0.0"',
    'style="width:0"',
    'style="height: 0px; border: 0"',
    'style="position:absolute; left:-9999px"',
    'style="margin-left: -1000em"',
    'style="text-indent:-500px"',
    'style="clip: rect(0 0 0 0)"',
    'style="clip-path: inset(50%)"',
    'style="transform: scale(0)"',
    'style="font-size:0"',
    'style="opacity:0e0"',
    'style="opacity:.001"',
    'style="opacity:calc(0)"',
    'style="zoom:0"',
    'style="filter:opacity(0)"',
    'style="mask:linear-gradient(transparent,transparent)"',
    'style="height:calc(0px)"',
    'style="position:absolute;left:200vw"',
    'style="width:1px;height:1px;overflow:hidden"',
    'aria-hidden="true"',
    'inert',
  ])('by its own %s is no field, nor in a row that has it', (hiding) => {
    for (const html of [withTag(hiding), withRow(hiding)])
      expect(oddity(html)).toMatch(/is hidden by a (input|tr) tag$/);
  });

  it.each([
    'style="width:80px; opacity:0.9; margin-left:-1px; text-transform:none"',
    'style="display:block;visibility:visible;height:1.0em"',
    'aria-hidden="false"',
    'class="hidden"',
    'data-hidden="1"',
    'style="line-height:0; border-width:0"',
  ])('is not one with %s', (harmless) => {
    for (const html of [withTag(harmless), withRow(harmless)]) expect(oddity(html)).toBeNull();
  });

  it.each([
    ['a cell', rule.replace('<td><input', '<td style="display:none"><input')],
    ['a span', rule.replace(/(<input[^>]*>)/, '<span hidden>$1</span>')],
    ['a div in the cell', rule.replace(/(<input[^>]*>)/, '<div style="height:0;overflow:hidden">$1</div>')],
    ['a dialog that is closed', rule.replace(/(<input[^>]*>)/, '<dialog>$1</dialog>')],
    ['its hidden label', rule.replace('Upgrade Rule:', '<span style="display:none">Upgrade Rule:</span>')],
  ])('is one within %s', (_what, row) => {
    expect(oddity(page(row))).not.toBeNull();
  });

  it.each([
    ['a form', page(rule, { form: '<form action="bcisco.csc" method="POST" style="display:none">' })],
    [
      'a fieldset that holds the section',
      page(`${rule}`, { section: '<fieldset hidden><legend>Firmware Upgrade</legend>' }),
    ],
    ['a block that holds the section', page(rule, { section: '<div style="display:none"><h3>Firmware Upgrade</h3>' })],
    ['a block with an id that is no tab', page(rule, { section: '<div id="old" hidden><h3>Firmware Upgrade</h3>' })],
    ['a row that holds all of it', page(rule, { before: '<table><tr hidden><td>' })],
    ['details that hold all of it', page(rule, { before: '<details><summary>Expert</summary>' })],
    ['a block that holds all of it', page(rule, { before: '<div aria-hidden=true>' })],
    ['a cell far above, never closed', page(rule, { before: '<table><tr><td style="visibility:hidden">' })],
  ])('is one within %s', (_what, html) => {
    expect(oddity(html)).toMatch(/"Upgrade Rule:" is hidden by a \w+ tag/);
  });

  it.each([
    ['a template', '<template>', '</template>'],
    ['noscript', '<noscript>', '</noscript>'],
    ['a comment', '<!--', '-->'],
    ['a closed part of the page', '<details><summary>More</summary>', '</details>'],
  ])('within %s is not there at all', (_what, opens, closes) => {
    expect(readUpgradeForm(page(`${opens}${rule}${closes}`), multiplatform)).toBeNull();
  });

  it('is sound in a tab that is not the one looked at, and after what is hidden and closed', () => {
    expect(
      oddity(page(rule, { section: '<div id="Provisioning" style="display:none"><h3>Firmware Upgrade</h3>' })),
    ).toBeNull();
    expect(oddity(page(rule, { before: '<section id="Ext 1" hidden></section><section id=Voice hidden>' }))).toBeNull();
    expect(oddity(page(rule, { before: '<div style="display:none"><p hidden>x</div><details></details>' }))).toBeNull();
    expect(
      oddity(
        page(rule, { before: '<script>"<div hidden>"</script><!-- <div hidden> --><textarea><div hidden></textarea>' }),
      ),
    ).toBeNull();
    expect(oddity(page(rule.replace('<input', '<input type="hidden" name="9"><input')))).toBeNull();
  });

  it('beside a visible one leaves it open which of them counts', () => {
    expect(oddity(page(rule.replace('<input', '<input style="display:none" name="9"><input')))).toMatch(
      /more than one/,
    );
  });
});
