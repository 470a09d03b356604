import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import { outcomes } from '../../../src/domain/progress/outcome.js';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import { renderTable, type TableOptions } from '../../../src/report/table/table.js';
import { printer, samplePhone, sampleReport } from '../support/sample.js';

const render = (phones: PhoneReport[], options: Partial<TableOptions> = {}): string =>
  renderTable(sampleReport(phones), { width: Infinity, color: false, ...options });

const missing = failure('license-missing', 'http://10.0.0.5:6970/00CCFC123456.lic answered 404');

describe('the table on a narrow terminal', () => {
  const phones = [
    samplePhone({ outcome: 'blocked', failure: missing }),
    samplePhone({ model: '7821', softwareVersion: 'sip78xx.12-0-2MPP0001-1', returnWithoutLicense: 'no' }),
    samplePhone({ eligibility: null }),
    printer,
  ];
  const profile = 'mpp-to-enterprise';
  const header = (width: number, of: PhoneReport[], run: { profile: string | null }): string[] => {
    const lines = renderTable(sampleReport(of, { run }), { width, color: false }).split('\n');
    return (lines.find((line) => line.startsWith('address')) ?? '').split(/ +/);
  };
  const all = ['address', 'mac', 'model', 'firmware', 'authorized', 'verdict', 'outcome', 'why'];
  const without = (...names: string[]): string[] => all.filter((name) => !names.includes(name));

  it('gives up columns one by one, and keeps which phone it is and how it ended', () => {
    const moved = [
      samplePhone({ outcome: 'failed', failure: failure('wrong-load', 'It runs sip88xx.14-1-1-0001-136.') }),
      samplePhone({ model: '7821', softwareVersion: 'sip78xx.12-0-2MPP0001-1', outcome: 'blocked', failure: missing }),
      samplePhone({ eligibility: null, returnWithoutLicense: 'no', outcome: 'deferred', failure: failure('busy') }),
    ];
    expect(header(160, moved, { profile })).toEqual(all);
    expect(header(118, moved, { profile })).toEqual(without('verdict'));
    expect(header(100, moved, { profile })).toEqual(without('verdict', 'authorized'));
    expect(header(80, moved, { profile })).toEqual(without('verdict', 'authorized', 'firmware'));
    expect(header(60, moved, { profile })).toEqual(['address', 'outcome', 'why']);
  });

  it('shows of a phone of an audit that needs somebody what it is and whether it may move, too', () => {
    const locked = samplePhone({
      outcome: 'audited',
      failure: failure('auth-required', 'It asks for a password (401).'),
    });
    expect(header(80, [locked], { profile: null })).toEqual(
      expect.arrayContaining(['model', 'firmware', 'authorized', 'verdict', 'why']),
    );
  });

  const audited = [
    samplePhone({ address: '10.120.130.41', model: '7821', returnWithoutLicense: 'no' }),
    samplePhone({
      address: '10.120.130.42',
      softwareVersion: 'sip88xx.11-2-3MPP-398',
      eligibility: {
        direction: 'm2e',
        verdict: 'needs-upgrade',
        reasons: [{ rule: 'G5', text: 'too old' }],
        warnings: [],
      },
    }),
    samplePhone({
      address: '10.120.130.43',
      returnWithoutLicense: 'unknown',
      failure: failure('auth-required', 'http://10.120.130.43/admin/advanced asks for a password'),
    }),
  ];

  it.each([
    [200, all],
    [100, without('outcome')],
    [80, without('outcome', 'mac')],
    [60, ['address', 'model', 'authorized', 'verdict', 'why']],
  ])('shows of an audit what the phones are and whether they may move, at %i columns', (width, columns) => {
    expect(header(width, audited, { profile: null })).toEqual(columns);
    const named = { ...printer, address: '10.120.130.44', outcome: 'no-answer', named: true } as const;
    expect(header(80, [...audited, named], { profile: null })).toEqual(without('outcome', 'mac'));
  });

  it('says once what is the same for all phones where that makes room, and only then', () => {
    const table = (width: number): string =>
      renderTable(sampleReport([...audited, printer], { run: { profile: null } }), { width, color: false });
    expect(table(80).split('\n')[0]).toBe('The same for all 2: outcome audited');
    expect(table(200)).not.toContain('The same');
    // One phone is its own constant.
    expect(render([samplePhone()], { width: 70 })).not.toContain('The same');
    for (const width of [50, 60, 80, 100]) {
      const long = audited.map((phone) => ({ ...phone, model: 'x'.repeat(70) }));
      for (const line of render(long, { width }).split('\n')) expect(line.length).toBeLessThanOrEqual(width);
    }
  });

  it.each([80, 100, 200])('has no empty column in a part, and the fact of what is no phone, at %i columns', (width) => {
    const failed = failure('not-a-phone', 'Not a phone: its page is called "Login".');
    const all = [...audited, printer, { ...printer, address: '10.0.0.2', failure: failed }];
    const table = renderTable(sampleReport(all, { run: { profile: null } }), { width, color: false });
    const [, others] = table.split('\nNot phones (2)\n');
    expect(others).toBe(
      [
        'address   outcome      why',
        '10.0.0.1  not-a-phone  HP LaserJet',
        '10.0.0.2  not-a-phone  its page is called "Login".',
        '',
      ].join('\n'),
    );
  });

  it('shows the rule where its sentence has no room, and the sentence once with how many it is true of', () => {
    const warned = Array.from({ length: 4 }, (_, at) =>
      samplePhone({
        address: `10.120.130.${at}`,
        model: at === 0 ? '7821' : '8841',
        returnWithoutLicense: at === 0 ? 'no' : 'yes',
        softwareVersion: at === 0 ? 'sip78xx.12-0-2MPP0001-1' : 'sip88xx.12-0-3MPP0001-87',
        eligibility: {
          ...{ direction: 'm2e', verdict: at === 0 ? 'needs-upgrade' : 'eligible', reasons: [] },
          warnings: at < 3 ? [{ rule: 'FN74296', text: `It is slow there, ${'and so on '.repeat(9)}for good.` }] : [],
        },
      }),
    );
    const table = (width: number): string =>
      renderTable(sampleReport(warned, { run: { profile: null } }), { width, color: false });
    const lines = table(80).split('\n');
    expect(lines[1]?.split(/ {2,}/)).toEqual(['address', 'model', 'firmware', 'authorized', 'verdict', 'why']);
    expect(lines.filter((line) => line.endsWith('  FN74296'))).toHaveLength(3);
    expect(lines.slice(6).join(' ').replace(/\s+/g, ' ').trim()).toBe(
      `3 FN74296: It is slow there, ${'and so on '.repeat(9)}for good.`,
    );
    expect(table(250)).not.toMatch(/^ +3 {2}FN/m);
  });

  it('of a dry run: what is planned stands below, with what each phone is above it', () => {
    const planned = (address: string, load: string, ...first: string[]): PhoneReport =>
      samplePhone({
        ...{ address, outcome: 'planned', model: load.slice(3, 5) },
        plan: [
          ...first.map((upgrade) => ({ step: 'upgrade' as const, load: upgrade, set: {} })),
          { step: 'convert', load, set: {} },
        ],
      });
    const there = samplePhone({
      address: '10.120.130.44',
      outcome: 'already-done',
      family: 'enterprise',
      softwareVersion: 'sip88xx.14-3-1-0201-246',
    });
    const all = [
      planned('10.120.130.41', 'sip88xx.14-2-1-0101-26'),
      planned('10.120.130.42', 'sip78xx.14-2-1-0101-26', 'sip78xx.12-0-3MPP0001-87'),
      there,
    ];
    const table = renderTable(sampleReport(all, { run: { dryRun: true } }), { width: 80, color: false });
    expect(table.split('\n')[0]?.split(/ {2,}/)).toEqual([
      'address',
      'model',
      'firmware',
      'authorized',
      'verdict',
      'why',
    ]);
    expect(table).toMatch(/^10\.120\.130\.41 .* eligible +convert$/m);
    expect(table).toMatch(/^10\.120\.130\.42 .* 2 steps$/m);
    // The verdict is on the way back.
    expect(table).toMatch(/^10\.120\.130\.44 +8841 +14-3-1-0201-246 +- +- +already$/m);
    expect(table).toContain('     1  convert to sip88xx.14-2-1-0101-26\n');
    expect(table.replace(/\s+/g, ' ')).toContain(
      '1 2 steps: upgrade to sip78xx.12-0-3MPP0001-87, then convert to sip78xx',
    );
  });

  it('shortens firmware and cuts the reason', () => {
    const table = render(phones, { width: 100 });
    expect(table).toContain(' 12-0-3MPP0001-87 ');
    expect(table).toMatch(/license-missing: …[^ ]*\/00CCFC123456\.lic answe…$/m);
  });

  it('never writes a line wider than asked, nor a hidden character', () => {
    const strange = fc.string({
      unit: fc.oneof(fc.constantFrom('\n', '\x1b[31m', '\u202e', '\t', 'x', ' '), fc.string()),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 50, max: 200 }),
        fc.array(strange, { minLength: 1, maxLength: 6 }),
        (width, texts) => {
          const table = render(
            texts.map((said, index) =>
              samplePhone({
                address: `10.0.0.${index}`,
                outcome: outcomes[index % outcomes.length] ?? 'done',
                model: said.slice(0, 6),
                softwareVersion: said,
                failure: { code: 'http-error', message: said, hint: '' },
              }),
            ),
            { width },
          );
          for (const line of table.split('\n')) {
            expect(line.length).toBeLessThanOrEqual(width);
            expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          }
        },
      ),
    );
  });

  it('keeps wide characters whole when there is room', () => {
    expect(
      render([samplePhone({ failure: { code: 'http-error', message: '电话忙'.repeat(10), hint: '' } })]),
    ).toContain('电话忙'.repeat(10));
  });
});
