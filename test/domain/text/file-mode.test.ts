import { describe, expect, it } from '@jest/globals';
import { parseFileMode } from '../../../src/domain/text/file-mode.js';

describe('the rights of reports and logs', () => {
  it.each([
    ['600', 0o600],
    ['0640', 0o640],
    ['644', 0o644],
    ['660', 0o660],
  ])('%s', (text, mode) => expect(parseFileMode('--report-mode', text)).toBe(mode));

  it.each(['', '6', '400', '666', '602', '755', '1600', '688', 'u=rw', '-600', '6e2'])('not %j', (text) => {
    expect(() => parseFileMode('--report-mode', text)).toThrow(
      `--report-mode "${text}" gives no rights that a report can have; give them in octal: 600 (you), 640 (your group may read), 644 (everybody may).`,
    );
  });
});
