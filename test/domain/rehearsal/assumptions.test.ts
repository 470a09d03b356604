import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  assume,
  assumptionMeanings,
  assumptionTexts,
  type Assumptions,
  parseAssumption,
  usualAssumptions,
} from '../../../src/domain/rehearsal/assumptions.js';
import { isUsageError } from '../../../src/domain/text/usage-error.js';
import { anyText } from '../../support/any-text.js';

const assumed = (...texts: string[]): Assumptions => assume(texts.map((text) => parseAssumption(text)));
const names = Object.keys(assumptionMeanings);

const usageError = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isUsageError(error)) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('an assumption', () => {
  it.each([
    ['failed:1%', 'failed', 0.01],
    [' Failed : 2.5 % ', 'failed', 0.025],
    ['silent:0%', 'silent', 0],
    ['no-answer:100%', 'no-answer', 1],
    ['page-off:33.333%', 'page-off', 0.33333],
    ['call:4m', 'call', 240_000],
    ['duration:90s', 'duration', 90_000],
    ['size:75MB', 'size', 75e6],
  ])('%j', (text, name, value) => {
    expect(parseAssumption(text)).toEqual({ name, value: expect.closeTo(value, 9) });
  });

  it('of calls may name hours', () => {
    const { value } = parseAssumption('busy:10%  Mon-Fri 22:00-05:00');
    expect(value).toMatchObject({ share: 0.1, text: '10% Mon-Fri 22:00-05:00', hours: { from: 1_320, to: 300 } });
    expect(parseAssumption('busy:5%').value).toEqual({ share: 0.05, hours: null, text: '5%' });
  });

  it.each([
    ['', 'write what is assumed and how much, such as --assume failed:1%; one of busy, call, deferred, failed'],
    ['1%', 'write what is assumed and how much'],
    ['fialed:1%', 'did you mean failed?'],
    ['failed', 'how much is missing; write it such as --assume failed:5%.'],
    [' Call ', 'how much is missing; write it such as --assume call:8m.'],
    ['toString:1%', 'write what is assumed'],
    ['failed:', 'after failed: comes a percentage from 0 to 100, such as failed:1%.'],
    ['failed:1', 'after failed: comes a percentage'],
    ['failed:-1%', 'after failed: comes a percentage'],
    ['failed:101%', 'that is more than all phones; write at most failed:100%.'],
    ['busy:200%', 'that is more than all phones; write at most busy:100%.'],
    ['busy:Mon-Fri 07:00-19:00', 'after busy: comes a percentage'],
    ['busy:5% Mo-Fri 07:00-19:00', 'names "Mo", which is not a day: did you mean Mon?'],
    ['busy:5% 07:00', 'is not a window'],
    ['call:4', 'after call: comes a duration of more than 0, such as --assume call:8m.'],
    ['call:0s', 'after call: comes a duration'],
    ['duration:soon', 'after duration: comes a duration'],
    ['size:0MB', 'after size: comes a size of more than 0, such as --assume size:75MB.'],
    ['size:big', 'after size: comes a size'],
    ['\u001b[1m:1%', '"\\x1b[1m:1%"'],
  ])('%j is none', (text, words) => {
    const message = usageError(() => parseAssumption(text));
    expect(message).toContain(words);
    expect(message).toMatch(/^--assume "/);
  });

  it('is read, or refused with one line, whatever it is', () => {
    const word = fc.constantFrom(...names, '__proto__', 'Busy', '');
    const value = fc.oneof(
      anyText({ maxLength: 20 }),
      fc.constantFrom('1%', '100%', '1e9%', '4m', '75MB', '%', '5% Mon-Fri 07:00-19:00', '5%\n22:00-05:00', '0'),
    );
    const almost = fc.tuple(word, fc.constantFrom(':', ' : ', '', '::'), value).map((parts) => parts.join(''));
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(anyText({ maxLength: 40 }), almost), (text) => {
        try {
          const { name } = parseAssumption(text);
          expect(names).toContain(name);
          read += 1;
        } catch (error) {
          if (!isUsageError(error)) throw error;
          expect(error.message).toMatch(/^--assume "[^\u0000-\u001f]*$/);
        }
      }),
      { seed: 20_261_211, numRuns: 600 },
    );
    expect(read).toBeGreaterThan(10);
  });
});

