import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtinScenarios, type PhoneSpec } from '../../../src/simulator/index.js';
import { type Finished, runCommand } from '../../support/command/command.js';
import { acting, foreignLines, inSpreadsheet, overlong } from '../../support/command/hostile-output.js';
import { type Network, startScenario } from '../../support/network.js';
import { forbiddenWrites, logins, secretlyChanged, writes } from '../../support/reports/phone-safety.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { readReport, type Report } from '../../support/reports/report-schema.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { isDeep, runs } from '../../support/depth.js';

const fleet = builtinScenarios.hostile({ subnet: '127.66.4.0/23', seed: 4, phones: 180 });
/**
 * Every broken web server, every way in and out, every hostile text, on phones of both families and on all else. When quick half of
 * them, with all the polite ones (every eighth) and those in a call.
 */
const scenario = {
  ...fleet,
  phones: fleet.phones.filter(({ name }, index) => isDeep || index % 4 > 1 || /busy/.test(name)),
};
/** That of every phone that asks for one. */
const password = 'cisco-admin-1';

const timeoutMs = 1_500;
const concurrency = 48;
/** A session has eight timeouts, a phone at most two ports, and what was looked at may be looked at again. */
const surveyMs = (Math.ceil(scenario.phones.length / concurrency) * 2 + 2) * 8 * timeoutMs;
/** Of the profile below: a step-up and a conversion, one after the other. */
const deadlineMs = runs(12_000, 20_000);
const waits = { upgradeDeadline: `${deadlineMs}ms`, pollInterval: runs('1s', '400ms'), idleWait: '1s' };
const stepsMs = 2 * deadlineMs;

