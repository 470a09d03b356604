import { afterAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { buildScenario, type Behavior, type DeviceGroup, type Dialect } from '../../../src/simulator/index.js';
import { type Network, startScenario } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { cover, runs } from '../../support/depth.js';

const password = 'Comb-1-nation';
const dialects = ['legacy', 'bcisco', 'modern', 'fieldset', 'json'] as const satisfies readonly Dialect[];

/** Every way in which a phone may ask who is there. Each is met with the right password; the ways of refusing have tests of their own. */
const accesses: Readonly<Record<string, Partial<Behavior>>> = {
  open: {},
  'digest of the ancestors': { auth: 'digest' },
  basic: { auth: 'basic' },
  'login page': { auth: 'form' },
  'first passwords': { auth: 'form', setPasswordPage: true },
};
/** The same ways, spelled otherwise: with every scheme and dialect, and with a kind answer and none. */
const spellings: Readonly<Record<string, Partial<Behavior>>> = {
  'digest of RFC 7616': { auth: 'digest', digestAlgorithm: 'SHA-256', digestSpelling: 'standard', digestNonceUses: 3 },
  'digest without qop': { auth: 'digest', digestQop: 'none' },
  'login elsewhere': { auth: 'form', loginShownBy: 'redirect-302', loginNames: 'odd', formToken: 'hidden' },
  'login by 401': { auth: 'form', loginShownBy: 'status-401', loginAnswer: 'page', loginAction: 'relative' },
  'session that ends': { auth: 'form', cookieRequests: 5, cookiePath: '/admin' },
};
const schemes = ['http', 'https', 'both', 'redirect'] as const satisfies readonly Behavior['scheme'][];
const answers = [
  'page',
  'redirect',
  'empty',
  'friendly-text',
  'drop',
] as const satisfies readonly Behavior['answerToSubmit'][];
const few = ['friendly-text', 'drop'] as const satisfies readonly Behavior['answerToSubmit'][];
const selects = ['text', 'index'] as const satisfies readonly Behavior['selectPosts'][];

const ways = { ...accesses, ...spellings };

/** Every combination that is met; where the tests are quick, every two settings that go together are met in one at least. */
const combinations = cover(
  schemes.flatMap((scheme) =>
    Object.keys(ways).flatMap((access) =>
      dialects.flatMap((dialect) =>
        (access in accesses ? answers : few).flatMap((answerToSubmit) =>
          (access in accesses ? selects : (['index'] as const)).map((selectPosts) => {
            return { scheme, access, dialect, answerToSubmit, selectPosts };
          }),
        ),
      ),
    ),
  ),
);

/** One phone for every combination, named after it. */
function phonesBy(wanted: Behavior['scheme']): DeviceGroup[] {
  return combinations
    .filter(({ scheme }) => scheme === wanted)
    .map(({ access, dialect, ...behavior }) => ({
      model: '8841',
      load: 'sip88xx.12-0-3MPP0001-87',
      name: `${access}, ${dialect}, ${behavior.answerToSubmit}, ${behavior.selectPosts}`,
      dialect,
      behavior: { ...ways[access], ...behavior, password, certificate: 'manufacturing' },
    }));
}

describe('every combination of access, dialect, answer to a submit, and what a select posts', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  it.each(schemes)(
    'by %s: the right fields are set once, and the phone is seen to be done',
    async (scheme) => {
      const third = 80 + schemes.indexOf(scheme);
      const scenario = buildScenario({
        name: `every combination by ${scheme}`,
        subnet: `127.${third}.0.0/${runs(25, 22)}`,
        seed: third,
        phones: phonesBy(scheme),
      });
      // No phone here hangs: a short time would only find out how busy this machine is.
      const network: Network = await startScenario(scenario, { timeScale: 200, timeout: '20s' });
      try {
        const [secret, ca] = [folder.file('password'), folder.file('ca.pem')];
        writeFileSync(secret, `${password}\n`, { mode: 0o600 });
        writeFileSync(ca, network.simulator.ca);
        const profile = quickProfile(folder.path, 'mpp-to-enterprise', { upgradeDeadline: '120s', pollInterval: '2s' });
        const { report, code, stderr } = await runForReport([
          ...network.scan.filter((word) => word !== '--insecure'),
          ...['--ca', ca, '--password-file', secret, '--set-initial-password', '--profile', profile],
          ...['--files', network.files, '--concurrency', '32', '--yes', '--no-config'],
        ]);
        const wrong = report.phones.flatMap(({ address, outcome, failure }) => {
          const phone = network.simulator.phones.find((one) => one.address === address);
          const posts = network
            .posts()
            .filter(({ mac, fields }) => mac === phone?.mac && fields && 'Upgrade Rule' in fields);
          const bad = outcome !== 'done' || phone?.snapshot().postsApplied !== 1 || (phone?.violations.length ?? 1) > 0;
          return bad ? [[phone?.name, outcome, failure?.code, failure?.message, posts.length, phone?.violations]] : [];
        });
        expect(wrong).toEqual([]);
        expect([code, report.phones.length]).toEqual([0, scenario.phones.length]);
        expect(stderr).not.toContain(password);
        expect(JSON.stringify(report)).not.toContain(password);
      } finally {
        await network.close();
      }
    },
    300_000,
  );
});
