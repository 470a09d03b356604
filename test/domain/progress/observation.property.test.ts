import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { observe, type Sighting, type StatusWords, type Watched } from '../../../src/domain/progress/observation.js';
import type { AuthorizationRow, PhoneFacts } from '../../../src/domain/phone/facts.js';
import { nextState, type State } from '../../../src/domain/progress/state.js';
import { enterprisePhone, mppPhone } from '../support/facts.js';

const load = 'sip88xx.14-2-1-0101-26';
const url = 'http://files/00CCFC123456_M2E.lic';

const words: StatusWords = {
  isUpgrading: (text) => text.startsWith('Upgrad'),
  isUpgradeFailure: (text) => text.includes('fail'),
  isAuthorized: ({ code }) => code === '0',
  isAuthorizationFailure: ({ code }) => code === '1',
  timeIn: (text) => (/\d\d:\d\d/.test(text) ? Date.parse(text.replace(/^.*?(\d+\/\d+\/\d+ [\d:]+).*$/s, '$1')) : null),
  withoutTimes: (text) => text.replace(/\d+\/\d+\/\d+ [\d:]+/g, ''),
};

const rows = fc.array(
  fc
    .record({
      code: fc.constantFrom('0', '1', '7'),
      at: fc.constantFrom('a', 'b'),
      url: fc.constantFrom(url, 'http://x'),
    })
    .map(({ code, at, url: of }): AuthorizationRow => ({
      code,
      at,
      url: of,
      message: 'm',
      text: `[${code}][${at}][${of}]m`,
    })),
  { maxLength: 3 },
);

const shown: fc.Arbitrary<Partial<PhoneFacts>> = fc.record({
  transitionAuthorizationType: fc.constantFrom('', 'Classic', 'WxC', null),
  upgradeStatus: fc.constantFrom(null, 'Upgrading', 'Upgrade failed', 'None'),
  firmwareUpgradeRows: fc.array(fc.constantFrom('Upgrade Succeeded', 'It failed'), { maxLength: 3 }),
  authorizationRows: rows,
});

const before = shown.map((facts) => mppPhone(facts));

/** Mostly as before, else on the way, on the load, or with something else. */
const facts = fc
  .tuple(
    shown,
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(mppPhone()) },
      { weight: 3, arbitrary: fc.constant(enterprisePhone({ softwareVersion: load })) },
      {
        weight: 1,
        arbitrary: fc.constant(mppPhone({ family: 'transition', softwareVersion: 'sip88xx.TLexE2M-11-2' })),
      },
      { weight: 1, arbitrary: fc.constant(enterprisePhone({ softwareVersion: null })) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(mppPhone({ softwareVersion: load }), enterprisePhone({ family: 'transition' })),
      },
    ),
  )
  .map(([status, phone]): PhoneFacts => ({ ...phone, ...status }));

const sighting: fc.Arbitrary<Sighting> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Sighting>({ kind: 'silent', why: '' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Sighting>({ kind: 'unreadable', why: '' }, { kind: 'other-phone', mac: null }),
  },
  { weight: 4, arbitrary: facts.map((seen): Sighting => ({ kind: 'phone', facts: seen })) },
);

function watchedFrom(baseline: PhoneFacts, goal: 'convert' | 'authorize'): Watched {
  return goal === 'convert'
    ? {
        step: { step: 'convert', load, set: { upgradeRule: 'http://files/x.loads' } },
        baseline,
        authorizationUrl: url,
        familyAfter: 'enterprise',
        accepted: ['phone-on-load'],
        seenOnLoad: false,
      }
    : {
        step: { step: 'authorize', load: null, set: { authorizationRule: url, authorizationType: 'Classic' } },
        baseline,
        authorizationUrl: url,
        familyAfter: 'multiplatform',
        accepted: ['authorization-row', 'authorization-type-shown'],
        seenOnLoad: false,
      };
}

interface Watch {
  state: State;
  /** What the phone showed up to the end, strangers left out. */
  seen: PhoneFacts[];
}

/** Follows a phone as the fleet does, until it is terminal or nothing more is seen. */
function follow(watched: Watched, sightings: readonly Sighting[]): Watch {
  let state: State = 'submitted';
  const seen: PhoneFacts[] = [];
  let { seenOnLoad } = watched;
  for (const one of sightings) {
    if (one.kind === 'phone') seen.push(one.facts);
    const { event, failure } = observe({ ...watched, seenOnLoad }, one, words);
    if (event === 'seen-on-load') seenOnLoad = true;
    const next = nextState(state, event === 'step-proven' ? 'all-proven' : event);
    if (next === null) throw new Error(`${event} cannot happen in ${state}`);
    expect(failure !== undefined).toBe(event === 'seen-failed');
    state = next;
    if (state === 'done' || state === 'failed') break;
  }
  return { state, seen };
}

const runs = { numRuns: 1500, seed: 20260115 };
const sightings = fc.array(sighting, { maxLength: 12 });

describe('whatever is seen of a phone after the write', () => {
  it('leads from one state of the table to another, and never out of it', () => {
    fc.assert(
      fc.property(before, fc.constantFrom('convert', 'authorize'), sightings, (baseline, goal, all) => {
        const { state } = follow(watchedFrom(baseline, goal), all);
        expect(['submitted', 'upgrading', 'restarting', 'verifying', 'done', 'failed']).toContain(state);
      }),
      runs,
    );
  });

  it('ends a conversion as done only when the phone was seen on its load twice, the last time at the end', () => {
    let done = 0;
    fc.assert(
      fc.property(before, sightings, (baseline, all) => {
        const { state, seen } = follow(watchedFrom(baseline, 'convert'), all);
        if (state !== 'done') return;
        done += 1;
        const onLoad = seen.map((one) => one.family === 'enterprise' && one.softwareVersion === load);
        expect(onLoad.filter(Boolean).length).toBeGreaterThanOrEqual(2);
        expect(onLoad.at(-1)).toBe(true);
      }),
      runs,
    );
    expect(done).toBeGreaterThan(20);
  });

  it('ends an authorization as done only by a new row for our URL, or by an empty type filled with ours', () => {
    let done = 0;
    fc.assert(
      fc.property(before, sightings, (baseline, all) => {
        const { state, seen } = follow(watchedFrom(baseline, 'authorize'), all);
        if (state !== 'done') return;
        done += 1;
        const last = seen.at(-1) as PhoneFacts;
        const filled = baseline.transitionAuthorizationType === '' && last.transitionAuthorizationType === 'Classic';
        expect(newSuccess(baseline, last) || filled).toBe(true);
      }),
      runs,
    );
    expect(done).toBeGreaterThan(20);
  });
});

/** A success for our URL is there more often than before. */
function newSuccess(baseline: PhoneFacts, last: PhoneFacts): boolean {
  const times = (one: PhoneFacts, text: string): number =>
    one.authorizationRows.filter((row) => row.text === text).length;
  return last.authorizationRows.some(
    ({ text, code, url: of }) => code === '0' && of === url && times(last, text) > times(baseline, text),
  );
}
