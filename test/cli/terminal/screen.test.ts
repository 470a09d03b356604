import { describe, expect, it } from '@jest/globals';
import { isColored, isRedrawable } from '../../../src/cli/terminal/screen.js';

describe('a terminal', () => {
  it.each([
    [{ TERM: 'xterm-256color' }, 'linux', true],
    [{ TERM: 'dumb' }, 'linux', false],
    [{ TERM: '' }, 'linux', false],
    [{}, 'linux', false],
    [{}, 'win32', true],
    [{ TERM: 'dumb' }, 'win32', false],
  ])('is drawn over where it is known to obey: %j on %s', (env, platform, isDrawn) => {
    const surroundings = { env, platform };
    expect(isRedrawable({ isTTY: true }, surroundings)).toBe(isDrawn);
    if (!isDrawn) expect(isColored({ isTTY: true }, surroundings)).toBe(false);
  });
});

describe('what is no terminal', () => {
  it.each([{}, { isTTY: undefined }, { isTTY: false }] as { isTTY?: boolean }[])(
    'is neither colored nor drawn over, whatever the environment says: %j',
    (stream) => {
      expect([isColored(stream), isRedrawable(stream)]).toEqual([false, false]);
    },
  );
});
