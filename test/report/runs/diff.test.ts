import { describe, expect, it } from '@jest/globals';
import type { RunDiff } from '../../../src/domain/report/run-diff.js';
import { renderDiff, renderDiffJson } from '../../../src/report/runs/diff.js';

const nothing: RunDiff = {
  from: { id: 'run-1', startedAt: '2026-01-30T22:00:05.000Z', profile: 'p', declined: false },
  to: { id: 'run-2', startedAt: '2026-01-31T22:00:07.000Z', profile: 'p', declined: false },
  added: [],
  notSeen: [],
  moved: [],
  firmware: [],
  authorization: [],
  newlyEligible: [],
  outcomes: [],
  askedOnlyIn: { from: 0, to: 0 },
  notKnown: [],
  compared: 3,
  outcomesCompared: true,
};

const mac = '00CCFC123456';
const other = '00CCFC65432A';

const much: RunDiff = {
  ...nothing,
  added: [
    { mac, address: '10.0.0.10', model: '8841' },
    { mac: other, address: '10.0.0.9', model: null },
  ],
  notSeen: [{ mac, address: '10.0.0.7', model: '7821' }],
  moved: [{ mac, from: '10.0.0.5', to: '10.0.1.5' }],
  firmware: [{ mac, address: '10.0.0.6', from: 'sip88xx.12-0-3MPP0001-87', to: 'sip88xx.14-2-1-0101-26' }],
  authorization: [
    { mac, address: '10.0.0.6', from: '', to: 'Classic' },
    { mac: other, address: '10.0.0.8', from: 'WxC', to: null },
  ],
  newlyEligible: [{ mac, address: '10.0.0.6', model: '8841' }],
  outcomes: [
    { mac, address: '10.0.0.6', from: 'failed', to: 'done', code: null },
    { mac: null, address: '10.0.0.8', from: 'audited', to: 'blocked', code: 'auth-required' },
  ],
  askedOnlyIn: { from: 4, to: 2 },
  notKnown: [{ mac: other, address: '10.0.0.99', model: null, seenIn: 'from' }],
};

describe('a comparison of two runs', () => {
  it('has a section for each kind of change, by address', () => {
    expect(renderDiff(much)).toBe(
      [
        'Changes from run-1 (2026-01-30 22:00 UTC) to run-2 (2026-01-31 22:00 UTC)',
        '',
        'Done now (1)',
        '  10.0.0.6  00CCFC123456  failed -> done',
        '',
        'Newly blocked (1)',
        '  10.0.0.8  -  audited -> blocked: auth-required',
        '',
        'New (2)',
        '  10.0.0.9   00CCFC65432A  -',
        '  10.0.0.10  00CCFC123456  8841',
        '',
        'No longer seen (1)',
        '  10.0.0.7  00CCFC123456  7821',
        '',
        'Moved to another address (1)',
        '  10.0.1.5  00CCFC123456  was 10.0.0.5',
        '',
        'Other firmware (1)',
        '  10.0.0.6  00CCFC123456  sip88xx.12-0-3MPP0001-87 -> sip88xx.14-2-1-0101-26',
        '',
        'Other authorization (2)',
        '  10.0.0.6  00CCFC123456  (empty) -> Classic',
        '  10.0.0.8  00CCFC65432A  WxC -> (not shown)',
        '',
        'Newly eligible (1)',
        '  10.0.0.6  00CCFC123456  8841',
        '',
        'Not asked in both runs, so not compared: 4 phones only in the first, 2 phones only in the second.',
        '',
        'Not known whether the other run asked there: 1 phone only in the first (--output json lists them).',
        '',
      ].join('\n'),
    );
  });

  it('says so when nothing changed', () => {
    expect(renderDiff(nothing)).toBe(
      'Changes from run-1 (2026-01-30 22:00 UTC) to run-2 (2026-01-31 22:00 UTC)\n\nNothing changed.\n',
    );
  });

  it('says that it compared nothing where no phone was seen in both, and why outcomes are not', () => {
    expect(renderDiff({ ...nothing, compared: 0 })).toContain(
      '\nNothing is compared: no phone was seen in both runs.\n',
    );
    const audit = { ...nothing, from: { ...nothing.from, profile: null }, outcomesCompared: false };
    expect(renderDiff(audit)).toMatch(
      /\nHow phones ended is not compared: the first run was an audit, the second of the profile p\.\n\nNothing changed\.\n$/,
    );
  });

  it('says that somebody said no to a run, of which it compares no ends', () => {
    const refused = { ...nothing, from: { ...nothing.from, declined: true }, outcomesCompared: false };
    expect(renderDiff(refused)).toMatch(
      /\nHow phones ended is not compared: the first run was answered with no, the second of the profile p\.\n\n/,
    );
  });

  it('shows nothing that a terminal would act on', () => {
    const text = renderDiff({ ...nothing, added: [{ mac, address: '10.0.0.5', model: '\u001b[2J\n8841' }] });
    expect(text).toContain('\\x1b[2J\\x0a8841');
  });
});

describe('a comparison as JSON', () => {
  it('holds the same, by address, under its schema', () => {
    expect(JSON.parse(renderDiffJson(much))).toEqual({
      schema: 'fleet-migrate/diff@1',
      ...much,
      added: [...much.added].reverse(),
    });
  });

  it('has the keys always in the same order, and only these', () => {
    const more = { ...much.notSeen[0], extra: 'not for the reader' };
    const diff = { ...much, notSeen: [more], internal: 1 } as unknown as RunDiff;
    expect(renderDiffJson(diff)).toBe(renderDiffJson(much));
    expect(Object.keys(JSON.parse(renderDiffJson(much)))).toEqual(['schema', ...Object.keys(nothing)]);
  });
});
