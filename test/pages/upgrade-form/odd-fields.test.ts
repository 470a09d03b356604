import { describe, expect, it } from '@jest/globals';
import { readFirmwareUpgrade, readUpgradeForm } from '../../../src/pages/upgrade-form/read.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';
import { oddity, other, page, rule } from '../support/odd-page.js';

it('the page that the others are made from is sound', () => {
  expect(oddity(page(rule + other))).toBeNull();
});

describe('a row that begins with a control', () => {
  it.each([
    ['control, label, control', '<tr><td><input name="1"></td><td>Upgrade Rule</td><td><input name="5001"></td></tr>'],
    ['control, label', '<tr><td><input name="5001"></td><td>Upgrade Rule</td></tr>'],
    [
      'a box to tick first',
      '<tr><td><input type="checkbox" name="1"></td><td>Upgrade Rule</td><td><input name="5001"></td></tr>',
    ],
    [
      'control and label, twice',
      '<tr><td><input name="1"></td><td>Log Server</td><td><input name="5001"></td><td>Upgrade Rule</td></tr>',
    ],
    [
      'an empty cell, then a control',
      '<tr><td>&nbsp;</td><td><input name="1"></td><td>Upgrade Rule</td><td><input name="5001"></td></tr>',
    ],
    ['within one label', '<tr><td><label><input name="5001"> Upgrade Rule</label></td></tr>'],
    ['without a table', '<div><input name="1"><label>Upgrade Rule</label><input name="5001"></div>'],
  ])('names no control for sure: %s', (_what, row) => {
    expect(oddity(page(row))).toMatch(/^the row of "Upgrade Rule" begins with a control$/);
  });

  it.each([
    ['a hidden input', '<input type="hidden" name="1">'],
    ['a button', '<button type="button">?</button>'],
  ])('is sound where it is only %s', (_what, first) => {
    expect(oddity(page(rule.replace('<tr>', `<tr><td>${first}</td>`)))).toBeNull();
  });

  it('says nothing of rows with other labels', () => {
    expect(
      oddity(page(`<tr><td><input name="1"></td><td>Log Server</td><td><input name="2"></td></tr>${rule}`)),
    ).toBeNull();
  });
});

describe('a label that could be that of more than one control', () => {
  it.each([
    ['two in the cell beside it', rule.replace('</td></tr>', '<input name="2"></td></tr>'), /more than one control/],
    [
      'another cell with a control, and no word',
      rule.replace('</tr>', '<td><input name="2"></td></tr>'),
      /more than one control/,
    ],
    [
      'one that has a text of its own before it',
      rule.replace('<input', 'Log Server <input'),
      /has a text of its own before it/,
    ],
    ['another row with the same label', rule + rule.replace('5001', '5002'), /more than once/],
    [
      'another row with it, which is only shown',
      `${rule}<tr><td>Upgrade Rule</td><td>http://a/</td></tr>`,
      /more than once/,
    ],
    ['a value that reads like it', `<tr><td>Log Server</td><td>Upgrade Rule</td></tr>${rule}`, /more than once/],
  ])('is odd with %s', (_what, rows, text) => {
    expect(oddity(page(rows))).toMatch(text);
  });

  it('is sound with a word after the control', () => {
    expect(oddity(page(rule.replace('</td></tr>', ' (URL)</td></tr>')))).toBeNull();
    expect(oddity(page(rule.replace('</tr>', '<td>a URL</td></tr>')))).toBeNull();
  });
});

