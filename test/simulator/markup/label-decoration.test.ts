import { afterEach, describe, expect, it } from '@jest/globals';
import { MARKUP } from '../../../src/simulator/behavior/markup.js';
import { HTML_DIALECTS } from '../../../src/simulator/scenario/scenario.js';
import { type Lab, lab, phoneWith } from '../support/lab.js';

let open: Lab | undefined;
afterEach(() => open?.close());

const shown = {
  'help-button': '<button type="button" class="tip" aria-label="Help">?</button>',
  'help-link': '<a href="#help">[?]</a>',
  'required-mark': '<sup class="required">*</sup>',
  'word-link': '<a href="/help.html">Help</a>',
  'required-word': '<em>(required)</em>',
  'optional-word': '<small>(optional)</small>',
  footnote: '<sup>1</sup>',
  details: '<details><summary>?</summary>',
  tooltip: '<span class="tooltip" role="tooltip">',
  'hidden-span': '<span style="display:none">',
  comment: '<!-- label',
} as const;

describe.each(HTML_DIALECTS)('in the %s dialect', (dialect) => {
  it.each(MARKUP.others.labelDecoration)('labels and headings may have more beside them: %s', async (value) => {
    open = await lab(phoneWith({ labelDecoration: value }, { dialect }));
    const { body } = await open.get('/admin/advanced');
    const decoration = shown[value as keyof typeof shown];
    const after = (text: string): string => body.slice(body.lastIndexOf(text) + text.length).trimStart();
    for (const text of ['Firmware Upgrade', 'Transition Authorization Type', 'Product Information', 'Software Version'])
      expect(after(text).replace(/^:\s*/, '').startsWith(decoration)).toBe(true);
    await open.close();
    open = undefined;
  });
});