/** The hostile fleet as it is met, one run after the other. */
describe('a fleet that means no good', () => {
  const folder = temporaryFolder();
  const files = (name: string) => ({
    json: folder.file(`${name}.json`),
    csv: folder.file(`${name}.csv`),
    log: folder.file(`${name}.log`),
  });
  let network: Network;
  let excluded: PhoneSpec[];
  let whole: string[];

  beforeAll(async () => {
    network = await startScenario(scenario, { timeout: `${timeoutMs}ms`, timeScale: 200 });
    writeFileSync(folder.file('password'), `${password}\n`, { mode: 0o600 });
    // One of each: phones that would be done, and others.
    const named = (name: string): PhoneSpec[] => scenario.phones.filter((spec) => spec.name === name).slice(0, 2);
    excluded = [...named('Polite desk'), ...named('Hostile printer'), ...named('hostileText'), ...named('auth')];
    const profile = quickProfile(folder.path, 'mpp-to-enterprise', waits);
    whole = [
      ...network.scan,
      ...excluded.flatMap(({ address }) => ['--exclude', address]),
      ...['--concurrency', String(concurrency), '--probe-concurrency', '32', '--no-config'],
      ...['--profile', profile, '--files', network.files],
    ];
  });
  afterAll(async () => {
    // In strict mode this is an assertion, too: no rule was broken in any of the runs.
    await network.close();
    folder.remove();
  });

  async function run(name: string, output: string, ...words: string[]): Promise<Finished & { report: Report }> {
    const { json, csv, log } = files(name);
    const finished = await runCommand([
      ...words,
      ...['--output', output, '--report', json, '--report', csv],
      ...['--log-file', log, '--log-level', 'debug', '--db', folder.file(`${name}.db`)],
    ]);
    return { ...finished, report: readReport(json) };
  }

  const withPassword = (): string[] => ['--password-file', folder.file('password')];
  const isExcluded = (address: string): boolean => excluded.some((spec) => spec.address === address);

  /** What every run of them must have left behind: the report was held against its contract when it was read. */
  function expectHarmless(name: string, { stdout, stderr, report, code }: Finished & { report: Report }): void {
    const { json, csv, log } = files(name);
    const texts = [stdout, stderr, ...[json, csv, log].map((path) => readFileSync(path, 'utf8'))];
    expect(texts.map(acting)).toEqual(texts.map(() => []));
    expect([stdout, stderr, readFileSync(log, 'utf8')].flatMap(overlong)).toEqual([]);
    expect(foreignLines(readFileSync(log, 'utf8'))).toEqual([]);
    expect(inSpreadsheet(readFileSync(csv, 'utf8'))).toEqual({ rows: report.phones.length, formulas: [] });
    for (const text of texts) expect(text.includes(password)).toBe(false);
    expect(report.phones.filter(({ address }) => isExcluded(address))).toEqual([]);
    expect(report.totals.targets).toBe(510 - excluded.length);
    expect(code).not.toBe(70);
  }

  it('is audited: nothing is posted at all, and every hostile text is only shown', async () => {
    const migration = whole.indexOf('--profile');
    const audit = await run('audit', 'table', 'audit', ...whole.slice(0, migration));
    expectHarmless('audit', audit);
    expect(audit.tookMs).toBeLessThan(surveyMs);
    expect(network.posts()).toEqual([]);
    expect(writes(network)).toEqual([]);
  });

  it('is planned: with a password the login forms are filled in, and nothing else is posted', async () => {
    const dry = await run('dry', 'csv', ...whole, ...withPassword(), '--dry-run');
    expectHarmless('dry', dry);
    expect(inSpreadsheet(dry.stdout)).toEqual({ rows: dry.report.phones.length, formulas: [] });
    expect(dry.tookMs).toBeLessThan(surveyMs);
    expect(logins(network).length).toBeGreaterThan(runs(3, 5));
    expect(network.posts()).toHaveLength(logins(network).length);
    expect(writes(network)).toEqual([]);
  });

  describe('is migrated', () => {
    let real: Finished & { report: Report };
    beforeAll(async () => {
      real = await run('real', 'ndjson', ...whole, ...withPassword(), '--yes');
    }, 300_000);

    it('on time, each target with one outcome', () => {
      expect(real.code).toBe(1);
      expect(real.tookMs).toBeLessThan(surveyMs + stepsMs);
      const outcomes = Object.keys(real.report.totals.byOutcome);
      const all = ['done', 'already-done', 'blocked', 'deferred', 'failed', 'unverified', 'no-answer', 'not-a-phone'];
      expect(outcomes).toEqual(expect.arrayContaining(isDeep ? [...all, 'aborted'] : all));
      const ended = real.stdout.split('\n').flatMap((line) => (line.includes('"event":"outcome"') ? [line] : []));
      const addresses = ended.map((line) => (JSON.parse(line) as { address: string }).address);
      expect(addresses).toHaveLength(new Set(addresses).size);
    });

    it('with every hostile text shown and none obeyed', () => {
      expectHarmless('real', real);
      for (const line of real.stdout.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
    });

    it('the polite phones in it are done', () => {
      const polite = scenario.phones.filter(({ name, address }) => name === 'Polite desk' && !isExcluded(address));
      expect(polite.length).toBeGreaterThan(10);
      for (const { mac, address } of polite) {
        const entry = real.report.phones.find((phone) => phone.mac === mac);
        expect([address, entry?.outcome, entry?.failure?.code]).toEqual([address, 'done', undefined]);
        expect(network.simulator.phoneByMac(mac)?.snapshot()).toMatchObject({ kind: 'enterprise', postsApplied: 1 });
      }
    });

    it('writing only to Multiplatform phones of which the report says so', () => {
      expect(writes(network).length).toBeGreaterThan(runs(25, 40));
      expect(forbiddenWrites(network, real.report)).toEqual([]);
      expect(secretlyChanged(network, real.report)).toEqual([]);
    });

    it('without a word to those that were excluded', () => {
      expect(excluded.length).toBeGreaterThan(runs(3, 5));
      const asked = network.simulator.log.filter(({ address }) => isExcluded(address));
      expect(asked).toEqual([]);
    });

    it('without breaking a rule', () => {
      expect(network.violations()).toEqual([]);
      expect(() => network.simulator.assertNoViolations()).not.toThrow();
    });
  });
});