describe('a label for another control', () => {
  const labeled = (owner: string): string =>
    rule.replace('Upgrade Rule:', `<label for="${owner}">Upgrade Rule:</label>`);

  it.each([
    ['than the one beside it', page(labeled('o') + other), /is for "o", not for the control beside it/],
    ['that stands in another section', page(labeled('x'), { end: '<input id="x" name="7">' }), /is for "x", not/],
    ['that is nowhere', page(labeled('nowhere')), /is for "nowhere", not/],
    ['whose id is there twice', page(labeled('r'), { before: '<p id="r"></p>' }), /has the id "r" more than once/],
    [
      'by a name that is the id of another',
      page(labeled('5001'), { end: '<input id="5001" name="7">' }),
      /is for "5001", not/,
    ],
  ])('%s: nothing is written', (_what, html, text) => {
    expect(oddity(html)).toMatch(text);
  });

  it('is odd where it holds a control itself', () => {
    const html = page(`<tr><td><label for="o">Upgrade Rule <input name="5001"></label></td></tr>${other}`);
    expect(oddity(html)).toMatch(/is for "o"/);
  });

  it.each([
    [
      'another one',
      page(rule, { end: '<label for="r">Log Server</label>' }),
      /another label than "Upgrade Rule:" is for the control/,
    ],
    [
      'another one beside the right one',
      page(labeled('r'), { end: '<label for="r">Log Server</label>' }),
      /two labels are for "r"/,
    ],
  ])('is odd where the control has %s', (_what, html, text) => {
    expect(oddity(html)).toMatch(text);
  });

  it('is sound where it is for the very control, by id or, as old browsers take it, by name', () => {
    expect(oddity(page(labeled('r') + other))).toBeNull();
    expect(oddity(page(labeled('5001') + other))).toBeNull();
    expect(oddity(page(labeled('&#114;') + other))).toBeNull();
  });
});

describe('a heading that nobody told us of', () => {
  it.each([
    ['in a row of one cell', '<tr><td colspan="2">Peer Sharing</td></tr>'],
    ['in bold', '<tr><td colspan="2"><b>Peer Sharing:</b></td></tr>'],
    ['in a row of its class', '<tr class="head"><th>Peer Sharing</th><td></td></tr>'],
    ['after an empty cell', '<tr><td></td><td>Peer Sharing</td></tr>'],
    ['in brackets', '<tr><td>[Peer Sharing]</td></tr>'],
    ['with one word', '<tr><td>Peers</td></tr>'],
    ['as a smaller heading', '</table><h4>Peer Sharing</h4><table>'],
    ['as a sentence of its own in h5', '</table><h5>These are others.</h5><table>'],
    ['as a line of text', '</table><p>Peer Sharing</p><table>'],
    ['as the id of a block', '</table><div id="Peer Sharing"><table>'],
    ['as a button', '</table><button type="button">Peer Sharing</button><table>'],
    ['as a button in a cell', '<tr><th colspan="2"><button>Peer Sharing</button></th></tr>'],
  ])('%s: what follows it may be its own', (_what, heading) => {
    expect(oddity(page(`${other}${heading}${rule}`))).toMatch(
      /"Upgrade Rule:" is under ".*", a heading that is not known/,
    );
  });

  it.each([
    ['a known one comes first', `${rule}<tr><td colspan="2">Peer Sharing</td></tr>${other}`],
    ['it is a sentence', `<tr><td colspan="2">These settings are for new firmware.</td></tr>${rule}`],
    ['it is long', `<tr><td colspan="2">${'New firmware and how it comes to the phone, '.repeat(3)}</td></tr>${rule}`],
    ['it is a label whose value is empty', `<tr><td>Log Server</td><td></td></tr>${rule}`],
    ['it has no letter', `<tr><td colspan="2">---</td></tr>${rule}`],
    ['it is an id that is no title', `</table><div id="upgrade-box"><table>${rule}`],
  ])('is none where %s', (_what, rows) => {
    expect(oddity(page(rows))).toBeNull();
  });

  it.each(['Peer Sharing', '<img alt="Peer Sharing">', ''])(
    'that is as large ends the section for sure, be it of words or not: %s',
    (heading) => {
      expect(readFirmwareUpgrade(page(`</table><h3>${heading}</h3><table>${rule}`), multiplatform)).toEqual({
        form: null,
        oddity: null,
      });
    },
  );
});

