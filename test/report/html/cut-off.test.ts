import { describe, expect, it } from '@jest/globals';
import { load } from 'cheerio/slim';
import { render } from 'preact-render-to-string';
import type { RunReport } from '../../../src/domain/report/report.js';
import { phonesByReport } from '../../../src/domain/report/story/story.js';
import { Story } from '../../../src/report/html/story.js';
import { samplePhone, sampleReport } from '../support/sample.js';
import { sampleUnfinished } from '../support/unfinished.js';

const left = [
  sampleUnfinished({ address: '10.0.0.7', mac: '00CCFC000007', state: 'restarting' }),
  sampleUnfinished({ address: '10.0.0.8', mac: '00CCFC000008', state: 'waiting', touched: false, writtenAt: null }),
];

function pageOf(state: 'running' | 'cut off', unfinished: RunReport['unfinished'] = left, more = 0) {
  const interrupted = state === 'cut off' ? 'not finished' : null;
  const report = sampleReport([samplePhone({ outcome: 'done', touched: true })], { run: { state, interrupted } });
  report.totals.targets += (unfinished?.length ?? 0) + more;
  if (unfinished) report.unfinished = unfinished;
  return load(render(Story({ story: { report, phones: phonesByReport(report), changes: null }, next: {} })));
}

describe('the page of a run that was cut off', () => {
  it('says who needs somebody, in its headline, its bar, its counts and what is next', () => {
    const $ = pageOf('cut off');
    expect($('.lead').text()).toBe('This run was cut off. Where they should be: 1 of 3 phones; 2 need somebody.');
    expect($('.bar').first().attr('aria-label')).toBe('1 upgrading, 1 waiting, 1 done');
    expect($('ul.outcomes a[href="#outcome=upgrading"]').text()).toBe('1 upgrading');
    expect($('ul.outcomes a[href="#outcome=waiting"]').text()).toBe('1 waiting');
    const next = $('section[aria-labelledby=next]').text();
    expect(next).toContain(
      '1 phone was written to, or may have been, and nobody watches it any more (00CCFC000007). 1 phone still waits, with nothing written (00CCFC000008).',
    );
    expect(next).toContain('fleet-migrate resume 20260131-221405');
  });

  it('does not say that all is well where none is under way: not all was looked at', () => {
    const $ = pageOf('cut off', [], 200);
    expect($('.lead').text()).toBe(
      'This run was cut off. Where they should be: 1 of 1 phone. Not looked at, or not to the end: 200 targets.',
    );
    expect($('ul.outcomes').text()).toContain('200 not looked at');
  });

  it('and that of a run that goes on says of nobody that he is not needed', () => {
    const $ = pageOf('running');
    expect($('.lead').text()).toBe('This run goes on. Done so far: 1 of 3 phones.');
    expect($('ul.outcomes').text()).toContain('it is being watched');
  });
});
