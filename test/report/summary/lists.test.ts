import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failure, type FailureCodeName, failureCodes } from '../../../src/domain/failures/failure-codes.js';
import { isBeyondLimit, outcomes } from '../../../src/domain/progress/outcome.js';
import { renderLists } from '../../../src/report/summary/lists.js';
import { samplePhone, sampleReport } from '../support/sample.js';
import { anyText } from '../../support/any-text.js';

const phone = (address: string, outcome: (typeof outcomes)[number], code: FailureCodeName, message?: string) =>
  samplePhone({ address, outcome, failure: failure(code, message) });

describe('the full lists of the morning', () => {
  it('hold every phone that wants somebody, by outcome and reason, with its hint', () => {
    const report = sampleReport([
      phone('10.0.0.20', 'failed', 'wrong-load', 'It came back with sip88xx.14-1-1.'),
      phone('10.0.0.30', 'deferred', 'busy'),
      phone('10.0.0.12', 'blocked', 'license-missing'),
      { ...phone('10.0.0.7', 'blocked', 'license-missing'), site: 'Berlin', model: null },
      phone('10.0.0.8', 'blocked', 'no-load'),
      phone('10.0.0.40', 'unverified', 'silent', 'Not seen again within 45m.'),
      phone('10.0.0.50', 'aborted', 'stopped-before-start', 'A threshold was passed.'),
      samplePhone({ outcome: 'done' }),
    ]);
    const text = renderLists(report, { nextAttempt: () => '2026-01-31T22:24:00.000Z' });
    expect(text.split('\n')).toEqual([
      'Failed (1): written to, and known to be wrong',
      '',
      '  1  wrong-load: The phone came back on a different load than planned.',
      `    What to do: ${failureCodes['wrong-load'].hint}`,
      '    10.0.0.20  00CCFC123456  8841  -  It came back with sip88xx.14-1-1.',
      '',
      '',
      'Unverified (1): written to; neither proven nor known to be bad',
      '',
      '  1  silent: The phone vanished after the write and before the deadline, without proof of what became of it.',
      `    What to do: ${failureCodes['silent'].hint}`,
      '    10.0.0.40  00CCFC123456  8841  -  Not seen again within 45m.',
      '',
      '',
      'Blocked (3): nothing was written; something is missing',
      '',
      "  2  license-missing: This phone's license is not on the file server.",
      `    What to do: ${failureCodes['license-missing'].hint}`,
      '    10.0.0.7   00CCFC123456  -     Berlin',
      '    10.0.0.12  00CCFC123456  8841  -',
      '',
      '  1  no-load: The profile names no load for this load family.',
      `    What to do: ${failureCodes['no-load'].hint}`,
      '    10.0.0.8  00CCFC123456  8841  -',
      '',
      '',
      'Deferred (1): nothing was written; the next run tries them again',
      '',
      '  1  busy: The phone was in a call for longer than the run waits.',
      `    What to do: ${failureCodes.busy.hint}`,
      '    10.0.0.30  00CCFC123456  8841  -  next attempt 2026-01-31 22:24 UTC',
      '',
      '',
      'Not attempted (1): nothing was written; the run stopped first, or they no longer matched their plan',
      '',
      '  1  stopped-before-start: The run was stopped before this phone was started.',
      `    What to do: ${failureCodes['stopped-before-start'].hint}`,
      '    10.0.0.50  00CCFC123456  8841  -  A threshold was passed.',
      '',
    ]);
  });

  it('count the addresses that a stop left unasked', () => {
    const report = sampleReport([phone('10.0.0.50', 'aborted', 'stopped-before-start')]);
    report.totals.byOutcome.aborted = 41;
    const text = renderLists(report);
    expect(text).toContain('Not attempted (41)');
    expect(text).toContain('  40 addresses were not probed at all\n');
  });

  it('hold named targets at which no phone was read, and none of a subnet', () => {
    const named = (address: string, outcome: (typeof outcomes)[number], code: FailureCodeName) => ({
      ...phone(address, outcome, code),
      ...{ mac: null, model: null, site: 'Berlin', named: true },
    });
    const report = sampleReport(
      [
        named('10.0.0.5', 'no-answer', 'connect-timeout'),
        named('10.0.0.6', 'not-a-phone', 'not-a-phone'),
        phone('10.0.0.7', 'not-a-phone', 'not-a-phone'),
        phone('10.0.0.8', 'no-answer', 'response-timeout'),
      ],
      { noAnswer: { 'connect-timeout': 40 } },
    );
    expect(renderLists(report).split('\n')).toEqual([
      'No answer (1): named by an inventory, --target or Unified CM, but nothing answered',
      '',
      '  1  connect-timeout: Nothing answered at this address within the connect timeout.',
      `    What to do: ${failureCodes['connect-timeout'].hint}`,
      '    10.0.0.5  -  -  Berlin',
      '',
      '',
      'Not a phone (1): named by an inventory or --target, but something else answered',
      '',
      `  1  not-a-phone: ${failureCodes['not-a-phone'].meaning}`,
      `    What to do: ${failureCodes['not-a-phone'].hint}`,
      '    10.0.0.6  -  -  Berlin',
      '',
    ]);
  });

  it('are empty when nobody has to look at anything', () => {
    expect(renderLists(sampleReport([samplePhone({ outcome: 'done' }), samplePhone({ outcome: 'ineligible' })]))).toBe(
      '',
    );
  });

  it('are empty after a no to the question: all phones were read, and left alone as asked', () => {
    expect(renderLists(sampleReport([phone('10.0.0.5', 'aborted', 'not-confirmed')]))).toBe('');
  });

  it('leave out the next attempt when it is not known', () => {
    const report = sampleReport([phone('10.0.0.30', 'deferred', 'busy')]);
    expect(renderLists(report)).not.toContain('next attempt');
    expect(renderLists(report, { nextAttempt: () => null })).not.toContain('next attempt');
  });

  it('list a phone whose reason was not recorded, or is of a later version', () => {
    const unknown = { code: 'new-code', message: 'Something new.', hint: 'Look.' };
    const text = renderLists(
      sampleReport([
        samplePhone({ address: '10.0.0.1', outcome: 'failed' }),
        samplePhone({ address: '10.0.0.2', outcome: 'failed', failure: unknown }),
      ]),
    );
    expect(text).toContain('  1  no reason was recorded\n    10.0.0.1 ');
    expect(text).toContain(
      '  1  new-code\n    What to do: Look.\n    10.0.0.2  00CCFC123456  8841  -  Something new.\n',
    );
  });

  it('name every phone once, cut nothing, and show no hidden character', () => {
    const some = fc.record({
      outcome: fc.constantFrom(...outcomes),
      code: fc.constantFrom(...(Object.keys(failureCodes) as FailureCodeName[])),
      message: anyText({ maxLength: 300 }),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 60 }), (phones) => {
        const report = sampleReport(
          phones.map(({ outcome, code, message }, index) => phone(`10.0.1.${index}`, outcome, code, message)),
        );
        const lines = renderLists(report).split('\n');
        for (const { address, outcome, failure: why } of report.phones) {
          const listed = lines.filter((line) => line.startsWith(`    ${address} `)).length;
          const wanted = ['audited', 'failed', 'unverified', 'blocked', 'deferred', 'aborted'].includes(outcome);
          // Those beyond the limit were asked to be left out, and so was what somebody said no to.
          const isDeclined = outcome === 'aborted' && why?.code === 'not-confirmed';
          const left = isBeyondLimit({ outcome, failure: why ?? null }) || isDeclined;
          expect(listed).toBe(wanted && !left ? 1 : 0);
        }
        for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|…$/u);
      }),
    );
  });
});
