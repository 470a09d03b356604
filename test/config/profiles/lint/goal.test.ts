import { describe, expect, it } from '@jest/globals';
import { authorize, complaints, convert, throughUcm, upgrade } from './made-up-profiles.js';

it('good profiles of each goal are passed', () => {
  const everyWay = ['xml-post', 'partial-form', 'full-form', 'upgrade', 'resync'];
  const others = [
    { ...convert, ways: everyWay },
    { ...upgrade, ways: ['upgrade'] },
  ];
  expect([convert, upgrade, authorize, throughUcm, ...others].flatMap(complaints)).toEqual([]);
});

describe('goal and direction', () => {
  const transitionLoads = { sip88xx: 'sip88xx.TLexE2M-11-2-3C-12' };
  const cases: [object, string][] = [
    [{ ...convert, direction: 'none' }, 'error direction: expected "m2e" or "e2m" for the goal convert, found "none".'],
    [
      { ...convert, direction: 'e2m' },
      'error requires.family: expected "enterprise": that is where a move to Multiplatform begins, found "multiplatform".',
    ],
    [
      { ...throughUcm, loads: convert.loads },
      'error loads.sip88xx: expected multiplatform firmware, found enterprise firmware (sip88xx.14-2-1-0101-26).',
    ],
    [
      { ...throughUcm, stepUpLoads: { ...convert.loads, sip88xx: 'sip88xx.12-0-1-0001-10' } },
      'error stepUpLoads.sip88xx: 12.0(1) is below 12.5(1), the absolute minimum for a move to Multiplatform (E2M-1).',
    ],
    [
      { ...throughUcm, upgradeRule: '{files}/{load}.loads' },
      'error upgradeRule: expected nothing: Unified CM is told the name of the load, and no URL, and the profile has no transitionLoads.',
    ],
    [
      { ...throughUcm, transitionLoads },
      'error upgradeRule: is missing, expected a URL such as {files}/{load}.loads for phones on a transition load.',
    ],
    [
      { ...throughUcm, transitionLoads: convert.loads },
      'error transitionLoads.sip88xx: expected transition firmware, found enterprise firmware (sip88xx.14-2-1-0101-26).',
    ],
    [
      { ...throughUcm, transitionLoads: { sip99xx: 'sip99xx.TLexE2M-11-2-3C-12' } },
      'error transitionLoads.sip99xx: loads has no load for this load family to continue with.',
    ],
    [
      { ...convert, transitionLoads },
      'error transitionLoads: expected nothing: only a move from Enterprise may go over a transition load.',
    ],
    [
      { ...throughUcm, authorizationType: null },
      'error authorizationType: is missing, expected the type to authorize for.',
    ],
    [
      { ...throughUcm, evidence: ['phone-on-load'] },
      'error evidence: expected authorization-row or authorization-type-shown too: the last step is the license.',
    ],
    [
      { ...throughUcm, evidence: ['authorization-row'] },
      'error evidence: expected phone-on-load among it: nothing else proves firmware.',
    ],
    [
      { ...throughUcm, ways: ['partial-form', 'upgrade'] },
      'error ways: the write method upgrade sets no license: expected others.',
    ],
    [{ ...upgrade, direction: 'm2e' }, 'error direction: expected "none" for the goal upgrade, found "m2e".'],
    [{ ...authorize, direction: 'none' }, 'error direction: expected "e2m" for the goal authorize, found "none".'],
    [{ ...convert, goal: 'move' }, 'error goal: expected one of "convert", "authorize", "upgrade", found "move".'],
    [
      { ...upgrade, requires: { family: 'enterprise' } },
      'error requires.family: expected "multiplatform": only its web page takes settings, found "enterprise".',
    ],
    [{ ...convert, upgradeRule: null }, 'error upgradeRule: is missing, expected a URL such as {files}/{load}.loads.'],
    [
      { ...convert, evidence: ['phone-on-load', 'authorization-row'] },
      'error evidence: authorization-row proves no firmware: expected phone-on-load alone.',
    ],
    [{ ...convert, evidence: [] }, 'error evidence: expected a list of at least 1.'],
    [
      { ...authorize, evidence: ['phone-on-load'] },
      'error evidence: phone-on-load proves no license: expected authorization-row or authorization-type-shown.',
    ],
    [{ ...authorize, loads: convert.loads }, 'error loads: expected nothing: the goal authorize loads no firmware.'],
    [
      { ...authorize, upgradeRule: convert.upgradeRule },
      'error upgradeRule: expected nothing: the goal authorize loads no firmware.',
    ],
    [
      { ...authorize, authorizationRule: null, authorizationType: null },
      'error authorizationType: is missing, expected the type to authorize for.',
    ],
    [
      { ...upgrade, authorizationRule: '{files}/$MAU.lic', authorizationType: 'Classic' },
      'error authorizationRule: expected nothing: an upgrade within a family needs no license.',
    ],
    [{ ...upgrade, stepUpLoads: convert.stepUpLoads }, 'error stepUpLoads: expected nothing: an upgrade is one step.'],
    [
      { ...upgrade, requires: { family: 'multiplatform', absolute: '12.0(1)' } },
      'error requires.absolute: expected nothing: the goal upgrade has no minimums.',
    ],
    [
      { ...convert, requires: { family: 'multiplatform', absolute: '11.0(1)' } },
      'warning requires.absolute: has no effect: 11.3(5) is required anyway (M2E-1).',
    ],
    [
      { ...convert, requires: { family: 'multiplatform', absolute: '11' } },
      'error requires.absolute: expected a firmware version such as 12.0(3)SR1, found "11".',
    ],
    [{ ...convert, ways: [] }, 'error ways: expected a list of at least 1.'],
    [
      { ...convert, ways: ['form'] },
      'error ways[0]: expected one of "partial-form", "full-form", "resync", "upgrade", "xml-post", found "form".',
    ],
    [{ ...convert, ways: ['resync', 'resync'] }, 'error ways: expected each write method once, found resync twice.'],
    [
      { ...authorize, ways: ['full-form', 'upgrade'] },
      'error ways: the write method upgrade sets no license: expected others.',
    ],
    [
      { ...convert, ways: ['upgrade'] },
      'error ways: the write method upgrade alone sets no license: expected another one beside it.',
    ],
    [
      { ...convert, name: 'x' },
      'error name: unknown key, known are description, source, goal, direction, requires, loads, stepUpLoads, transitionLoads, upgradeRule, authorizationRule, authorizationType, retrigger, evidence, accept, ways, timing.',
    ],
  ];

  it.each(cases.map(([profile, expected]) => ({ profile, expected })))('$expected', ({ profile, expected }) => {
    expect(complaints(profile)).toContain(expected);
  });

  it('stricter minimums are fine', () => {
    expect(
      complaints({ ...convert, requires: { family: 'multiplatform', absolute: '12.0(1)', recommended: '12.0(5)' } }),
    ).toEqual([]);
  });
});

