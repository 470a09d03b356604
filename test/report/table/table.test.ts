import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import { renderTable, type TableOptions } from '../../../src/report/table/table.js';
import { printer, samplePhone, sampleReport } from '../support/sample.js';

const render = (phones: PhoneReport[], options: Partial<TableOptions> = {}): string =>
  renderTable(sampleReport(phones), { width: Infinity, color: false, ...options });

/** The addresses in the order of the lines. */
const addresses = (table: string): string[] => table.match(/^\d+\.\d+\.\d+\.\d+(?= )/gm) ?? [];

const missing = failure('license-missing', 'http://10.0.0.5:6970/00CCFC123456.lic answered 404');

describe('the table', () => {
  it('says what each phone is, whether it may return without a license, and how it ended', () => {
    expect(render([samplePhone(), samplePhone({ address: '10.0.0.6', outcome: 'blocked', failure: missing })])).toBe(
      [
        'address   mac           model  firmware                  authorized  verdict   outcome  why',
        '10.0.0.5  00CCFC123456  8841   sip88xx.12-0-3MPP0001-87  yes         eligible  audited',
        '',
        'Need attention (1)',
        'address   mac           model  firmware                  authorized  verdict   outcome  why',
        '10.0.0.6  00CCFC123456  8841   sip88xx.12-0-3MPP0001-87  yes         eligible  blocked  ' +
          'license-missing: http://10.0.0.5:6970/00CCFC123456.lic answered 404',
        '',
      ].join('\n'),
    );
  });

  it('gives one reason: the failure, the plan, or what the rules say', () => {
    const why = (change: Partial<PhoneReport>): string | undefined =>
      render([samplePhone(change)])
        .replace(/^Need attention.*\n/, '')
        .split('\n')[1]
        ?.split(/ {2,}/)[7];
    const rules = (verdict: 'ineligible' | 'eligible'): Partial<PhoneReport> => ({
      eligibility: {
        direction: 'e2m',
        verdict,
        reasons: [{ rule: 'G2', text: 'V02' }],
        warnings: [{ rule: 'FN', text: 'slow' }],
      },
    });
    expect(why({ failure: missing })).toMatch(/^license-missing: /);
    expect(
      why({
        outcome: 'planned',
        plan: [
          { step: 'upgrade', load: 'a.1', set: {} },
          { step: 'convert', load: 'b.2', set: {} },
        ],
      }),
    ).toBe('upgrade to a.1, then convert to b.2');
    expect(why({ outcome: 'ineligible', ...rules('ineligible') })).toBe('G2: V02');
    expect(why(rules('eligible'))).toBe('FN: slow');
    expect(why({ outcome: 'done', ...rules('eligible') })).toBeUndefined();
  });

  it('shows no answer on returning for a phone that runs Enterprise', () => {
    expect(render([samplePhone({ family: 'enterprise', returnWithoutLicense: 'unknown' })])).not.toContain('unknown');
  });

  it('sorts by number, what needs attention after the rest and the most urgent last, then what is no phone', () => {
    const table = render([
      samplePhone({ address: '10.0.0.100', outcome: 'failed', failure: failure('wrong-load') }),
      printer,
      samplePhone({ address: '10.0.0.30', outcome: 'blocked', failure: missing }),
      samplePhone({ address: '10.0.0.4', outcome: 'blocked', failure: missing }),
      samplePhone({ address: '10.0.0.99', outcome: 'done' }),
      samplePhone({ address: '10.0.0.20', outcome: 'unverified', failure: failure('silent') }),
      samplePhone({ address: '10.0.0.9', outcome: 'ineligible' }),
    ]);
    expect(addresses(table)).toEqual([
      ...['10.0.0.9', '10.0.0.99'],
      ...['10.0.0.4', '10.0.0.30', '10.0.0.20', '10.0.0.100'],
      '10.0.0.1',
    ]);
    expect(table).toContain('\nNeed attention (4)\n');
    expect(table).toContain('\nNot phones (1)\n');
    expect(table).toContain('HP LaserJet');
  });

  it('puts named targets at which no phone was read to what needs attention, in yellow', () => {
    const dark = { ...printer, outcome: 'no-answer', failure: failure('connect-timeout') } as const;
    const phones = [
      samplePhone({ address: '10.0.0.2', outcome: 'blocked', failure: missing }),
      { ...printer, address: '10.0.0.3', named: true },
      { ...dark, address: '10.0.0.4', named: true },
      { ...dark, address: '10.0.0.6' },
      { ...printer, address: '10.0.0.7' },
      samplePhone({ address: '10.0.0.8', outcome: 'deferred', failure: failure('busy') }),
    ];
    const table = render(phones);
    expect(addresses(table)).toEqual(['8', '3', '4', '2', '6', '7'].map((octet) => `10.0.0.${octet}`));
    expect(table).toMatch(/^Need attention \(4\)\n/);
    expect(table).toContain('\nNo answer (1)\n');
    expect(table).toContain('\nNot phones (1)\n');
    const yellow = render(phones, { color: true }).match(/\u001b\[33m[a-z-]+/g) ?? [];
    expect(yellow.map((text) => text.slice(5)).sort()).toEqual(['blocked', 'deferred', 'no-answer', 'not-a-phone']);
  });

  it('only counts what took a connection and was not read before the run was stopped, unless it was named', () => {
    const unread = { ...printer, outcome: 'aborted', failure: failure('stopped-before-start') } as const;
    const phones = [1, 2, 3].map((at) => ({ ...unread, address: `10.0.0.${at}`, named: at === 3 }));
    const table = render(phones);
    expect(addresses(table)).toEqual(['10.0.0.3']);
    expect(table).toContain('Not listed here: 2 aborted.');
  });

  it('leaves the report as it was', () => {
    const report = sampleReport([samplePhone({ address: '10.0.0.9' }), samplePhone({ address: '10.0.0.1' })]);
    const before = JSON.stringify(report);
    renderTable(report, { width: 80, color: false });
    expect(JSON.stringify(report)).toBe(before);
  });

  it('says so when there is nothing', () => {
    expect(render([])).toBe('No phone was found.\n');
  });
});

describe('the table in color', () => {
  it('paints the outcome, and nothing when color is off', () => {
    const phones = [samplePhone({ outcome: 'failed', failure: missing }), samplePhone({ outcome: 'done' })];
    expect(render(phones, { color: true })).toMatch(/\x1b\[31mfailed\x1b\[39m/);
    expect(render(phones, { color: true })).toMatch(/\x1b\[32mdone\x1b\[39m/);
    expect(render(phones)).not.toContain('\x1b');
  });

  it('has the same columns as without', () => {
    const phones = [samplePhone(), samplePhone({ outcome: 'blocked', failure: missing })];
    const plain = render(phones, { color: true, width: 90 }).replace(/\x1b\[\d+m/g, '');
    expect(plain).toBe(render(phones, { width: 90 }));
  });
});

describe('the table of a big fleet', () => {
  const many = (count: number, change: (index: number) => Partial<PhoneReport>): PhoneReport[] =>
    Array.from({ length: count }, (_, index) =>
      samplePhone({ address: `10.0.${Math.floor(index / 250)}.${index % 250}`, ...change(index) }),
    );

  it('lists only what needs attention, counts the rest and says where it is', () => {
    const phones = many(300, (index) =>
      index < 3
        ? { outcome: 'failed', failure: failure('wrong-load') }
        : { outcome: index < 20 ? 'ineligible' : 'done' },
    );
    const table = render(phones, { fullList: 'night.csv' });
    expect(addresses(table)).toEqual(['10.0.0.0', '10.0.0.1', '10.0.0.2']);
    expect(table).toContain('Not listed here: 280 done, 17 ineligible. The full list is in night.csv.\n');
    expect(render(phones)).toContain('For the full list use --report FILE.csv or --output csv or json.');
  });

  it('lists the most urgent when too many need attention', () => {
    const phones = many(1_000, (index) => ({ outcome: index === 500 ? 'failed' : 'blocked', failure: missing }));
    const table = render(phones);
    expect(addresses(table)).toHaveLength(200);
    expect(addresses(table).at(-1)).toBe('10.0.2.0');
    expect(table).toContain('Not listed here: 800 blocked.');
  });

  it('lists all up to the limit', () => {
    expect(addresses(render(many(200, () => ({ outcome: 'done' }))))).toHaveLength(200);
    expect(
      addresses(
        render(
          many(11, () => ({ outcome: 'done' })),
          { most: 10 },
        ),
      ),
    ).toHaveLength(0);
  });

  it('only counts many devices that are no phones', () => {
    const table = render([samplePhone(), ...many(50, () => ({ ...printer, address: '10.0.9.9' }))]);
    expect(addresses(table)).toEqual(['10.0.0.5']);
    expect(table).toContain('Not listed here: 50 not-a-phone.');
  });
});
