import { describe, expect, it } from '@jest/globals';
import { failureCodesMarkdown } from '../../../scripts/docs/failure-codes.js';
import { failureCodes } from '../../../src/domain/failures/failure-codes.js';

describe('docs/failure-codes.md', () => {
  it('has a heading for each code, to link to', () => {
    const headings = failureCodesMarkdown().match(/^### .+$/gm) ?? [];
    expect(headings.map((heading) => heading.slice(4)).sort()).toEqual(Object.keys(failureCodes).sort());
  });

  it('says of each passing failure whether the same run asks again', () => {
    for (const words of [
      'tried once more in the same run',
      'tried 3 times more',
      'Not tried again',
      'the next one decides anew',
    ])
      expect(failureCodesMarkdown()).toContain(words);
  });
});
