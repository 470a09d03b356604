import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failure, type FailureCodeName, failureCodes } from '../../../src/domain/failures/failure-codes.js';
import { outcomes } from '../../../src/domain/progress/outcome.js';
import type { PhoneReport } from '../../../src/domain/report/report.js';
import { mostLines, renderSummary } from '../../../src/report/summary/summary.js';
import { samplePhone, sampleReport } from '../support/sample.js';
import { anyText } from '../../support/any-text.js';

const blocked = (address: string, code: FailureCodeName = 'license-missing', message?: string) =>
  samplePhone({ address, outcome: 'blocked', failure: failure(code, message) });

describe('the summary', () => {
  it('fits a mail: totals, who did not answer, what stood in the way, what is next', () => {
    const report = sampleReport(
      [
        samplePhone({ address: '10.0.0.9', outcome: 'done', touched: true }),
        blocked('10.0.0.12'),
        blocked('10.0.0.7'),
        samplePhone({
          address: '10.0.0.20',
          outcome: 'failed',
          touched: true,
          failure: failure('wrong-load', 'has 14-1-1'),
        }),
      ],
      { noAnswer: { 'connect-refused': 2, 'connect-timeout': 248 } },
    );
    const given = ['--profile', 'mpp-to-enterprise', '--files', 'http://10.0.0.5:6970'];
    const words = {
      ...{ where: ['--db', '/var/the store.db'], resume: [], compare: [] },
      run: {
        withTargets: ['--subnet', '10.0.0.0/24', ...given],
        withoutTargets: given,
        inOneWave: null,
        limit: null,
        says: { files: true, ucm: false },
      },
    };
    expect(renderSummary(report, { reportFiles: ['night.json', 'night.csv'], words })).toBe(
      [
        'fleet-migrate 0.1.0: profile mpp-to-enterprise; 254 targets in 3m 20s',
        'Run 20260131-221405',
        '',
        '     1  done',
        '     2  blocked',
        '     1  failed',
        '   250  no-answer: 248 connect-timeout, 2 connect-refused',
        '',
        'What stood in the way:',
        "     2  license-missing: This phone's license is not on the file server.",
        '     1  wrong-load: The phone came back on a different load than planned.',
        '',
        'What to do about it:',
        '  - license-missing (10.0.0.7, 10.0.0.12): Each phone needs its own file,',
        '    named by its MAC in upper case, for this direction (guide G4). For license',
        '    questions open a case with the licensing team; for a migration that fails,',
        '    the small-business support center (guide G11).',
        '  - wrong-load (10.0.0.20): Look at the Download Status and at the file',
        '    server; the phone works, but on the wrong load.',
        '',
        'Next:',
        "  - Look at the failed phones one by one: the report has each phone's own",
        '    words and what was changed.',
        '      fleet-migrate report 20260131-221405 --only failed --db "/var/the store.db"',
        '  - Once what stood in the way is put right, take the 3 phones that ended',
        '    failed or blocked again: each is read first.',
        '      fleet-migrate migrate --from-run 20260131-221405 --only failed,blocked --profile mpp-to-enterprise --files http://10.0.0.5:6970 --db "/var/the store.db"',
        '  - To see this again, and what changed between runs:',
        '      fleet-migrate report 20260131-221405 --lists --db "/var/the store.db"',
        '      fleet-migrate report --diff --db "/var/the store.db"',
        'Full report: night.json, night.csv',
        '',
      ].join('\n'),
    );
  });

  it('counts an audit by verdict and by who may return without a license', () => {
    const summary = renderSummary(
      sampleReport(
        [
          samplePhone(),
          samplePhone({ returnWithoutLicense: 'no' }),
          samplePhone({ returnWithoutLicense: 'no' }),
          samplePhone({ family: 'enterprise', returnWithoutLicense: 'unknown', eligibility: null }),
        ],
        { run: { profile: null } },
      ),
    );
    expect(summary).toMatch(/^fleet-migrate 0\.1\.0: audit, no profile; 4 targets/);
    expect(summary).toContain(
      '\nBy the rules, to Enterprise (m2e): 3 eligible\nMay return to Enterprise without a license: 2 no, 1 yes\n',
    );
  });

  it('lists audited phones that kept their page shut by what they said, each with what to do', () => {
    const shut = (code: FailureCodeName): PhoneReport =>
      samplePhone({ returnWithoutLicense: 'unknown', failure: failure(code) });
    const said = renderSummary(
      sampleReport([shut('password-wrong'), shut('password-wrong'), shut('auth-required'), samplePhone()], {
        run: { profile: null },
      }),
    ).replace(/\s+/g, ' ');
    expect(said).toContain('2 password-wrong: The phone refused the password.');
    expect(said).toContain('Give the right one and run again');
    expect(said).toContain('1 auth-required: The admin page asks for a password.');
    expect(said).toContain('Give it with --password-env or --password-file');
  });

  it('says what was unusual about the run', () => {
    const summary = renderSummary(
      sampleReport([], {
        run: {
          interrupted: 'SIGINT',
          preflightSkipped: true,
          insecure: true,
          ucmInsecure: true,
          tlsLegacy: true,
          expiredMicAllowed: true,
          dryRun: true,
        },
      }),
    );
    expect(summary).toContain('--tls-legacy');
    expect(summary).toContain('--ucm-insecure: the certificate of Unified CM was not checked.');
    // It may have been given for nothing: what was taken, its phones tell.
    expect(summary).toMatch(/--allow-expired-mic: a phone's certificate counts although it has\s+expired/);
    expect(summary).toContain('dry run');
    expect(summary).toContain('INTERRUPTED by SIGINT');
    expect(summary).toContain('--skip-preflight');
    expect(summary).toContain('--insecure: certificates were not checked (except by --files-ca).');
    const audit = renderSummary(sampleReport([], { run: { insecure: true, profile: null } }));
    expect(audit).toContain('--insecure: certificates were not checked.\n');
  });

  it('says how many phones were left out, and by what', () => {
    const left = (code: FailureCodeName) => samplePhone({ outcome: 'deferred', failure: failure(code) });
    const summary = renderSummary(
      sampleReport([left('beyond-limit'), left('ucm-not-chosen'), left('ucm-not-chosen')]),
      {
        reportFiles: [],
      },
    );
    expect(summary).toContain('3  deferred: 1 of them beyond --limit, 2 of them not chosen on Unified CM\n');
    expect(summary).toContain('the other target.');
  });

  it('names phones on the network that Unified CM does not have', () => {
    const evidence = [
      { at: '2026-11-29T01:00:00.000Z', kind: 'unified-cm', text: 'Unified CM cucm1 has no phone SEP00.' },
    ];
    const phones = [1, 2, 3, 4, 5].map((at) => samplePhone({ address: `10.0.0.${at}`, evidence }));
    expect(renderSummary(sampleReport(phones))).toContain(
      'On the network, but not in Unified CM: 5 phones, at 10.0.0.1, 10.0.0.2,\n10.0.0.3, 10.0.0.4, and 1 more',
    );
  });

  it('tells phones that were not started from targets that were not looked at', () => {
    const report = sampleReport([samplePhone({ outcome: 'aborted' })]);
    Object.assign(report.totals, { targets: 264, byOutcome: { aborted: 264 } });
    expect(renderSummary(report)).toContain('   264  aborted: 263 of them were not looked at\n');
    expect(renderSummary(sampleReport([samplePhone({ outcome: 'aborted' })]))).toContain('     1  aborted\n');
  });

  it('says in its own words that it stopped itself', () => {
    const abortedBy = '4 of 52 phones of wave 3 failed (7.7 %), more than 5 %: 3 authorization-failed, 1 wrong-load.';
    const lines = renderSummary(sampleReport([], { run: { abortedBy } })).split('\n');
    expect(lines.slice(2, 4).join(' ')).toBe(`STOPPED ITSELF: ${abortedBy}`);
  });

  it.each([
    ['SIGTERM', 'INTERRUPTED by SIGTERM before all targets were done.'],
    ['the store cannot be written', 'INTERRUPTED: the store cannot be written, before all targets were done.'],
  ])('names what ended a run early: %s', (interrupted, line) => {
    expect(renderSummary(sampleReport([], { run: { interrupted } })).split('\n')[2]).toBe(line);
  });

  it('counts what is left when the failures do not fit', () => {
    const codes = Object.keys(failureCodes) as FailureCodeName[];
    const summary = renderSummary(sampleReport(codes.map((code, index) => blocked(`10.0.0.${index}`, code))));
    const listed = summary.match(/^ +1 {2}[a-z-]+: /gm)?.length ?? 0;
    const codesLeft = codes.length - listed;
    expect(listed).toBeGreaterThan(2);
    expect(summary.replace(/\s+/g, ' ')).toContain(`and ${codesLeft} more phones with ${codesLeft} other codes`);
    expect(summary).toContain('fleet-migrate report 20260131-221405 --lists\n');
  });

  it('has the most frequent cause first, whole, and its hint: also where there are thirteen, and one phone each', () => {
    const codes = (Object.keys(failureCodes) as FailureCodeName[]).filter((code) => code !== 'stopped-before-start');
    const ones = codes.slice(0, 12).map((code, index) => blocked(`10.0.1.${index}`, code));
    const many = Array.from({ length: 21 }, (_, index) => blocked(`10.0.0.${index}`, 'stopped-before-start'));
    const said = renderSummary(sampleReport([...ones, ...many])).replace(/\s+/g, ' ');
    const { meaning, hint } = failureCodes['stopped-before-start'];
    expect(said).toContain(`What stood in the way: 21 stopped-before-start: ${meaning} 1 `);
    expect(said).toMatch(/What to do about it: - stopped-before-start \(10\.0\.0\.0, /);
    for (const code of codes.slice(0, 12)) expect(said).toContain(failureCodes[code].hint);
    expect(said).toContain(hint);
    expect(said).not.toMatch(/for the others/);
  });

  it('has a command to copy for hints that are left out', () => {
    const codes = Object.keys(failureCodes) as FailureCodeName[];
    const said = renderSummary(sampleReport(codes.map((code, index) => blocked(`10.0.0.${index}`, code))));
    expect(said).toMatch(/- for the others, the lists say what to do:\n {6}fleet-migrate report \S+ --lists\n\nNext:/);
    expect(said.replace(/\s+/g, ' ')).toMatch(/take the \d+ phones that ended so again/);
  });

  it('says a hint once that several causes share, and each cause on one line', () => {
    const hint = 'Look at the file server.';
    const failed = (address: string, code: FailureCodeName): PhoneReport =>
      samplePhone({ address, outcome: 'blocked', failure: { ...failure(code), hint } });
    const summary = renderSummary(
      sampleReport([
        failed('10.0.0.1', 'firmware-missing'),
        failed('10.0.0.2', 'license-missing'),
        failed('10.0.0.3', 'body-timeout'),
      ]),
    );
    expect(summary.split(hint)).toHaveLength(2);
    expect(summary.replace(/\s+/g, ' ')).toContain(
      'body-timeout, firmware-missing, license-missing (10.0.0.3, 10.0.0.1, 10.0.0.2): Look',
    );
    expect(summary.match(/^ {5}1 {2}[a-z-]+: .*$/gm)).toHaveLength(3);
  });

  it('names the run, whatever it was', () => {
    for (const run of [{ profile: null }, { dryRun: true }, {}])
      expect(renderSummary(sampleReport([], { run }))).toMatch(/^fleet-migrate .*\nRun 20260131-221405\n/);
  });

  it('tells of all who did not answer how, those who are listed too', () => {
    const silent = (code: FailureCodeName | null): ReturnType<typeof samplePhone> =>
      samplePhone({ outcome: 'no-answer', failure: code && failure(code) });
    const line = (phones: Parameters<typeof sampleReport>[0], noAnswer: Record<string, number>): string | undefined => {
      const report = sampleReport(phones, { noAnswer });
      report.totals.byOutcome['no-answer'] = report.totals.targets;
      return /^ *\d+ {2}no-answer.*$/m.exec(renderSummary(report))?.[0].trim();
    };
    const listed = [silent('response-timeout'), silent('response-timeout'), silent('connect-reset')];
    expect(line(listed, { 'connect-reset': 1 })).toBe('4  no-answer: 2 connect-reset, 2 response-timeout');
    expect(line([silent(null)], { 'connect-reset': 1 })).toBe('2  no-answer: 1 connect-reset, 1 unknown');
    expect(line([silent(null)], {})).toBe('1  no-answer: 1 unknown');
  });

  it('lists named targets at which no phone was read with what stood in the way, and says what to do', () => {
    const dark = (address: string, named: boolean) =>
      samplePhone({ address, outcome: 'no-answer', failure: failure('response-timeout'), named });
    const summary = renderSummary(
      sampleReport([samplePhone({ outcome: 'done' }), dark('10.0.0.7', true), dark('10.0.0.8', false)], {
        noAnswer: { 'connect-timeout': 3 },
      }),
    ).replace(/\s+/g, ' ');
    expect(summary).toContain('5 no-answer: 3 connect-timeout, 2 response-timeout');
    expect(summary).toContain(
      '1 response-timeout: The web server accepted the connection, but sent no response. What to do about it: - response-timeout (10.0.0.7): The web',
    );
    expect(summary).toContain('Find the phone that you named');
    expect(summary).not.toContain('Nothing is left to do');
  });

  it('names some addresses only', () => {
    const summary = renderSummary(
      sampleReport(Array.from({ length: 9 }, (_, index) => blocked(`10.0.0.${index + 1}`))),
    );
    expect(summary).toContain('license-missing (10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, and 5 more): Each');
  });

  it('has at most so many lines, ends with what is next, and shows no hidden character', () => {
    const code = fc.constantFrom(...(Object.keys(failureCodes) as FailureCodeName[]));
    const phone = fc.record({ outcome: fc.constantFrom(...outcomes), code, message: anyText() });
    const silent = fc.dictionary(
      fc.constantFrom('connect-timeout', 'connect-refused', 'host-unreachable'),
      fc.nat(70_000),
    );
    fc.assert(
      fc.property(fc.array(phone, { maxLength: 60 }), silent, fc.boolean(), (phones, noAnswer, audit) => {
        const report = sampleReport(
          phones.map(({ outcome, code: name, message }) => samplePhone({ outcome, failure: failure(name, message) })),
          {
            noAnswer,
            run: {
              ...{ profile: audit ? null : 'p', interrupted: 'SIGTERM', preflightSkipped: true, insecure: true },
              abortedBy: audit
                ? null
                : `1 of 2 phones failed: ${phones.map(({ code: name }) => `1 ${name}`).join(', ')}.`,
            },
          },
        );
        const lines = renderSummary(report, { reportFiles: ['a.json'] })
          .trimEnd()
          .split('\n');
        expect(lines.length).toBeLessThanOrEqual(mostLines);
        expect(lines.at(-1)).toBe('Full report: a.json');
        for (const line of lines) {
          // A command is to be copied whole.
          if (!line.startsWith('      fleet-migrate ')) expect(line.length).toBeLessThanOrEqual(78);
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        }
      }),
    );
  });
});
