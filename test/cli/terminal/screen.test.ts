import { describe, expect, it } from '@jest/globals';
import { isColored, isRedrawable } from '../../../src/cli/terminal/screen.js';

describe('what is no terminal', () => {
  it.each([{}, { isTTY: undefined }, { isTTY: false }] as { isTTY?: boolean }[])(
    'is neither colored nor drawn over, whatever the environment says: %j',
    (stream) => {
      expect([isColored(stream), isRedrawable(stream)]).toEqual([false, false]);
    },
  );
});
