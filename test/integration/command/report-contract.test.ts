import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { parseReport, type Report, type ReportedPhone } from '../../support/reports/report-schema.js';

/** All other integration tests read reports through `parseReport`: here it shows that it would notice. */
describe('the JSON report', () => {
  let network: Network;
  let text: string;

  beforeAll(async () => {
    network = await startNetwork([{ model: '8841' }, { kind: 'printer' }], { subnet: '127.66.0.0/29' });
    text = (await runCommand(['audit', ...network.scan, '--output', 'json', '--quiet'])).stdout;
  });
  afterAll(() => network.close());

  const broken = (change: (report: Report, phone: ReportedPhone) => void): string => {
    const report = JSON.parse(text) as Report;
    change(report, report.phones[0] as ReportedPhone);
    return JSON.stringify(report);
  };

  it('of a real run holds to the contract, byte for byte readable', () => {
    const { schema, totals } = parseReport(text);
    expect([schema, totals.targets]).toEqual(['fleet-migrate/report@1', 6]);
    expect(totals.byOutcome).toEqual({ audited: 1, 'no-answer': 4, 'not-a-phone': 1 });
  });

  it.each<[string, (report: Report, phone: ReportedPhone) => void]>([
    ['a key that is missing', (_report, phone) => delete (phone as Partial<ReportedPhone>).evidence],
    ['a key that the contract does not have', (report) => Object.assign(report.run, { extra: 1 })],
    ['a value of another type', (_report, phone) => Object.assign(phone, { touched: 'yes' })],
    ['an outcome that does not exist', (_report, phone) => Object.assign(phone, { outcome: 'fine' })],
    ['outcomes that do not sum to the targets', (report) => (report.totals.targets += 1)],
    ['an outcome counted that nobody has', (report) => (report.totals.byOutcome = { done: 2, 'no-answer': 4 })],
    ['silent addresses without a reason', (report) => Object.assign(report.totals, { noAnswerByCode: {} })],
    ['an untouched phone with changes', (_r, phone) => phone.changes.push({ field: 'upgradeRule', from: '', to: 'x' })],
    ['an audited phone that is said to be touched', (_report, phone) => (phone.touched = true)],
    [
      'a failure code that nobody documents',
      (_report, phone) => Object.assign(phone, { failure: { code: 'bad-luck', message: 'Bad luck.', hint: 'None.' } }),
    ],
  ])('would not hold with %s', (_what, change) => {
    expect(() => parseReport(broken(change))).toThrow();
  });
});
