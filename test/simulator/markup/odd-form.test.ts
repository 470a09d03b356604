import { afterEach, describe, expect, it } from '@jest/globals';
import type { Behavior } from '../../../src/simulator/index.js';
import { MARKUP } from '../../../src/simulator/behavior/markup.js';
import type { Dialect } from '../../../src/simulator/scenario/scenario.js';
import { HTML_DIALECTS } from '../../../src/simulator/scenario/scenario.js';
import { type Lab, lab, phoneWith } from '../support/lab.js';

let open: Lab | undefined;
afterEach(() => open?.close());

const ways = MARKUP.others.oddForm.filter((way) => way !== 'no');

async function page(dialect: Dialect, behavior: Partial<Behavior>): Promise<string> {
  await open?.close();
  open = await lab(phoneWith(behavior, { dialect }));
  return (await open.get('/admin/advanced')).body;
}

/** What stands in an odd page and not in a sound one. */
const marks: Readonly<Record<(typeof ways)[number], RegExp>> = {
  'control-first': /<tr[^>]*><td><input type="checkbox"><\/td>/i,
  'label-for-other': /<label for="other">(&nbsp;)?Upgrade Rule:?<\/label>/,
  'hidden-field': /<input style="display:none" [^>]*name="\d+"/i,
  'hidden-row': /<tr style="display:none"/i,
  'hidden-around': /<form [^>]*>(<div style="display:none">)/i,
  'unknown-heading': /Staged Rollout/,
  'name-twice': /<form [^>]*><input type="hidden" name="(\d+)" value="">[^]*name="\1"/i,
  'unknown-action': /<form [^>]*action="?\/admin\/save.cgi/i,
  'button-elsewhere': /<button formaction="\/admin\/save.cgi">/,
};

describe.each(HTML_DIALECTS)('a page in the %s dialect', (dialect) => {
  it.each(ways)('may have an odd form: %s', async (oddForm) => {
    expect(await page(dialect, {})).not.toMatch(marks[oddForm]);
    expect(await page(dialect, { oddForm })).toMatch(marks[oddForm]);
  });

  it.each(ways)('notes a post to it: %s', async (oddForm) => {
    await page(dialect, { oddForm });
    await open?.post({ 'Upgrade Rule': 'http://127.0.0.1/x.loads' });
    expect(open?.phone.violations).toContain(`posted a form or a field that is not sure (${oddForm})`);
  });
});

it('a page that scripts fill in has no field to be odd, but a form', async () => {
  expect(await page('json', { oddForm: 'unknown-action' })).toMatch(marks['unknown-action']);
  expect(await page('json', { oddForm: 'hidden-field' })).toBe(await page('json', {}));
});
