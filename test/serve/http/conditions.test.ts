import { describe, expect, it } from '@jest/globals';
import { checkConditions, isSameVersion } from '../../../src/serve/http/conditions.js';

const modified = Date.UTC(2026, 0, 15, 1, 2, 3, 456);
const file = { version: 'v1', modifiedAt: modified };
const at = new Date(modified).toUTCString();
const before = new Date(modified - 5_000).toUTCString();
const later = new Date(modified + 5_000).toUTCString();

describe('the conditions of a request', () => {
  it.each([
    [{}, 'send'],
    [{ 'if-none-match': '"v1"' }, 'unchanged'],
    [{ 'if-none-match': '"v0", W/"v1"' }, 'unchanged'],
    [{ 'if-none-match': '*' }, 'unchanged'],
    [{ 'if-none-match': '"v0"' }, 'send'],
    // The tag is the better witness.
    [{ 'if-none-match': '"v0"', 'if-modified-since': at }, 'send'],
    [{ 'if-modified-since': at }, 'unchanged'],
    [{ 'if-modified-since': later }, 'unchanged'],
    [{ 'if-modified-since': before }, 'send'],
    [{ 'if-modified-since': 'yesterday' }, 'send'],
    [{ 'if-match': '"v1"' }, 'send'],
    [{ 'if-match': 'W/"v1"' }, 'failed'],
    [{ 'if-match': '"v0"' }, 'failed'],
    [{ 'if-unmodified-since': before }, 'failed'],
    [{ 'if-unmodified-since': at }, 'send'],
  ])('%j: %s', (headers, outcome) => {
    expect(checkConditions(headers, file)).toBe(outcome);
  });

  it('by time are not met by a file whose time is not known', () => {
    const held = { version: 'v1', modifiedAt: null };
    expect(checkConditions({ 'if-modified-since': later }, held)).toBe('send');
    expect(isSameVersion(at, held)).toBe(false);
  });

  it.each([
    [undefined, true],
    ['"v1"', true],
    ['W/"v1"', false],
    ['"v0"', false],
    [at, true],
    [before, false],
    [later, false],
  ])('If-Range %j: a part may be sent: %s', (header, isSame) => {
    expect(isSameVersion(header, file)).toBe(isSame);
  });
});
