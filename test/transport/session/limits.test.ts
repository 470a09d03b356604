import { describe, expect, it } from '@jest/globals';
import { limitsFor } from '../../../src/transport/session/limits.js';

describe('the bounds that follow from --timeout', () => {
  it('leave a slow web server more time than a connect, and a whole session a multiple of it', () => {
    const { connectMs, responseMs, sessionMs } = limitsFor(3_000);
    expect([connectMs, responseMs, sessionMs]).toEqual([3_000, 6_000, 24_000]);
  });

  it('are far above a phone page of 150 KB, and far below what a stranger could send', () => {
    const { maxBytes, maxHeaderBytes, maxRedirects } = limitsFor(1);
    expect(maxBytes).toBeGreaterThan(10 * 150 * 1024);
    expect(maxBytes).toBeLessThan(16 * 1024 * 1024);
    expect(maxHeaderBytes).toBe(16 * 1024);
    expect(maxRedirects).toBeLessThan(10);
  });
});
