import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import { renderJson } from '../../../src/report/formats/json.js';
import { samplePhone, sampleReport } from '../support/sample.js';
import { anyText } from '../../support/any-text.js';

const text = (...args: Parameters<typeof sampleReport>): string => [...renderJson(sampleReport(...args))].join('');

const full = samplePhone({
  outcome: 'failed',
  touched: true,
  plan: [
    {
      step: 'convert',
      load: 'sip88xx.14-2-1-0101-26',
      set: { upgradeRule: 'http://h/x.loads', authorizationType: 'Classic' },
    },
  ],
  changes: [{ field: 'upgradeRule', from: '', to: 'http://h/x.loads' }],
  eligibility: { direction: 'm2e', verdict: 'eligible', reasons: [{ rule: 'G5', text: 'new enough' }], warnings: [] },
  failure: { code: 'wrong-load', message: 'it runs another', hint: 'look' },
  evidence: [{ at: '2026-01-31T22:14:06.000Z', kind: 'firmware', text: 'sip88xx.14-1-1MN-366' }],
  site: 'HQ',
  vidSource: 'hardware-version',
});

describe('the JSON report', () => {
  it('has the keys of the contract, in its order', () => {
    const report = JSON.parse(text([full])) as { run: object; totals: object; phones: object[] };
    expect(Object.keys(report)).toEqual(['schema', 'run', 'totals', 'phones']);
    expect(report).toHaveProperty('schema', 'fleet-migrate/report@1');
    expect(Object.keys(report.run)).toEqual(
      'id startedAt finishedAt profile dryRun version interrupted preflightSkipped insecure abortedBy'.split(' '),
    );
    expect(Object.keys(report.totals)).toEqual(['targets', 'byOutcome', 'noAnswerByCode', 'byDirection']);
    expect(Object.keys(report.phones[0] ?? {})).toEqual([
      ...'address mac family model productId vid serial softwareVersion hardwareVersion'.split(' '),
      ...'transitionAuthorizationType returnWithoutLicense eligibility plan changes outcome touched'.split(' '),
      ...'failure evidence startedAt durationMs site note nextAttemptAt named vidSource'.split(' '),
    ]);
  });

  it('says what the report says', () => {
    const report = sampleReport([full, samplePhone()], { noAnswer: { 'connect-timeout': 3, 'connect-refused': 1 } });
    expect(JSON.parse([...renderJson(report)].join(''))).toEqual(report);
  });

  it('is indented by two blanks as JSON.stringify does it, with a line feed at the end', () => {
    for (const phones of [[], [full], [full, samplePhone()]]) {
      const rendered = text(phones, { noAnswer: { 'connect-timeout': 3 } });
      expect(rendered).toBe(`${JSON.stringify(JSON.parse(rendered), null, 2)}\n`);
    }
  });

  it('has the same bytes whatever order the keys came in', () => {
    const turned = Object.fromEntries(Object.entries(full).reverse()) as unknown as PhoneReport;
    expect(text([turned], { noAnswer: { b: 1, a: 1 } })).toBe(text([full], { noAnswer: { a: 1, b: 1 } }));
  });

  it('tells an authorization type shown empty from one that is not there (G10)', () => {
    const report = JSON.parse(
      text([samplePhone({ transitionAuthorizationType: '' }), samplePhone({ transitionAuthorizationType: null })]),
    ) as { phones: PhoneReport[] };
    expect(report.phones.map((phone) => phone.transitionAuthorizationType)).toEqual(['', null]);
  });

  it('keeps texts of phones as shown, without a character a terminal would act on', () => {
    fc.assert(
      fc.property(anyText(), (serial) => {
        const rendered = text([samplePhone({ serial })]);
        expect(rendered.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(JSON.parse(rendered)).toHaveProperty('phones.0.serial', JSON.parse(JSON.stringify(serial)));
      }),
    );
  });

  it('comes in pieces for a big fleet', () => {
    const pieces = [...renderJson(sampleReport(Array.from({ length: 5_000 }, () => full)))];
    expect(pieces.length).toBeGreaterThan(20);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(100_000);
    expect((JSON.parse(pieces.join('')) as { phones: unknown[] }).phones).toHaveLength(5_000);
  });
});
