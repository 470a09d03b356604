import { describe, expect, it } from '@jest/globals';
import { assume, parseAssumption } from '../../../../src/domain/rehearsal/assumptions.js';
import { StepTimes } from '../../../../src/domain/rehearsal/step-times.js';
import { takesAssumed } from '../../../../src/simulator/index.js';

const minute = 60_000;
const load = 'sip88xx.14-2-1-0101-26';
const convert = { step: 'convert', model: '8841', load } as const;
const license = { step: 'authorize', model: '8841', load: null } as const;

describe('how long steps of simulated phones take', () => {
  const assumptions = assume([parseAssumption('duration:8m')]);
  const takes = takesAssumed({ seed: 7, assumptions });
  // Of a rehearsal with a profile that guesses ten minutes.
  const rehearsed = () => new StepTimes([], 10 * minute, 8 * minute, 7);

  it.each(['00CCFC000001', '00CCFC000002', '00CCFC000003'])('is for %s what a rehearsal draws', (mac) => {
    expect(takes?.({ mac }, convert)).toBe(rehearsed().of(convert, mac, 1_000));
    expect(takes?.({ mac }, license)).toBe(rehearsed().of(license, mac, 15_000));
  });

  it('is left to the scenario where nothing is assumed of it', () => {
    expect(takesAssumed({ seed: 7, assumptions: assume([]) })).toBeUndefined();
  });
});
