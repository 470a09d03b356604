import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedPhone } from '../../../src/simulator/index.js';
import { builtinScenarios } from '../../../src/simulator/index.js';
import { type Network, startScenario } from '../../support/network.js';
import { postedSettings } from '../../support/reports/posted-settings.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import type { Report, ReportedPhone } from '../../support/reports/report-schema.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { isDeep, runs } from '../../support/depth.js';

const whole = builtinScenarios['every-flag']({ subnet: '127.66.2.0/23', seed: 7, phones: 300 });
/**
 * A /23 for a fleet of 300: every flag of the simulator at every value, alone and combined. When quick every third of them, and all that are
 * in a call or make room for another phone, which tests below ask for.
 */
const scenario = {
  ...whole,
  phones: whole.phones.filter(
    ({ behavior }, index) => isDeep || index % 3 === 1 || behavior.busy !== 0 || behavior.identitySwapped !== 'no',
  ),
};

/**
 * Addresses where the two runs meet different phones by design: `identitySwapped` puts another phone there between two reads, which
 * has another MAC, another license and thus perhaps another plan. What must hold for them is said in a test of its own.
 */
const swapped: ReadonlySet<string> = new Set(
  scenario.phones.filter(({ behavior }) => behavior.identitySwapped !== 'no').map(({ address }) => address),
);

