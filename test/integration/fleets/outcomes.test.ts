import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { type Report, type ReportedPhone, reported, reportedAt } from '../../support/reports/report-schema.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const enterpriseLoad = 'sip88xx.14-2-1-0101-26';

/** One device for every way a target can end; the names say which. */
const devices = [
  { model: '8841', name: 'ready' },
  { model: '8841', name: 'at home', load: enterpriseLoad },
  { model: '6841', name: 'cafeteria' },
  { model: '8841', name: 'late order', mac: '00CCFC00BEEF' },
  { model: '8851', name: 'in a call', behavior: { busy: 'forever' } },
  { model: '8841', name: 'swapped', behavior: { identitySwapped: 'each-time' } },
  { model: '8811', name: 'bad cable', behavior: { upgradeResult: 'download-failed' } },
  { model: '8861', name: 'lost', behavior: { neverReturns: true } },
  { model: '8841', name: 'frozen', behavior: { web: 'hang' } },
  { kind: 'printer', name: 'printer' },
] as const;
/** Addresses of the subnet, and how many of them have a device. */
const [targets, answering] = [14, devices.length];

describe('every target ends in exactly one outcome', () => {
  const folder = temporaryFolder();
  let network: Network;
  let audit: Report;
  let dry: Report;
  let real: Report;
  let postsBeforeRealRun: number;

  beforeAll(async () => {
    network = await startNetwork(devices, { timeout: '2s', files: { missingLicenses: ['00CCFC00BEEF'] } });
    const profile = quickProfile(folder.path, 'mpp-to-enterprise', { upgradeDeadline: '6s' });
    const migrate = [...network.scan, '--profile', profile, '--files', network.files];
    audit = (await runForReport(['audit', ...network.scan])).report;
    dry = (await runForReport([...migrate, '--dry-run'])).report;
    postsBeforeRealRun = network.posts().length;
    real = (await runForReport([...migrate, '--yes'])).report;
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const phoneIn = (report: Report, name: string): ReportedPhone => reported(report, network.phone(name));

  describe('without a profile', () => {
    it('audited: every phone that could be read, whatever it may do', () => {
      for (const name of ['ready', 'at home', 'cafeteria', 'late order', 'in a call', 'bad cable', 'lost'])
        expect([name, phoneIn(audit, name)]).toEqual([
          name,
          expect.objectContaining({ outcome: 'audited', touched: false, plan: [], changes: [], failure: null }),
        ]);
      expect(audit.run).toMatchObject({ profile: null, dryRun: false });
    });

    it('judges each phone in the direction away from its firmware', () => {
      expect(phoneIn(audit, 'ready').eligibility).toMatchObject({ direction: 'm2e', verdict: 'eligible' });
      expect(phoneIn(audit, 'at home').eligibility?.direction).toBe('e2m');
      expect(phoneIn(audit, 'cafeteria').eligibility).toMatchObject({ verdict: 'ineligible' });
    });
  });

  describe('with a profile and --dry-run', () => {
    it('planned: what would be written, and nothing is', () => {
      for (const name of ['ready', 'in a call', 'bad cable', 'lost']) {
        const { outcome, plan, changes } = phoneIn(dry, name);
        expect([name, outcome, plan.map(({ step }) => step), changes]).toEqual([name, 'planned', ['convert'], []]);
      }
      expect(dry.run).toMatchObject({ profile: 'mpp-to-enterprise', dryRun: true });
      expect(postsBeforeRealRun).toBe(0);
    });

    it('everything else ends as it will in the real run', () => {
      for (const name of ['at home', 'cafeteria', 'late order'])
        expect([name, phoneIn(dry, name).outcome]).toEqual([name, phoneIn(real, name).outcome]);
    });
  });

  describe('with a profile and --yes', () => {
    it('done: seen again, same MAC, as Enterprise with the target load', () => {
      const phone = phoneIn(real, 'ready');
      expect(phone).toMatchObject({ outcome: 'done', family: 'enterprise', softwareVersion: enterpriseLoad });
      expect(phone.evidence.at(-1)).toMatchObject({ kind: 'phone-on-load' });
      expect(network.phone('ready').snapshot()).toMatchObject({ load: enterpriseLoad, kind: 'enterprise' });
    });

    it('already-done: on the firmware that was asked for', () => {
      expect(phoneIn(real, 'at home')).toMatchObject({ outcome: 'already-done', touched: false });
    });

    it('ineligible: with the rule that says so', () => {
      const { outcome, eligibility } = phoneIn(real, 'cafeteria');
      expect(outcome).toBe('ineligible');
      expect(eligibility?.reasons[0]?.rule).toMatch(/^G\d+$/);
    });

    it('blocked: its license is missing, and nothing was written', () => {
      const { outcome, failure } = phoneIn(real, 'late order');
      expect([outcome, failure?.code]).toEqual(['blocked', 'license-missing']);
      expect(failure?.message).toContain('00CCFC00BEEF_M2E.lic');
      expect(network.phone('late order').snapshot().posts).toBe(0);
    });

    it('deferred: in a call for as long as we wait', () => {
      const { outcome, failure } = phoneIn(real, 'in a call');
      expect([outcome, failure?.code]).toEqual(['deferred', 'busy']);
      expect(network.phone('in a call').snapshot().posts).toBe(0);
    });

    it('aborted: another phone answered just before the write, and neither was written to', () => {
      const entry = reportedAt(real, network.phone('swapped'));
      expect([entry.outcome, entry.failure?.code]).toEqual(['aborted', 'identity-changed']);
      expect(network.posts().filter(({ address }) => address === entry.address)).toEqual([]);
    });

    it("failed: in the phone's own words", () => {
      const { outcome, failure, changes } = phoneIn(real, 'bad cable');
      expect([outcome, failure?.code]).toEqual(['failed', 'upgrade-failed']);
      expect(failure?.message).toMatch(/The phone says: .*[Ff]ailed/);
      expect(changes.map(({ field }) => field)).toEqual(['upgradeRule', 'authorizationRule']);
    });

    it('unverified: written to and not seen again by the deadline', () => {
      const { outcome, failure, durationMs } = phoneIn(real, 'lost');
      expect([outcome, failure?.code]).toEqual(['unverified', 'silent-after-upgrading']);
      expect(durationMs).toBeGreaterThanOrEqual(6_000);
    });

    it('no-answer: counted by reason; listed only where something took the connection', () => {
      const listed = real.phones.filter(({ outcome }) => outcome === 'no-answer');
      expect(listed.map(({ address, failure }) => [address, failure?.code])).toEqual([
        [network.phone('frozen').address, 'response-timeout'],
      ]);
      expect(real.totals.byOutcome['no-answer']).toBe(targets - answering + 1);
      expect(real.totals.noAnswerByCode).toEqual({ 'connect-reset': targets - answering, 'response-timeout': 1 });
    });

    it('not-a-phone: with what it seems to be, and never a POST', () => {
      const entry = reportedAt(real, network.phone('printer'));
      expect(entry).toMatchObject({ outcome: 'not-a-phone', mac: null, plan: [] });
      expect(entry.failure?.message).toContain('HP LaserJet');
      expect(network.phone('printer').requests.map(({ method }) => method)).not.toContain('POST');
    });

    it('the outcomes sum to the targets', () => {
      expect(real.totals).toMatchObject({
        targets,
        byOutcome: {
          done: 1,
          'already-done': 1,
          ineligible: 1,
          blocked: 1,
          deferred: 1,
          aborted: 1,
          failed: 1,
          unverified: 1,
          'no-answer': targets - answering + 1,
          'not-a-phone': 1,
        },
      });
    });
  });

  it('no device was ever treated as none should be', () => {
    expect(network.violations()).toEqual([]);
  });
});
