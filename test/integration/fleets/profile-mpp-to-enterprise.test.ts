import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Network, startNetwork } from '../../support/network.js';
import { postedSettings } from '../../support/reports/posted-settings.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { type Report, type ReportedPhone, reported } from '../../support/reports/report-schema.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const recommended = 'sip88xx.12-0-3MPP0001-87';
const target = 'sip88xx.14-2-1-0101-26';
/** Between 11.3(5), below which there is no direct way, and the recommended 12.0(3). */
const between = 'sip88xx.11-3-7MPP0001-392';
const belowBoth = 'sip88xx.11-2-3MPP-398';

describe('mpp-to-enterprise (guide G5, G9)', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  /** Starts a network and migrates all of it. */
  async function migrated(
    devices: Parameters<typeof startNetwork>[0],
    files: { missingLoads?: string[] },
    ...options: string[]
  ) {
    const missingLicenses = ['00CCFC000001', '00CCFC000002'];
    const network = await startNetwork(devices, { files: { missingLicenses, ...files }, subnet: '127.66.0.0/28' });
    const profile = quickProfile(folder.path, 'mpp-to-enterprise');
    const run = await runForReport([
      ...network.scan,
      '--profile',
      profile,
      '--files',
      network.files,
      '--yes',
      ...options,
    ]);
    return { network, run, phone: (name: string) => reported(run.report, network.phone(name)) };
  }
  const steps = ({ plan }: ReportedPhone): (string | null)[] => plan.map(({ step, load }) => `${step} ${load}`);

  describe('with everything on the file server', () => {
    let network: Network;
    let report: Report;
    let code: number | null;
    let phone: (name: string) => ReportedPhone;

    beforeAll(async () => {
      const result = await migrated(
        [
          { model: '8841', name: 'recommended' },
          { model: '8851', name: 'newer', load: 'sip88xx.12-0-7MPP0501-123' },
          { model: '8832', name: 'conference' },
          { model: '8811', name: 'between', load: between },
          { model: '8861', name: 'below both', load: belowBoth },
          { model: '8841', name: 'may return', mac: '00CCFC000001', behavior: { returnsWithoutLicense: 'Classic' } },
          { model: '8841', name: 'came by Webex', mac: '00CCFC000002', behavior: { returnsWithoutLicense: 'WxC' } },
          { model: '8845', name: 'stale', behavior: { staleRule: '{files}/sip8845_65.14-2-1-0101-26.loads' } },
        ],
        {},
      );
      ({ network, phone } = result);
      ({ report, code } = result.run);
    });
    afterAll(() => network.close());

    it('moves all of them: exit code 0', () => {
      expect(report.totals.byOutcome).toMatchObject({ done: 8 });
      expect(code).toBe(0);
    });

    it('goes directly from the recommended firmware on, with rule, license and type', () => {
      for (const name of ['recommended', 'newer'])
        expect([name, steps(phone(name))]).toEqual([name, [`convert ${target}`]]);
      expect(phone('recommended').plan[0]?.set).toEqual({
        upgradeRule: `${network.files}/${target}.loads`,
        authorizationRule: `${network.files}/$MAU_M2E.lic`,
        authorizationType: 'Classic',
      });
    });

    it("uses the model's own load", () => {
      expect(steps(phone('conference'))).toEqual(['convert sip8832.14-2-1-0101-26']);
      expect(network.phone('conference').snapshot().load).toBe('sip8832.14-2-1-0101-26');
    });

    it.each(['between', 'below both'])('steps up first from %s the minimums', (name) => {
      expect(steps(phone(name))).toEqual([`upgrade ${recommended}`, `convert ${target}`]);
      expect(network.phone(name).snapshot()).toMatchObject({ load: target, upgrades: 2, postsApplied: 2 });
    });

    it('sets the license only with the second step: the phone could not take it before', () => {
      const { mac } = network.phone('below both');
      const posts = network.posts().filter((entry) => entry.mac === mac);
      expect(posts.map((entry) => Object.keys(postedSettings(entry)))).toEqual([
        ['upgradeRule'],
        ['upgradeRule', 'authorizationRule', 'authorizationType'],
      ]);
    });

    it.each(['may return', 'came by Webex'])(
      'needs no license for a phone that %s: its missing file blocks nothing (G10)',
      (name) => {
        const { outcome, plan } = phone(name);
        expect(outcome).toBe('done');
        expect(plan).toEqual([
          {
            step: 'convert',
            load: target,
            set: { upgradeRule: expect.anything() },
            note: expect.stringContaining('no license'),
          },
        ]);
      },
    );

    it('changes the URL harmlessly where the rule was set before: phones do not evaluate an unchanged one', () => {
      const { plan, changes } = phone('stale');
      expect(plan[0]?.set.upgradeRule).toBe(`${network.files}/sip8845_65.14-2-1-0101-26.loads?again=1`);
      expect(plan[0]?.note).toContain('varied');
      expect(changes[0]?.from).toBe(`${network.files}/sip8845_65.14-2-1-0101-26.loads`);
    });

    it('broke no rule on the way', () => {
      expect(network.violations()).toEqual([]);
    });
  });

  describe('with --no-step-up', () => {
    it.concurrent('blocks what would have to step up, below either minimum, and moves the others', async () => {
      const { network, run, phone } = await migrated(
        [
          { model: '8841', name: 'recommended' },
          { model: '8811', name: 'between', load: between },
          { model: '8861', name: 'below both', load: belowBoth },
        ],
        {},
        '--no-step-up',
      );
      await network.close();
      expect(phone('recommended').outcome).toBe('done');
      expect([phone('between').outcome, phone('between').failure?.code]).toEqual(['blocked', 'below-recommended']);
      expect([phone('below both').outcome, phone('below both').failure?.code]).toEqual(['blocked', 'firmware-too-old']);
      expect(phone('between').failure?.message).toContain('--no-step-up');
      expect(run.code).toBe(1);
    });

    it.concurrent(
      'goes directly between the minimums when --allow-below-recommended says so, never below both',
      async () => {
        const { network, phone } = await migrated(
          [
            { model: '8811', name: 'between', load: between },
            { model: '8861', name: 'below both', load: belowBoth },
          ],
          {},
          '--no-step-up',
          '--allow-below-recommended',
        );
        await network.close();
        expect([phone('between').outcome, steps(phone('between'))]).toEqual(['done', [`convert ${target}`]]);
        expect(phone('below both').outcome).toBe('blocked');
      },
    );
  });

  describe('without the step-up load on the file server', () => {
    const devices = [
      { model: '8811', name: 'between', load: between },
      { model: '8861', name: 'below both', load: belowBoth },
    ];

    it.concurrent('blocks both, naming the load that is missing', async () => {
      const { network, phone } = await migrated(devices, { missingLoads: [recommended] });
      await network.close();
      expect([phone('between').outcome, phone('between').failure?.code]).toEqual(['blocked', 'below-recommended']);
      expect([phone('below both').outcome, phone('below both').failure?.code]).toEqual(['blocked', 'firmware-too-old']);
      for (const name of ['between', 'below both']) expect(phone(name).failure?.message).toContain(recommended);
      expect(network.posts()).toEqual([]);
    });

    it.concurrent('with --allow-below-recommended goes directly between the minimums', async () => {
      const { network, phone } = await migrated(devices, { missingLoads: [recommended] }, '--allow-below-recommended');
      await network.close();
      expect([phone('between').outcome, steps(phone('between'))]).toEqual(['done', [`convert ${target}`]]);
      expect(phone('below both').outcome).toBe('blocked');
      expect(network.violations()).toEqual([]);
    });
  });

  it.concurrent(
    'prefers to step up even when --allow-below-recommended is given: that is only for want of it',
    async () => {
      const { network, phone } = await migrated(
        [{ model: '8811', name: 'between', load: between }],
        {},
        '--allow-below-recommended',
      );
      await network.close();
      expect(steps(phone('between'))).toEqual([`upgrade ${recommended}`, `convert ${target}`]);
    },
  );
});