describe('the plan of the dry run is what the real run does, over a fleet with every flag', () => {
  const folder = temporaryFolder();
  let network: Network;
  let dry: Report;
  let real: Report;
  let changedByDryRun: string[];

  beforeAll(async () => {
    network = await startScenario(scenario, { timeout: '1500ms' });
    const waits = {
      pollInterval: runs('1500ms', '400ms'),
      settle: '50ms',
      upgradeDeadline: runs('12s', '25s'),
      idleWait: '2s',
    };
    const profile = quickProfile(folder.path, 'mpp-to-enterprise', waits);
    // Few at a time: fleet and command share this machine, and no answer may be late for want of a processor.
    const gently = ['--concurrency', '12', '--probe-concurrency', '24'];
    const migrate = [...network.scan, ...gently, '--profile', profile, '--files', network.files];
    dry = (await runForReport([...migrate, '--dry-run'])).report;
    changedByDryRun = network.posts().map(({ address }) => address);
    real = (await runForReport([...migrate, '--yes'])).report;
  }, 480_000);
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  /** The same phone in the other run: by MAC where it showed one, else by address. */
  const twinIn = (report: Report, phone: ReportedPhone): ReportedPhone | undefined =>
    report.phones.find(({ mac, address }) => (phone.mac === null ? address === phone.address : mac === phone.mac));
  const compared = (): ReportedPhone[] => dry.phones.filter(({ address }) => !swapped.has(address));
  const planned = (): ReportedPhone[] => compared().filter(({ outcome }) => outcome === 'planned');
  const deviceOf = ({ mac }: ReportedPhone): SimulatedPhone => {
    const device = network.simulator.phoneByMac(mac ?? '');
    if (!device) throw new RangeError(`no device has the MAC ${mac}`);
    return device;
  };
  const postsOf = (phone: ReportedPhone) => network.posts().filter(({ mac }) => mac === phone.mac);

  it('covers what it is meant to cover', () => {
    expect(scenario.phones.length).toBeGreaterThanOrEqual(runs(100, 300));
    expect(planned().length).toBeGreaterThan(runs(35, 100));
    const outcomes = Object.keys(real.totals.byOutcome);
    const all = ['done', 'already-done', 'ineligible', 'blocked', 'deferred', 'aborted', 'failed', 'unverified'];
    expect(outcomes).toEqual(expect.arrayContaining([...all, 'no-answer', 'not-a-phone']));
    expect(planned().filter(({ plan }) => plan.length === 2).length).toBeGreaterThan(runs(3, 10));
  });

  it('the dry run posts nothing', () => {
    expect(changedByDryRun).toEqual([]);
  });

  it('both runs make the same plan for every phone', () => {
    for (const phone of compared()) {
      expect([phone.address, twinIn(real, phone)?.plan]).toEqual([phone.address, phone.plan]);
    }
  });

  it('what is not planned ends the same way in both runs, for the same reason', () => {
    const ends = (phone: ReportedPhone | undefined) => [phone?.outcome, phone?.failure?.code];
    for (const phone of compared().filter(({ outcome }) => outcome !== 'planned')) {
      expect([phone.address, ...ends(twinIn(real, phone))]).toEqual([phone.address, ...ends(phone)]);
    }
  });

  it('the real run writes to planned phones only', () => {
    const allowed = new Set(planned().map(({ mac }) => mac));
    const others = network.posts().filter(({ mac, address }) => !allowed.has(mac) && !swapped.has(address));
    expect(others.map(({ address, path }) => `${address} ${path}`)).toEqual([]);
  });

  it('every planned phone is written to, but for those in a call', () => {
    const untouched = planned().flatMap((phone) => {
      const { outcome, touched, failure } = twinIn(real, phone) ?? phone;
      return touched ? [] : [[deviceOf(phone).name, outcome, failure?.code]];
    });
    expect(untouched.length).toBeGreaterThan(0);
    for (const [name, outcome, code] of untouched) {
      expect([name, outcome, code]).toEqual([expect.stringMatching(/\bbusy\b/), 'deferred', 'busy']);
    }
  });

  it("each POST in the phones' own log carries its step's values and no others", () => {
    for (const phone of planned()) {
      for (const entry of postsOf(phone)) {
        const posted = postedSettings(entry);
        const step = phone.plan.find(({ set }) => set.upgradeRule === posted.upgradeRule);
        expect([phone.address, step]).toEqual([phone.address, expect.anything()]);
        for (const setting of ['authorizationRule', 'authorizationType'] as const) {
          const [sent, wanted] = [posted[setting], step?.set[setting]];
          // A whole form holds the other fields as they are: not yet set, or the type that every phone has from the start.
          const asWanted = wanted === undefined ? [undefined, '', 'Classic', '0'] : [wanted, undefined];
          const asIndex = setting === 'authorizationType' ? ['0'] : [];
          expect([...asWanted, ...asIndex]).toContain(sent);
        }
      }
    }
  });

  it('each step of a done phone was posted, in the order of the plan', () => {
    const done = planned().filter((phone) => twinIn(real, phone)?.outcome === 'done');
    expect(done.length).toBeGreaterThan(runs(25, 80));
    for (const phone of done) {
      const rules = postsOf(phone).map((entry) => postedSettings(entry).upgradeRule);
      const inOrder = rules.filter((rule, index) => rule !== rules[index - 1]);
      expect([phone.address, inOrder]).toEqual([phone.address, phone.plan.map(({ set }) => set.upgradeRule)]);
    }
  });

  it("the report's changes are the plan's values, read back from where they were", () => {
    for (const phone of planned()) {
      const { changes = [], address } = twinIn(real, phone) ?? {};
      const wanted = phone.plan
        .map(({ set }) => Object.entries(set).map(([field, value]) => `${field}=${value}`))
        .flat();
      for (const { field, from, to } of changes) {
        expect([address, wanted]).toEqual([address, expect.arrayContaining([`${field}=${to}`])]);
        expect(from).not.toBe(to);
      }
    }
  });

  it('a done phone really runs its load, an untouched one what it ran before', () => {
    for (const phone of real.phones.filter(({ mac }) => mac !== null)) {
      const { load, posts, kind } = deviceOf(phone).snapshot();
      if (phone.outcome === 'done')
        expect([phone.address, load, kind]).toEqual([phone.address, phone.plan.at(-1)?.load, 'enterprise']);
      if (!phone.touched) {
        const before = scenario.phones.find(({ mac }) => mac === phone.mac)?.load ?? load;
        expect([phone.address, posts, load]).toEqual([phone.address, 0, before]);
      }
    }
  });

  it('every device of the fleet is accounted for, each in one place', () => {
    const listed = [...real.phones.map(({ address }) => address)];
    expect(new Set(listed).size).toBe(listed.length);
    const macs = real.phones.flatMap(({ mac }) => (mac === null ? [] : [mac]));
    expect(new Set(macs).size).toBe(macs.length);
    // A device that resets every connection looks like nobody: it is counted under no-answer.
    const unlisted = scenario.phones.filter(({ mac, address }) => !macs.includes(mac) && !listed.includes(address));
    const faults = unlisted.map(({ behavior }) => behavior.web);
    expect(faults.filter((fault) => fault !== 'off' && fault !== 'reset-after-request')).toEqual([]);
    expect(real.totals.targets).toBe(510);
  });

  it('where another phone appears just before the write, neither is written to', () => {
    // The one that appears with the post itself gets it: swapped-at-the-write.test.ts.
    const atThePost = scenario.phones.filter(({ behavior }) => behavior.identitySwapped === 'after-last-read');
    const late = new Set(atThePost.map(({ address }) => address));
    const met = real.phones.filter(({ address }) => swapped.has(address) && !late.has(address));
    expect(met.length).toBe([...swapped].filter((address) => !late.has(address)).length);
    expect(met.filter(({ failure }) => failure?.code === 'identity-changed').length).toBeGreaterThan(0);
    for (const { address, mac } of met) {
      const written = network
        .posts()
        .filter((entry) => entry.address === address)
        .map((entry) => entry.mac);
      expect(written.filter((other) => other !== mac)).toEqual([]);
    }
  });

  it('no device was ever treated as none should be: one connection, one request, no blank password, no repeated post', () => {
    // Where both ports answer, the second is tried when the first has not taken the connection within a quarter of a second: on a busy
    // machine that happens, and for a moment both are open.
    const onTwoPorts = scenario.phones.filter(({ behavior: { scheme } }) => scheme === 'both' || scheme === 'redirect');
    const forgiven = new Set(onTwoPorts.map(({ name }) => `${name}: held two connections at once`));
    expect(network.violations().filter((violation) => !forgiven.has(violation))).toEqual([]);
  });
});
