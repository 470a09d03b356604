import { describe, expect, it } from '@jest/globals';
import { placeInRun } from '../../../src/fleet/pacing/waves.js';
import { PhoneRecord } from '../../../src/fleet/record/phone-record.js';
import { FakeClock } from '../support/fake-clock.js';

/** A phone of that wave, from 0; `null`: of none. */
function member(wave: number | null): PhoneRecord {
  const target = { address: '10.0.0.1', hint: {}, scope: '10.0.0.0/24', named: false, source: 'test' };
  const record = new PhoneRecord(target, new FakeClock(), { notify: () => {} });
  record.wave = wave;
  return record;
}

describe('the place of a wave in its run', () => {
  it('counts the waves of the run, also those that were through before it was gone on with', () => {
    const [through, second, third, none] = [member(0), member(1), member(2), member(null)];
    const all = [through, second, third, none];
    expect(placeInRun([second], all)).toEqual({ number: 2, of: 3 });
    expect(placeInRun([third], all)).toEqual({ number: 3, of: 3 });
    expect(placeInRun([through], all)).toEqual({ number: 1, of: 3 });
  });

  it('is the only one where there are no waves', () => {
    expect(placeInRun([member(null)], [member(null)])).toEqual({ number: 1, of: 1 });
  });
});