describe('timing', () => {
  it.each([
    [
      '0s',
      'error timing.settle: expected a duration such as 500ms, 15s, 45m or 2h, above zero and at most a week, found "0s".',
    ],
    [
      15,
      'error timing.settle: expected a duration such as 500ms, 15s, 45m or 2h, above zero and at most a week, found 15.',
    ],
    [
      'soon',
      'error timing.settle: expected a duration such as 500ms, 15s, 45m or 2h, above zero and at most a week, found "soon".',
    ],
    [
      '169h',
      'error timing.settle: expected a duration such as 500ms, 15s, 45m or 2h, above zero and at most a week, found "169h".',
    ],
  ])('of %j is refused', (settle, expected) => {
    expect(complaints({ ...convert, timing: { settle } })).toEqual([expected]);
  });

  it('has deadlines that leave time to look', () => {
    expect(complaints({ ...convert, timing: { upgradeDeadline: '17s' } })).toEqual([
      'error timing.upgradeDeadline: expected more than settle and one pollInterval together, or no phone is looked at twice.',
    ]);
    expect(complaints({ ...convert, timing: { upgradeDeadline: '18s' } })).toEqual([]);
  });

  it('knows its keys', () => {
    expect(complaints({ ...convert, timing: { pollInterwal: '15s' } })).toEqual([
      'error timing.pollInterwal: unknown key, did you mean "pollInterval"?',
    ]);
  });
});

it('errors come before warnings', () => {
  const { sip88xx } = convert.loads;
  const severities = complaints({ ...convert, loads: { sip88xx }, upgradeRule: '{files}/x' }).map(
    (text) => text.split(' ')[0],
  );
  expect(severities).toEqual([...severities].sort());
  expect(new Set(severities)).toEqual(new Set(['error', 'warning']));
});
