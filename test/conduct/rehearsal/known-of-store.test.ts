import { describe, expect, it } from '@jest/globals';
import { readMsOf } from '../../../src/conduct/rehearsal/known-of-store.js';

describe('how long a phone takes to show a page', () => {
  it('is what those of the audit took that did not have to wait for others', () => {
    const audited = [300, 310, 320, 5_000, 4_000, 350].map((durationMs) => ({
      outcome: 'audited' as const,
      durationMs,
    }));
    expect(readMsOf([...audited, { outcome: 'no-answer', durationMs: 1 }])).toBe(310);
  });

  it('is a guess where there is no audit', () => {
    expect(readMsOf([{ outcome: 'done', durationMs: 900_000 }])).toBe(700);
  });
});
