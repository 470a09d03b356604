import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import { csvColumns, renderCsv } from '../../../src/report/formats/csv.js';
import { samplePhone, sampleReport } from '../support/sample.js';
import { anyText } from '../../support/any-text.js';

const text = (...phones: PhoneReport[]): string => [...renderCsv(sampleReport(phones))].join('');

/** The first phone as a spreadsheet reads it. */
const row = (change: Partial<PhoneReport>): Record<string, string> =>
  (parse(text(samplePhone(change)), { columns: true }) as Record<string, string>[])[0] ?? {};

describe('the CSV report', () => {
  it('has a fixed header and one line a phone, with CRLF', () => {
    const lines = text(samplePhone(), samplePhone({ address: '10.0.0.6', model: null })).split('\r\n');
    expect(lines).toEqual([
      'address,mac,family,model,productId,vid,serial,softwareVersion,hardwareVersion,transitionAuthorizationType,' +
        'returnWithoutLicense,direction,verdict,reasons,warnings,plan,changes,outcome,touched,' +
        'failureCode,failureMessage,failureHint,evidence,startedAt,durationMs,site,note,named,vidSource,' +
        'ucmName,ucmDevicePool,ucmDescription,ucmRegistered,ucmLoad,ucmStatusReason,requests,bytes,nextAttemptAt,' +
        'state,writtenAt,toldAt',
      '10.0.0.5,00CCFC123456,multiplatform,8841,CP-8841-3PCC,V03,FCH2012ABCD,sip88xx.12-0-3MPP0001-87,V03,Classic,' +
        'yes,m2e,eligible,,,,,audited,no,,,,,2026-01-31T22:14:05.000Z,1250,,,no,,,,,,,,,,,,,',
      '10.0.0.6,00CCFC123456,multiplatform,,CP-8841-3PCC,V03,FCH2012ABCD,sip88xx.12-0-3MPP0001-87,V03,Classic,' +
        'yes,m2e,eligible,,,,,audited,no,,,,,2026-01-31T22:14:05.000Z,1250,,,no,,,,,,,,,,,,,',
      '',
    ]);
  });

  it('says whether the target was named and where its VID is from, and nothing where an earlier version did not keep it', () => {
    const { named: _, ...earlier } = samplePhone();
    expect(row({ named: true }).named).toBe('yes');
    expect(row({ vidSource: 'inventory' }).vidSource).toBe('inventory');
    expect(text(earlier as PhoneReport).split('\r\n')[1]).toMatch(/1250,{16}$/);
  });

  it('has the header alone when no phone was found', () => {
    expect(text()).toBe(`${csvColumns.join(',')}\r\n`);
  });

  it('writes lists readably into one cell', () => {
    expect(
      row({
        plan: [
          {
            step: 'upgrade',
            load: 'sip88xx.12-0-3MPP0001-87',
            set: { upgradeRule: 'http://h/a.loads' },
            note: 'below 12.0(3)',
          },
          { step: 'authorize', load: null, set: {} },
        ],
        changes: [
          { field: 'upgradeRule', from: '', to: 'http://h/a.loads' },
          { field: 'authorizationType', from: 'WxC', to: 'Classic' },
        ],
        eligibility: {
          direction: 'm2e',
          verdict: 'needs-upgrade',
          reasons: [
            { rule: 'G5', text: 'below 12.0(3)' },
            { rule: 'G2', text: 'any hardware' },
          ],
          warnings: [{ rule: 'G2', text: 'no Wi-Fi afterwards' }],
        },
        evidence: [{ at: '2026-01-31T22:15:00.000Z', kind: 'firmware', text: 'sip88xx.12-0-3MPP0001-87' }],
      }),
    ).toMatchObject({
      plan: 'upgrade to sip88xx.12-0-3MPP0001-87 [upgradeRule=http://h/a.loads] (below 12.0(3)) | authorize',
      changes: 'upgradeRule: "" -> "http://h/a.loads" | authorizationType: "WxC" -> "Classic"',
      reasons: 'G5: below 12.0(3) | G2: any hardware',
      warnings: 'G2: no Wi-Fi afterwards',
      evidence: '2026-01-31T22:15:00.000Z firmware: sip88xx.12-0-3MPP0001-87',
    });
  });

  it('tells an authorization type shown empty from one that is not there (G10)', () => {
    expect(row({ transitionAuthorizationType: '' })).toHaveProperty('transitionAuthorizationType', '(empty)');
    expect(row({ transitionAuthorizationType: null })).toHaveProperty('transitionAuthorizationType', '');
  });

  it.each([
    ['=HYPERLINK("http://evil")', `'=HYPERLINK("http://evil")`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\\x09=1"],
    ['\rx', "'\\x0dx"],
    ['  =1', "'  =1"],
    ['\uff1d1', "'\uff1d1"],
    ['a=1', 'a=1'],
    ['"=1', `'"=1`],
    [`'=1`, `''=1`],
    ['a;=1', "a;'=1"],
    ['a; "@SUM(A1)', `a;' "@SUM(A1)`],
    ['a; b', 'a; b'],
  ])('does not let %j become a formula', (serial, expected) => {
    expect(row({ serial })).toHaveProperty('serial', expected);
  });

  it('quotes commas and quotes, and shows line ends as text', () => {
    expect(text(samplePhone({ serial: 'a,"b"\r\nc' }))).toContain(',"a,""b""\\x0d\\x0ac",');
  });

  it('is one line a phone and no formula, whatever phones say', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText(), fc.string()), { maxLength: 5 }), (texts) => {
        const phones = texts.map(([serial, message]) =>
          samplePhone({ serial, note: message, failure: { code: 'http-error', message, hint: serial } }),
        );
        const rendered = text(...phones);
        expect(rendered.split('\r\n')).toHaveLength(phones.length + 2);
        expect(rendered.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        for (const cells of parse(rendered) as string[][]) {
          expect(cells).toHaveLength(csvColumns.length);
          for (const cell of cells) expect(cell).not.toMatch(/^\s*[=+\-@]/);
        }
      }),
    );
  });

  it('keeps a cell within what a spreadsheet takes', () => {
    expect(row({ note: 'x'.repeat(100_000) })['note']?.length).toBe(32_000);
  });
});

