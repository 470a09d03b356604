import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readPlainName, readReportName, reportNameOf } from '../../../src/domain/report/report-name.js';
import { isUsageError } from '../../../src/domain/text/usage-error.js';

const at = new Date(2026, 0, 31, 22, 4, 5);
const run = { id: '20260131210405-a1b2c3', startedAt: at.toISOString() };

describe('the name of a report', () => {
  it.each([
    ['night-{date}-{run}.json', 'night-2026-01-31-20260131210405-a1b2c3.json'],
    ['{date}/{time}.csv', '2026-01-31/220405.csv'],
    ['night.json', 'night.json'],
    ['{{date}}-{date}.json', '{date}-2026-01-31.json'],
    ['a{{1}}b{{ }}.json', 'a{1}b{ }.json'],
  ])('%s is %s', (name, expected) => {
    expect(readReportName(name, '--report')).toBe(name);
    expect(reportNameOf(name, run)).toBe(expected);
  });

  it.each([
    ['{dat}.json', 'Did you mean {date}?'],
    ['{Date}.json', 'Did you mean {date}?'],
    ['nb-{run.json', 'a brace in it belongs to no word'],
    ['rn-}.json', 'or {{ and }} for braces'],
    ['rn-{}.json', 'a brace in it belongs to no word'],
    ['a{1}.json', 'a brace in it belongs to no word'],
    ['{{{run}.json}', 'a brace in it belongs to no word'],
    ['{constructor}.json', '{constructor} is none of {date}, {time}, {run}'],
  ])('%s is refused with what there is', (name, says) => {
    expect(() => readReportName(name, '--report')).toThrow(says);
  });

  it('is refused where it holds words of a run and is of all runs', () => {
    expect(readPlainName('log-{x}.log', '--log-file')).toBe('log-{x}.log');
    expect(() => readPlainName('x-{run}.log', '--log-file')).toThrow('{run} would stay as it is');
    expect(readPlainName('{{run}}.log', '--log-file')).toBe('{{run}}.log');
  });

  it('is any that is read: nothing in braces is left to be replaced by something else', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('{', '}', 'date', 'run', 'x', '/', '{{', '}}')), (pieces) => {
        const name = pieces.join('');
        let isRead = true;
        try {
          readReportName(name, '--report');
        } catch (error) {
          if (!isUsageError(error)) throw error;
          isRead = false;
        }
        const once = reportNameOf(name, run);
        if (isRead && !/[{}]/.test(name)) expect(once).toBe(name);
        if (isRead && /^[^{}]*\{date\}[^{}]*$/.test(name)) expect(once).toContain('2026-01-31');
        // A name whose braces are all doubled is the one that is meant.
        expect(reportNameOf(name.replace(/[{}]/g, '$&$&'), run)).toBe(name);
      }),
    );
  });
});
