import { describe, expect, it } from '@jest/globals';
import { shippedModels } from '../../../src/config/profiles/as-shipped.js';
import type { FirmwareFamily } from '../../../src/domain/firmware/load.js';
import { countMoves, profileFinder } from '../../../src/domain/report/moves.js';
import { samplePhone } from '../../report/support/sample.js';

type Profile = Parameters<typeof profileFinder>[0][number];
type Judged = Parameters<ReturnType<typeof profileFinder>>[0];
type Verdict = NonNullable<Judged['eligibility']>['verdict'];

const from = (family: FirmwareFamily): Profile['requires'] => ({ family, absolute: null, recommended: null });

const profile = (name: string, change: Partial<Profile>): Profile => ({
  ...{ name, goal: 'convert', direction: 'm2e', requires: from('multiplatform'), loads: {} },
  ...change,
});

const there = profile('there', { loads: { sip88xx: 'sip88xx.14-2-1-0101-26' } });
const back = profile('back', {
  direction: 'e2m',
  requires: from('enterprise'),
  loads: { sip88xx: 'sip88xx.12-0-4MPP0001-1' },
});

const judged = (verdict: Verdict, direction: 'm2e' | 'e2m' | 'none' = 'm2e', change: Partial<Judged> = {}): Judged => ({
  ...{ family: direction === 'e2m' ? 'enterprise' : 'multiplatform', model: '8841' },
  eligibility: { direction, verdict },
  ...change,
});

describe('the profile that moves a phone', () => {
  const finder = async (...profiles: Profile[]): Promise<ReturnType<typeof profileFinder>> =>
    profileFinder(profiles, await shippedModels());

  it('starts from its family, leads its way and has a load for its model', async () => {
    const find = await finder(there, back);
    expect(find(judged('eligible'))).toBe('there');
    expect(find(judged('eligible', 'e2m'))).toBe('back');
    expect(find(samplePhone())).toBe('there');
  });

  it.each([
    ['that was not judged', { eligibility: null }],
    ['of a model that was not read', { model: null }],
    ['of a model that is not known', { model: '9999' }],
    ['of a model that the profile has no load for', { model: '7841' }],
    ['on firmware of transition', { family: 'transition' as const }],
    ['that has arrived', { eligibility: { direction: 'none' as const, verdict: 'eligible' as const } }],
  ])('is none for a phone %s', async (_name, change) => {
    expect((await finder(there, back))(judged('eligible', 'm2e', change))).toBeNull();
  });

  it.each(['authorize', 'upgrade'] as const)('is none that only wants to %s', async (goal) => {
    expect((await finder({ ...there, goal }))(judged('eligible'))).toBeNull();
  });

  it('is the first of several', async () => {
    expect((await finder({ ...there, name: 'a' }, { ...there, name: 'b' }))(judged('eligible'))).toBe('a');
  });
});

describe('how many phones may move', () => {
  it('is told per direction, with those that must step up first', () => {
    const phones = [
      judged('eligible'),
      judged('needs-upgrade'),
      judged('ineligible'),
      judged('unknown'),
      judged('eligible', 'e2m'),
      judged('eligible', 'none'),
      judged('eligible', 'm2e', { eligibility: null }),
    ];
    expect(countMoves(phones, null)).toEqual([
      { direction: 'm2e', phones: 2, stepUp: 1, moved: null, profiles: [] },
      { direction: 'e2m', phones: 1, stepUp: 0, moved: null, profiles: [] },
    ]);
  });

  it('counts those that must step up first among the phones that a profile moves', () => {
    const phones = [judged('needs-upgrade'), judged('needs-upgrade', 'm2e', { model: '6841' }), judged('eligible')];
    const moves = countMoves(phones, ({ model }) => (model === '8841' ? 'there' : null));
    expect(moves).toEqual([{ direction: 'm2e', phones: 3, stepUp: 1, moved: 2, profiles: ['there'] }]);
  });

  it('is nothing where none may', () => {
    expect(countMoves([judged('ineligible'), judged('unknown')], () => 'there')).toEqual([]);
  });

  it('is told with how many of them a profile moves, and each of these profiles once', () => {
    const phones = ['8841', '8851', '9999', '7841'].map((model) => judged('eligible', 'm2e', { model }));
    const byModel: Record<string, string> = { 8841: 'there', 8851: 'there', 7841: 'another' };
    expect(countMoves(phones, ({ model }) => byModel[model ?? ''] ?? null)).toEqual([
      { direction: 'm2e', phones: 4, stepUp: 0, moved: 3, profiles: ['another', 'there'] },
    ]);
    expect(countMoves(phones, () => null)).toMatchObject([{ phones: 4, moved: 0, profiles: [] }]);
  });
});
