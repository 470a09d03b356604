import { describe, expect, it } from '@jest/globals';
import { agreementText, disagreementText } from '../../../src/domain/phone/cross-check.js';

const page = (value: string) => ({ value, where: '/admin/advanced' });
const witness = (value: string) => ({ value, where: '/admin/cfg.xml' });

describe('what witnesses say, for people', () => {
  it('is both values with where they were read, one sentence each', () => {
    const text = disagreementText([
      { what: 'MAC', page: page('A'), witness: witness('B') },
      { what: 'upgrade rule', page: page('"x"\n'), witness: witness('y') },
    ]);
    expect(text).toBe(
      'The MAC is "A" in /admin/advanced, but "B" in /admin/cfg.xml. The upgrade rule is "\\"x\\"\\n" in /admin/advanced, but "y" in /admin/cfg.xml.',
    );
  });

  it('is short, whatever a phone shows', () => {
    const long = 'x'.repeat(100_000);
    expect(disagreementText([{ what: 'MAC', page: page(long), witness: witness(long) }]).length).toBeLessThan(500);
  });

  it('is which of them agreed on what, and nothing where there was none', () => {
    const agreed = [
      { where: '/a', what: ['MAC'] },
      { where: '/b', what: ['upgrade rule', 'authorization rule'] },
    ];
    expect(agreementText({ agreed, disagreements: [] })).toBe(
      '/a agrees with the page: MAC; /b agrees with the page: upgrade rule, authorization rule',
    );
    expect(agreementText({ agreed: [], disagreements: [] })).toBeNull();
  });
});
