import { describe, expect, it } from '@jest/globals';
import { type FailureCodeName, failureCodes } from '../../src/domain/failures/failure-codes.js';
import { explainCode, listCodes } from '../../src/report/explain.js';

const codes = Object.keys(failureCodes) as FailureCodeName[];

describe('explaining a code', () => {
  it('says what it means, what to do and whether trying again helps', () => {
    expect(explainCode('redirect-loop')).toBe(
      [
        'redirect-loop',
        '',
        '  The phone redirects in circles.',
        '',
        '  What to do: Check the web server settings of the phone; restart it.',
        '  Retries:    Lasting. Stays until it is fixed. It is not tried again.',
        '',
      ].join('\n'),
    );
  });

  it.each(codes)('works for %s', (code) => {
    const text = explainCode(code);
    expect(text.startsWith(`${code}\n`)).toBe(true);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(78);
  });

  it.each<[FailureCodeName, string]>([
    ['response-timeout', 'tried once more in the same run'],
    ['connection-lost', 'tried 3 times more in the same run'],
    ['connect-timeout', 'Not tried again in the same run'],
    ['not-yet', 'the next one decides anew'],
  ])('of the passing ones says whether the same run asks again: %s', (code, words) => {
    expect(explainCode(code).replace(/\s+/g, ' ')).toContain(words);
  });

  it('of the run itself says who takes the phone again', () => {
    expect(explainCode('paused-after-wave').replace(/\s+/g, ' ')).toContain(
      'Of the run itself. Says nothing about the phone. If nothing was written, fleet-migrate resume or the next run tries it again',
    );
  });
});

describe('the list of codes', () => {
  it('has each once', () => {
    const listed = listCodes().match(/^ {2}[a-z][a-z-]+(?= )/gm) ?? [];
    expect(listed.map((code) => code.trim()).sort()).toEqual([...codes].sort());
  });
});
