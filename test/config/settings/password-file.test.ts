import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readPasswordFile } from '../../../src/config/settings/password-file.js';

const read = (text: string): unknown => readPasswordFile({ path: '/run/pw', relativeTo: null }, () => text);

describe('the password in a file', () => {
  it.each([
    ['alone', 's3cret'],
    ['with a line break', 's3cret\n'],
    ['with one of Windows', 's3cret\r\n'],
    ['after a byte order mark', '\ufeffs3cret\r\n'],
  ])('is its only line: %s', (_, text) => {
    expect(read(text)).toEqual({ password: 's3cret' });
  });

  it('keeps its blanks', () => {
    expect(read(' s3 cret \n')).toEqual({ password: ' s3 cret ' });
  });

  it.each([
    ['', 'is empty'],
    ['\n', 'is empty'],
    ['\ufeff\r\n', 'is empty'],
    ['\nlater\n', 'has an empty first line'],
    ['hunter2\nhunter3', 'has more than one line; leave only the password in it'],
    ['hunter2\n\n', 'has more than one line'],
    ['hunter2\rhunter3', 'has more than one line'],
    ['h\0u\0', 'is not a text in UTF-8'],
    ['hunter\ufffd', 'is not a text in UTF-8'],
  ])('cannot be had of %j', (text, problem) => {
    expect(read(text)).toEqual({ problem: expect.stringContaining(problem) });
  });

  it('is never a part of a problem, and never holds a mark or a line break', () => {
    const pieces = fc.constantFrom('hunter2', '\ufeff', '\n', '\r\n', ' ', '\0', 'ü');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 5 }), (parts) => {
        const result = readPasswordFile({ path: '/run/pw', relativeTo: null }, () => parts.join(''));
        if ('problem' in result) expect(result.problem).not.toContain('hunter2');
        else expect(result.password).toMatch(/^(?!\ufeff)[^\r\n\0]+$/);
      }),
    );
  });
});
