import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../../src/domain/failures/failure-codes.js';
import { phonesByReport, tellPhones } from '../../../../src/domain/report/story/story.js';
import { samplePhone } from '../../../report/support/sample.js';
import { event, minute } from './support.js';

const events = [
  event(0, 'run-started', { address: null, mac: null, run: 'a' }),
  event(1, 'state', { mac: null, state: 'identified', from: 'target' }),
  event(2, 'state', { state: 'assessed', from: 'identified' }),
  event(2, 'state', { state: 'waiting', from: 'assessed' }),
  event(5, 'intent', { step: 'convert', changes: [{ field: 'upgradeRule', from: '', to: 'http://10.0.0.9/a' }] }),
  event(6, 'evidence', { kind: 'written', text: 'answered 200' }),
  event(7, 'intent', { step: 'authorize', changes: [] }),
  event(9, 'outcome', { outcome: 'failed', message: 'It says so.' }),
];

describe('what happened with a phone', () => {
  it('is told in its order, in words, with the moments that matter for its course', async () => {
    const [told] = await tellPhones({ phones: [samplePhone()] }, events, () => 2);
    expect(told).toMatchObject({ wave: 2, writtenAt: minute(5), endedAt: minute(9) });
    expect(told?.moments).toEqual([
      { at: minute(1), what: 'identified', text: 'a phone answered, and said who it is' },
      { at: minute(2), what: 'waiting', text: 'it may be moved, and waits for its turn' },
      { at: minute(5), what: 'write', text: 'convert: upgradeRule "" → "http://10.0.0.9/a"' },
      { at: minute(6), what: 'written', text: 'answered 200' },
      { at: minute(7), what: 'write', text: 'authorize: ' },
      { at: minute(9), what: 'ended', text: 'failed: It says so.' },
    ]);
  });

  it('follows it to another address, and leaves out who else was there', async () => {
    const there = event(3, 'evidence', { address: '10.0.0.77', kind: 'moved', text: 'found here' });
    const other = event(4, 'evidence', { mac: '00CCFC999999', kind: 'other', text: 'another phone' });
    const [told] = await tellPhones({ phones: [samplePhone({ address: '10.0.0.77' })] }, [there, other], () => null);
    expect(told?.moments.map(({ what }) => what)).toEqual(['moved']);
  });

  it('is not mixed with that of a second address which shows the same MAC', async () => {
    const second = samplePhone({ address: '10.0.0.6', failure: failure('duplicate-mac', 'Twice.') });
    const of = (address: string, text: string) => event(1, 'evidence', { address, kind: 'seen', text });
    const told = await tellPhones(
      { phones: [samplePhone(), second] },
      [of('10.0.0.5', 'first'), of('10.0.0.6', 'second')],
      () => null,
    );
    expect(told.map(({ moments }) => moments.map(({ text }) => text))).toEqual([['first'], ['second']]);
  });

  it('is what its report has of it where there are no events', async () => {
    const evidence = [{ at: minute(3), kind: 'firmware', text: 'sip88xx.14-2-1' }];
    const phones = [samplePhone({ evidence })];
    const expected = { moments: [{ at: minute(3), what: 'firmware', text: 'sip88xx.14-2-1' }], writtenAt: null };
    expect((await tellPhones({ phones }, [], () => null))[0]).toMatchObject(expected);
    expect(phonesByReport({ phones })[0]).toMatchObject({ ...expected, wave: null, endedAt: null });
  });
});
