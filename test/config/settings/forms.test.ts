import { describe, expect, it } from '@jest/globals';
import {
  duration,
  limitForm,
  numberUpTo,
  switchForm,
  wholeNumber,
  windowForm,
} from '../../../src/config/settings/forms.js';
import { refusalOf } from '../../../src/config/settings/read-value.js';

describe('a number', () => {
  const form = wholeNumber(1, 1_024, 64);

  it.each([
    ['8', 8],
    ['0x40', 64],
    ['64.0', 64],
    ['1e2', 100],
    ['+7', 7],
  ])('%s is read as YAML reads it', (text, value) => {
    expect(form.read(text, '--concurrency')).toBe(value);
  });

  it.each(['0', '1025', '1.5', 'NaN', 'Infinity', '', '8 9', '1_000', '-1', '０'])('%j is refused', (text) => {
    expect(refusalOf(form, text, '--concurrency')).toBe(
      '--concurrency must be one whole number from 1 to 1024, such as --concurrency 64.',
    );
  });

  it('may have a fraction where it scales something', () => {
    expect(numberUpTo(100, 60).read('0.5', '--time-scale')).toBe(0.5);
    expect(refusalOf(numberUpTo(100, 60), '0', '--time-scale')).toMatch(/above 0 and at most 100/);
  });
});

describe('a limit', () => {
  it.each(['1.5', '-3', '+5', '0x10', '1e3', '5%', '1,000', "1'000", '1_000', '.5', '5.', 'Infinity', 'NaN', '-0'])(
    '%j looks like a number and is refused as one',
    (text) => {
      expect(refusalOf(limitForm, text, '--limit')).toMatch(
        /: this is no whole number of phones; write a number such as 5/,
      );
    },
  );

  it('is a whole number of phones, or else the path of a list', () => {
    expect(limitForm.read('12', '--limit')).toEqual({ most: 12, list: null });
    for (const path of ['five', './5', '5.txt', 'e5', './10.0.0.5', '2026-11-28', '-', 'first 5'])
      expect(limitForm.read(path, '--limit')).toEqual({ most: null, list: path });
    expect(refusalOf(limitForm, '0', '--limit')).toMatch(/at least one phone must be allowed/);
    expect(refusalOf(limitForm, '9'.repeat(20), '--limit')).toMatch(/no whole number of phones/);
  });
});

describe('a switch', () => {
  it('is on or off by the words people use', () => {
    expect(['true', 'YES', 'on', '1'].map((text) => switchForm.read(text, '--yes'))).toEqual([true, true, true, true]);
    expect(['false', 'No', 'off', '0'].map((text) => switchForm.read(text, '--yes'))).not.toContain(true);
    expect(refusalOf(switchForm, 'maybe', '--yes')).toBe('--yes must be true or false, not "maybe".');
  });
});

describe('a duration', () => {
  it('is read in milliseconds', () => {
    expect(duration(50, '5s').read('1.5s', '--timeout')).toBe(1_500);
  });

  it('is refused without a unit or below the least', () => {
    expect(refusalOf(duration(50, '5s'), '30', '--timeout')).toBe(
      '--timeout 30 is not a duration; write 500ms, 30s, 10m or 2h, such as --timeout 5s.',
    );
    expect(refusalOf(duration(50, '5s'), '49ms', '--timeout')).toBe(
      '--timeout 49ms is too short; give at least 50ms, such as --timeout 5s.',
    );
  });
});

describe('a window', () => {
  it.each(['22:00-05:00', 'Mon-Fri 22:00-05:00', 'Monday-Friday 22:00-05:00', 'Sat,Sun 0:00-24:00'])(
    '%s is one, with any name of a day',
    (text) => expect(windowForm.read(text, '--window')).toBe(text),
  );
});
