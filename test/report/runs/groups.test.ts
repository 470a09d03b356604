import { describe, expect, it } from '@jest/globals';
import { grouped, renderGroups, renderGroupsCsv } from '../../../src/report/runs/groups.js';
import { samplePhone, sampleReport } from '../support/sample.js';

describe('phones in groups', () => {
  const phones = [
    samplePhone({ transitionAuthorizationType: '' }),
    samplePhone({ transitionAuthorizationType: null }),
    samplePhone({ transitionAuthorizationType: null, outcome: 'failed' }),
  ];
  const groups = grouped(sampleReport(phones), ['authorization']);

  it('tell apart in CSV, too, what was shown empty and what was not shown', () => {
    const keys = renderGroupsCsv(groups)
      .split(/\r?\n/)
      .slice(1, 3)
      .map((line) => line.split(',').slice(0, 2));
    expect(keys).toEqual([
      ['', '2'],
      ['(empty)', '1'],
    ]);
  });

  it('keep within a terminal: a list that is too long goes on below', () => {
    for (const line of renderGroups(groups, 50).split('\n').slice(0, -2)) expect(line.length).toBeLessThanOrEqual(50);
  });
});