describe('what a rehearsal assumes', () => {
  it('is the usual, but for what is given', () => {
    expect(assumed()).toEqual(usualAssumptions);
    expect(assumed('failed:7%', 'duration:12m')).toEqual({ ...usualAssumptions, failed: 0.07, duration: 720_000 });
  });

  it('has no usual calls once some are given', () => {
    expect(assumed('busy:5% 09:00-10:00').busy.map(({ text }) => text)).toEqual(['5% 09:00-10:00']);
    expect(assumed('busy:5% 09:00-10:00', 'busy:2%').busy).toHaveLength(2);
  });

  it.each([
    [['failed:1%', 'failed:2%'], '--assume failed: is given twice; leave one out.'],
    [['busy:1%', 'busy:2%'], '--assume busy: is given twice without hours; leave one out, or say when it holds.'],
    [
      ['failed:60%', 'silent:50%'],
      '--assume: no-answer:1%, deferred:1%, failed:60%, silent:50% are 112% together, and a phone ends in one of them; make them 100% at most.',
    ],
    [
      ['failed:100%'],
      '--assume: no-answer:1%, deferred:1%, failed:100%, silent:1% are 103% together, and a phone ends in one of them; make them 100% at most, such as by --assume no-answer:0% --assume deferred:0% --assume silent:0%.',
    ],
    [
      ['no-answer:50%', 'failed:50%', 'silent:1%'],
      'are 102% together, and a phone ends in one of them; make them 100% at most.',
    ],
    [['no-answer:50%', 'failed:50%', 'silent:0%'], 'make them 100% at most, such as by --assume deferred:0%.'],
  ])('is not %j', (texts, words) => {
    expect(usageError(() => assumed(...texts))).toContain(words);
  });

  it.each(Object.keys(assumptionMeanings))('may be what the message about %s without a share names', (name) => {
    const [, example = ''] = / such as --assume (\S+)\.$/.exec(usageError(() => parseAssumption(name))) ?? [];
    expect(parseAssumption(example).name).toBe(name);
  });

  it('may be what the message about all phones says to add', () => {
    const zeros = usageError(() => assumed('silent:100%')).matchAll(/--assume (\S+:0%)/g);
    expect(assumed('silent:100%', ...[...zeros].map(([, zero = '']) => zero))).toMatchObject({ silent: 1, failed: 0 });
  });

  it('may be all phones, to the last', () => {
    const all = assumed('no-answer:33.3%', 'deferred:33.3%', 'failed:33.3%', 'silent:0.1%');
    expect(all.silent).toBeCloseTo(0.001);
    // Neither of them is an outcome, so they do not count among these.
    expect(assumed('page-off:100%', 'busy:100%')['page-off']).toBe(1);
  });

  it('is written as it is given, and says what is only the usual', () => {
    expect(assumptionTexts(assumed('failed:2.5%', 'size:75MB'))).toEqual([
      { name: 'busy', text: 'busy:1%', isUsual: true },
      { name: 'busy', text: 'busy:10% Mon-Fri 07:00-19:00', isUsual: true },
      { name: 'call', text: 'call:4m', isUsual: true },
      { name: 'deferred', text: 'deferred:1%', isUsual: true },
      { name: 'failed', text: 'failed:2.5%', isUsual: false },
      { name: 'silent', text: 'silent:1%', isUsual: true },
      { name: 'page-off', text: 'page-off:0%', isUsual: true },
      { name: 'no-answer', text: 'no-answer:1%', isUsual: true },
      { name: 'size', text: 'size:75MB', isUsual: false },
    ]);
  });

  it('means the same when it is read again as it was written', () => {
    const percent = fc.integer({ min: 0, max: 25_000 }).map((thousandths) => `${thousandths / 1_000}%`);
    const given = fc.record({
      failed: percent,
      silent: percent,
      deferred: percent,
      'no-answer': percent,
      'page-off': percent,
      busy: fc.tuple(percent, fc.constantFrom('', ' Mon-Fri 07:00-19:00')).map((parts) => parts.join('')),
      call: fc.integer({ min: 1, max: 3_600 }).map((second) => `${second}s`),
      duration: fc.integer({ min: 1, max: 600 }).map((minute) => `${minute}m`),
    });
    fc.assert(
      fc.property(given, (values) => {
        const once = assumed(...Object.entries(values).map(([name, value]) => `${name}:${value}`));
        const again = assumed(...assumptionTexts(once).map(({ text }) => text));
        expect(again).toEqual(once);
      }),
    );
  });
});
