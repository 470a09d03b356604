import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountsOf, builtinScenarios } from '../../../src/simulator/index.js';
import { type Network, startScenario } from '../../support/network.js';
import { logins, writes } from '../../support/reports/phone-safety.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { parseReport, type Report, type ReportedPhone } from '../../support/reports/report-schema.js';
import { type Finished, runCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

/** Six phones of each of four MPP and three Enterprise generations, and then some. */
const scenario = builtinScenarios['mixed-generations']({ subnet: '127.66.6.0/26', seed: 5, phones: 48 });
/** For phones that have no password yet. */
const first = 'First-Pass-9';
const accounts = accountsOf(scenario);
const passwordOf = new Map(accounts.map(({ address, password }) => [address, password]));
const passwords = [...new Set([first, ...passwordOf.values()])];
const target = '14-2-1-0101-26';

type Ran = Finished & { report: Report };

describe('a fleet of seven firmware generations, each with its own way in', () => {
  const folder = temporaryFolder();
  let network: Network;
  let migrate: string[];
  let audit: Ran;
  let dry: Ran;
  let real: Ran;
  let afterDry: number;

  beforeAll(async () => {
    network = await startScenario(scenario, { timeScale: 200, timeout: '5s', knownPasswords: [first] });
    writeFileSync(folder.file('ca.pem'), network.simulator.ca);
    const sites = passwords.map((password, index) => {
      writeFileSync(folder.file(`secret-${index}`), `${password}\n`, { mode: 0o600 });
      const own = scenario.phones.filter(({ address }) => (passwordOf.get(address) ?? first) === password);
      writeFileSync(folder.file(`site-${index}.csv`), `address\n${own.map(({ address }) => address).join('\n')}\n`);
      const credentials = `[{ password: 'file:${folder.file(`secret-${index}`)}' }]`;
      return `  site-${index}:\n    inventories: site-${index}.csv\n    credentials: ${credentials}\n`;
    });
    writeFileSync(folder.file('fleet-migrate.yaml'), `sites:\n${sites.join('')}`);
    const waits = { upgradeDeadline: '60s', pollInterval: '500ms' };
    const checked = network.reach.filter((word) => word !== '--insecure');
    migrate = [
      ...['--config', folder.file('fleet-migrate.yaml'), ...checked, '--ca', folder.file('ca.pem')],
      ...['--profile', quickProfile(folder.path, 'mpp-to-enterprise', waits), '--files', network.files],
    ];
    audit = await run('audit', 'audit', ...migrate.slice(0, migrate.indexOf('--profile')));
    dry = await run('dry', ...migrate, '--dry-run');
    afterDry = writes(network).length;
    real = await run('real', ...migrate, '--yes');
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  async function run(name: string, ...words: string[]): Promise<Ran> {
    const log = ['--log-file', folder.file(`${name}.log`), '--log-level', 'debug'];
    const finished = await runCommand([...words, '--output', 'json', '--db', folder.file(`${name}.db`), ...log]);
    return { ...finished, report: parseReport(finished.stdout) };
  }

  /** The phones of a generation as a report has them, with what else is known of each. */
  function generation({ report }: Ran, name: string): (ReportedPhone & { sets: boolean; auth: string })[] {
    return scenario.phones
      .filter((spec) => spec.name.startsWith(`${name} desk`))
      .map(({ address, behavior }) => {
        const entry = report.phones.find((phone) => phone.address === address);
        if (!entry) throw new RangeError(`nothing is listed at ${address}`);
        return { ...entry, sets: behavior.setPasswordPage, auth: behavior.auth };
      });
  }
  const ends = (ran: Ran, name: string): string[] => [
    ...new Set(generation(ran, name).map(({ outcome, failure }) => failure?.code ?? outcome)),
  ];
  const evidence = ({ evidence: shown }: ReportedPhone): string[] => shown.map(({ kind, text }) => `${kind}: ${text}`);

  const multiplatform = ['11.0', '11.3', '12.0(1)', '12.0(3)', '12.0(7)'];
  /** Those of which some have no password yet. */
  const fresh = ['12.0(1)', '12.0(3)'];

  it('audit: every phone is read, but for those without a password yet and those whose certificate is their own', () => {
    for (const name of multiplatform)
      expect([name, ends(audit, name)]).toEqual([
        name,
        fresh.includes(name) ? expect.arrayContaining(['audited', 'set-password-page']) : ['audited'],
      ]);
    expect([ends(audit, 'Enterprise 12.5'), ends(audit, 'Enterprise 14.1')]).toEqual([['audited'], ['audited']]);
    expect(ends(audit, 'Enterprise 14.2')).toEqual(expect.arrayContaining(['audited', 'certificate-untrusted']));
  });

  it('dry run: the old ones step up first, the new ones convert at once', () => {
    const steps = (name: string): unknown[] =>
      generation(dry, name).flatMap(({ outcome, plan }) =>
        outcome === 'planned' ? [plan.map(({ step }) => step).join(' ')] : [],
      );
    for (const name of ['11.0', '11.3', '12.0(1)'])
      expect([name, new Set(steps(name))]).toEqual([name, new Set(['upgrade convert'])]);
    for (const name of ['12.0(3)', '12.0(7)'])
      expect([name, new Set(steps(name))]).toEqual([name, new Set(['convert'])]);
    expect(afterDry).toBe(0);
    expect(logins(network).length).toBeGreaterThan(0);
  });

  it('real run: every phone that was planned is done, on the load of its family', () => {
    for (const name of multiplatform) {
      for (const { address, outcome, sets, softwareVersion, failure } of generation(real, name)) {
        const wanted = sets
          ? [address, 'blocked', 'set-password-page', null]
          : [address, 'done', undefined, expect.stringContaining(target)];
        expect([address, outcome, failure?.code, softwareVersion]).toEqual(wanted);
      }
    }
    for (const name of ['Enterprise 12.5', 'Enterprise 14.1']) expect(ends(real, name)).toEqual(['already-done']);
    expect(ends(real, 'Enterprise 14.2')).toEqual(expect.arrayContaining(['already-done', 'certificate-untrusted']));
  });

  it('the evidence says by which way each was signed in to, and by which way it was written to', () => {
    const spoken: Readonly<Record<string, RegExp>> = {
      open: /^$/,
      basic: /signed in by Basic over plain http/,
      digest: /signed in by Digest \((MD5|SHA-256)\) over plain http/,
      form: /signed in by a login form over (plain http|https \(TLSv1\.\d\), certificate names [0-9A-F]{12})/,
    };
    for (const entry of multiplatform.flatMap((name) => generation(real, name)).filter(({ sets }) => !sets)) {
      const texts = evidence(entry);
      const access = texts.find((text) => text.startsWith('access: ')) ?? '';
      expect([entry.address, access]).toEqual([entry.address, expect.stringMatching(spoken[entry.auth] ?? /never/)]);
      const written = texts.filter((text) => text.startsWith('written: '));
      expect(written.length).toBeGreaterThanOrEqual(entry.plan.length);
      for (const text of written)
        expect(text).toMatch(
          /^written: (partial|full) form: answered \d+, (read back as (sent|before so far)|not read back yet)(; before it: .*)?$/,
        );
      if (access.includes('https')) expect(access).toContain(entry.mac);
    }
  });

  it('with --set-initial-password the rest is done too, and those that are done are left alone', async () => {
    const before = writes(network).length;
    const again = await run('again', ...migrate, '--yes', '--set-initial-password');
    const left = multiplatform.flatMap((name) => generation(again, name));
    for (const { address, outcome, sets, evidence: shown } of left) {
      expect([address, outcome]).toEqual([address, sets ? 'done' : 'already-done']);
      if (sets) expect(shown.map(({ kind }) => kind)).toContain('first-password');
    }
    const news = writes(network).slice(before);
    const allowed = new Set(left.filter(({ sets }) => sets).map(({ mac }) => mac));
    expect(news.filter(({ mac }) => !allowed.has(mac ?? ''))).toEqual([]);
    for (const phone of network.simulator.phones) expect(phone.snapshot().failedSignIns).toBe(0);
  });

  it('no rule was broken on the way, and no password is to be found in anything that was left behind', () => {
    expect(network.violations()).toEqual([]);
    const left = readdirSync(folder.path).filter((file) => /\.(log|db|db-wal)$/.test(file));
    expect(left.length).toBeGreaterThan(6);
    const texts = [
      ...left.map((file) => readFileSync(folder.file(file), 'latin1')),
      ...[audit, dry, real].flatMap(({ stdout, stderr }) => [stdout, stderr]),
    ];
    const traces = passwords.flatMap((each) => [each, Buffer.from(`admin:${each}`).toString('base64')]);
    for (const trace of traces) expect(texts.filter((text) => text.includes(trace))).toEqual([]);
  });
});
