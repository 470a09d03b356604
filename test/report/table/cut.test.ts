import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutTo, displayWidth } from '../../../src/report/table/cut.js';
import { anyText } from '../../support/any-text.js';

describe('a reason that is cut', () => {
  const reason = 'license-missing: http://10.0.0.5:6970/mpp/00CCFC123456.lic answered 404';

  it.each([
    [71, reason],
    [60, 'license-missing: …0.5:6970/mpp/00CCFC123456.lic answered 404'],
    [48, 'license-missing: …/00CCFC123456.lic answered 404'],
    [40, 'license-missing: …/00CCFC123456.lic ans…'],
    [12, 'license-mis…'],
  ])('to %i places loses of a URL the beginning first, then of the sentence the end', (width, cut) => {
    expect(cutTo(reason, width)).toBe(cut);
  });

  it.each([
    [60, 'upgrade-failed: The phone says: …Upgrade Failed: Download i…'],
    [80, 'upgrade-failed: The phone says: …Upgrade Failed: Download interrupted'],
    [106, 'upgrade-failed: The phone says: [11/30/2026 12:05:44][…/sip88xx.loads]Upgrade Failed: Download interrupted'],
  ])('to %i places keeps a phone’s own words rather than when it said them and of which file', (width, cut) => {
    const said = '[11/30/2026 12:05:44][http://10.0.0.5:6970/sip88xx.loads]Upgrade Failed: Download interrupted';
    expect(cutTo(`upgrade-failed: The phone says: ${said}`, width)).toBe(cut);
  });

  it('keeps the host of a URL that names no file', () => {
    expect(cutTo('nobody at http://files.example.com:6970', 36)).toBe('nobody at …://files.example.com:6970');
  });

  it('keeps as much as there is room for, of whatever a phone says', () => {
    fc.assert(
      fc.property(anyText(), fc.webUrl(), fc.integer({ min: 4, max: 120 }), (before, url, width) => {
        const text = `${before} ${url} after`;
        const cut = cutTo(text, width);
        expect(displayWidth(cut)).toBeLessThanOrEqual(width);
        if (displayWidth(text) <= width) expect(cut).toBe(text);
        else expect(cut).toContain('…');
      }),
    );
  });
});
