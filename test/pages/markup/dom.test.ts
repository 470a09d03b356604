import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withoutScripts } from '../../../src/pages/markup/dom.js';

describe('a page without its scripts', () => {
  it.each([
    ['<p>a</p>', '<p>a</p>', 0],
    ['a<script>x</script>b<SCRIPT src=y></SCRIPT >c', 'abc', 2],
    ['a<script>if (1 < 2) "<p>"</script>b', 'ab', 1],
    ['a<scripture>b', 'a<scripture>b', 0],
    ['a<script>never ends', 'a', 1],
    ['a<script>x</script', 'a', 1],
  ])('%j is %j', (html, text, count) => {
    expect(withoutScripts(html)).toEqual({ text, count });
  });

  it('keeps what stands outside of them, whatever it is', () => {
    const outside = fc.string().filter((text) => !text.includes('<'));
    fc.assert(
      fc.property(fc.array(outside), (texts) => {
        expect(withoutScripts(texts.join('<script>var x;</script>')).text).toBe(texts.join(''));
      }),
      { seed: 4 },
    );
  });
});