describe('the CSV report for Excel', () => {
  const forExcel = (...phones: PhoneReport[]): string => [...renderCsv(sampleReport(phones), 'excel')].join('');
  const cellsOf = (change: Partial<PhoneReport>): Record<string, string> =>
    (
      parse(forExcel(samplePhone(change)), { columns: true, bom: true, delimiter: ';' }) as Record<string, string>[]
    )[0] ?? {};

  it('begins with a mark and separates cells by ;', () => {
    const [header = '', first = ''] = forExcel(samplePhone()).split('\r\n');
    expect(header).toBe(`\ufeff${csvColumns.join(';')}`);
    expect(first).toMatch(/^"=""10\.0\.0\.5""";00CCFC123456;multiplatform;"=""8841""";/);
  });

  it.each(['001122334455', '0012345E6789', '12-1-1', '1/2', '10:30 PM', '5%', '3.0', 'SEP10', '3 mai', '2026-01-31'])(
    'keeps the text %s from being read as a number, a date or a time',
    (serial) => {
      expect(cellsOf({ serial }).serial).toBe(`="${serial}"`);
    },
  );

  it.each(['00CCFC12345A', 'sip88xx.14-2-1-0101-26', 'V03', 'FCH2012ABCD', 'CP-8841-3PCC', '', 'Raum'])(
    'leaves the text %s as it is, in which Excel sees nothing else',
    (serial) => {
      expect(cellsOf({ serial }).serial).toBe(serial);
    },
  );

  it('leaves numbers what they are', () => {
    expect(cellsOf({ durationMs: 1250 }).durationMs).toBe('1250');
  });

  it('has the same texts as the CSV for programs, whatever a phone says, and no formula but them', () => {
    fc.assert(
      fc.property(anyText(), (serial) => {
        const cell = cellsOf({ serial }).serial ?? '';
        const [, inner] = /^="((?:[^"]|"")*)"$/s.exec(cell) ?? [];
        expect(inner?.replaceAll('""', '"') ?? cell).toBe(row({ serial }).serial);
        if (inner === undefined) expect(cell).not.toMatch(/^[\s\0"']*[=+\-@]/);
      }),
    );
  });
});
