import { describe, expect, it } from '@jest/globals';
import { type AskedRun, askText, questionText } from '../../../src/conduct/run/question.js';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import type { PlanStep } from '../../../src/domain/plan/plan.js';
import type { Outcome } from '../../../src/domain/progress/outcome.js';
import type { Proof } from '../../../src/domain/report/report.js';
import type { PhoneRecord } from '../../../src/fleet/record/phone-record.js';
import type { Question } from '../../../src/fleet/run/question.js';

const convert: PlanStep = { step: 'convert', load: 'sip88xx.14-2-1-0101-26', set: {} };
const upgrade: PlanStep = { step: 'upgrade', load: 'sip88xx.12-0-3MPP0001-87', set: {} };
const authorize: PlanStep = { step: 'authorize', load: null, set: {} };

const planned = (...plan: PlanStep[]): PhoneRecord => ({ plan }) as unknown as PhoneRecord;
const stays = (outcome: Outcome, more: Partial<PhoneRecord> = {}): PhoneRecord =>
  ({ outcome, failure: null, eligibility: null, ...more }) as unknown as PhoneRecord;

const run: AskedRun = {
  profile: 'mine',
  files: ['http://10.0.0.5:6970'],
  insecure: false,
  ucmInsecure: false,
  skipPreflight: false,
  proof: null,
};

function text(question: Partial<Question>, more: Partial<AskedRun> = {}, columns?: number): string {
  const phones = question.phones ?? [planned(authorize)];
  return questionText(
    { phones, waves: [phones.length], stay: [], underWay: 0, firmware: [], ...question },
    { ...run, ...more },
    columns,
  );
}

describe('the question before a run writes', () => {
  it('tells the profile, the file server, how many phones get what, and what is lost', () => {
    const phones = [planned(upgrade, convert), planned(convert), planned(convert)];
    expect(text({ phones })).toBe(
      [
        'Profile mine, files from http://10.0.0.5:6970',
        'About to write to 3 phones:',
        '      2  convert to sip88xx.14-2-1-0101-26',
        '      1  upgrade to sip88xx.12-0-3MPP0001-87, then convert to sip88xx.14-2-1-0101-26',
        'A conversion resets the phone: its contacts and call history are lost.',
        '',
      ].join('\n'),
    );
  });

  it('is not longer than a narrow terminal, and loses no word in it', () => {
    const question = {
      phones: [planned(upgrade, convert), planned(convert), planned(convert)],
      waves: [1, 2],
      stay: [stays('blocked', { failure: failure('license-missing') })],
    };
    const narrow = text(question, { insecure: true, skipPreflight: true }, 40).split('\n');
    expect(Math.max(...narrow.map((line) => line.length))).toBeLessThan(40);
    const words = (lines: string): string[] => lines.split(/\s+/);
    expect(words(narrow.join('\n'))).toEqual(words(text(question, { insecure: true, skipPreflight: true })));
    expect(narrow).toEqual(expect.arrayContaining(['      1  upgrade to', '         sip88xx.12-0-3MPP0001-87, then']));
  });

  it('tells how many go in which wave', () => {
    expect(text({ waves: [1, 10, 289] })).toContain(' in 3 waves (1, 10, 289):');
    expect(text({ waves: Array.from({ length: 20 }, (_, n) => n + 1) })).toContain(
      'in 20 waves (1, 2, 3, 4, 5, 6, 7, …, 20)',
    );
    expect(text({ waves: [300] })).not.toContain('wave');
  });

  it('tells how many stay as they are, and why', () => {
    const stay = [
      ...[1, 2, 3].map(() => stays('already-done')),
      ...[1, 2].map(() => stays('blocked', { failure: failure('license-missing') })),
      stays('ineligible', {
        eligibility: { reasons: [{ rule: 'G1', text: 'The 6800 series runs Multiplatform firmware only.' }] } as never,
      }),
      stays('no-answer', { failure: { code: 'no-answer', message: '', hint: '' } }),
    ];
    expect(text({ stay })).toContain(
      [
        '7 others stay as they are:',
        '      3  already-done',
        '      2  blocked: license-missing',
        '      1  ineligible: G1 The 6800 series runs Multiplatform firmware only.',
        '      1  no-answer',
      ].join('\n'),
    );
    expect(text({ stay: [stays('already-done')] })).toContain('1 other stays as it is:');
  });

  it('tells what is not checked, and what goes on anyway', () => {
    expect(text({}, { insecure: true })).toContain('Certificates are not checked (--insecure)');
    expect(text({}, { ucmInsecure: true })).toContain('The certificate of Unified CM is not checked (--ucm-insecure)');
    expect(text({}, { skipPreflight: true })).toContain('(--skip-preflight)');
    expect(text({ underWay: 1 })).toContain('1 phone that this run has written to before is watched on.');
    expect(text({})).not.toMatch(/insecure|preflight|watched on/);
    expect(text({}, { files: [] })).toMatch(/^Profile mine\n/);
    expect(text({}, { files: ['http://a', 'http://b'] })).toMatch(/^Profile mine, files from http:\/\/a, http:\/\/b\n/);
  });

  it('says what can prove a move, what happens where nothing does, and how to say otherwise', () => {
    const proof: Proof = { sources: ['phone-web-page'], accept: [], waves: '1,100%', abortAfter: ['5%'] };
    const told = (more: Partial<Proof> = {}, plan = convert): string =>
      text({ phones: [planned(plan), planned(plan)] }, { proof: { ...proof, ...more } }).replace(/\s+/g, ' ');
    expect(told()).toContain("Proof of a move to Enterprise can only come from the phone's own web page");
    expect(told()).toContain('the run stops after the first wave');
    expect(told()).toContain('--accept silent-after-upgrading');
    expect(told({ waves: null })).toContain('they count as bad, and the run stops itself');
    expect(told({ waves: null, abortAfter: [] })).toContain(
      'all 2 are written to, whether or not any of them is proven',
    );
    expect(told({ accept: ['silent-after-upgrading'] })).toContain(
      'count as good for the waves 1,100% and --abort-after 5%',
    );
    expect(told({}, authorize)).not.toContain('Proof');
    const byUcm = told({ sources: ['phone-web-page', 'unified-cm'] });
    expect(byUcm).toContain('Unified CM proves a move to Enterprise');
    expect(byUcm).toContain('not-registered. It needs DHCP option 150');
    expect(byUcm).not.toContain('can only come');
  });

  it('warns that phones are reset where Unified CM moves them, and not where nothing is', () => {
    const load = { step: 'load' as const, load: 'sip88xx.12-0-3MPP0001-87', set: {} };
    expect(text({ phones: [planned(load, authorize)] })).toContain('A conversion resets the phone');
    expect(text({ phones: [planned(authorize)] })).not.toContain('resets');
  });

  it('asks for an answer', () => {
    expect(askText({ phones: [planned(convert)] })).toBe('Write to this phone? (y/n) ');
    expect(askText({ phones: [planned(convert), planned(convert)] })).toBe('Write to these 2 phones? (y/n) ');
  });
});