describe('a form that is not like one', () => {
  it.each([
    ['in its own form', page(rule, { end: '<input type="hidden" name="5001">' }), /has the name "5001" more than once/],
    ['in a section before', page(rule, { section: '<input name=5001><h3>Firmware Upgrade</h3>' }), /more than once/],
    ['written in references', page(rule, { end: '<input name="&#53;001">' }), /more than once/],
    ['on a button', page(rule, { end: '<button name="5001">x</button>' }), /more than once/],
    [
      'given to it from elsewhere',
      page(rule, { before: '<input form="f" name="5001">', form: '<form id="f" action="bcisco.csc" method="POST">' }),
      /more than once/,
    ],
  ])('has a name twice: %s', (_what, html, text) => {
    expect(oddity(html)).toMatch(text);
  });

  it.each([
    ['in another form', page(rule, { before: '<form><input name="5001"></form>' })],
    ['given to another form', page(rule, { end: '<input form="g" name="5001">' })],
    [
      'in a comment, a script, a template',
      page(rule, {
        end: '<!-- <input name=5001> --><script>"<input name=5001>"</script><template><input name=5001></template>',
      }),
    ],
    ['only as a value', page(rule, { end: '<input name="7" value="5001">' })],
  ])('has the name once where the other is %s', (_what, html) => {
    expect(oddity(html)).toBeNull();
  });

  it.each([
    [
      'a button that posts elsewhere',
      page(rule, { end: '<button formaction="/other.cgi">Save</button>' }),
      /a button of its form has formaction="\/other.cgi"/,
    ],
    [
      'a button outside that posts elsewhere',
      page(rule, {
        before: '<input type=submit form=f formaction=x>',
        form: '<form id=f action="bcisco.csc" method="POST">',
      }),
      /formaction="x"/,
    ],
    [
      'a button that posts otherwise',
      page(rule, { end: '<input type="submit" formmethod="get">' }),
      /formmethod="get"/,
    ],
    [
      'a button with another encoding',
      page(rule, { end: '<input type="submit" formenctype="text/plain">' }),
      /formenctype="text\/plain"/,
    ],
    [
      'a base address',
      page(rule, { before: '<base href="http://10.0.0.9/">' }),
      /has a base address, "http:\/\/10.0.0.9\/"/,
    ],
  ])('has %s: its fields are shown, but not given', (_what, html, text) => {
    expect(oddity(html)).toMatch(text);
    const { form, oddity: odd } = readFirmwareUpgrade(html, multiplatform);
    expect([form?.upgradeRule?.value, odd?.about]).toEqual(['http://a/b.loads', 'form']);
  });

  it.each([
    [
      'a button that says the same',
      page(rule, { end: '<button formaction="bcisco.csc" formmethod=POST>Save</button>' }),
    ],
    ['a button of another form', page(rule, { before: '<form><button formaction=x>Find</button></form>' })],
    ['a base without an address', page(rule, { before: '<base target="_top">' })],
  ])('is sound with %s', (_what, html) => {
    expect(oddity(html)).toBeNull();
  });
});

it('what only looks like a field is none, and what only helps to fill one in does no harm', () => {
  const edited = rule.replace(
    /<input[^>]*>/,
    '<div contenteditable>http://a/b.loads</div><input type="hidden" name="5001">',
  );
  expect(readUpgradeForm(page(edited), multiplatform)).toBeNull();
  const suggested = rule.replace('<input', '<datalist id="d"><option>http://a/</datalist><input list="d"');
  expect(oddity(page(suggested))).toBeNull();
});

it('an option that cannot be chosen is not offered', () => {
  const options = '<option selected>Classic<option disabled>WxC<optgroup disabled><option>Other</optgroup>';
  const html = page(
    `${rule}<tr><td>Transition Authorization Type</td><td><select name=9>${options}</select></td></tr>`,
  );
  expect(readUpgradeForm(html, multiplatform)?.authorizationType?.options).toEqual([
    { value: 'Classic', label: 'Classic' },
  ]);
});
