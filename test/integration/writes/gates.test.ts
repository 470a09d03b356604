import { readFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { Behavior } from '../../../src/simulator/index.js';
import { runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
const profile = quickProfile(folder.path, 'mpp-to-enterprise', { upgradeDeadline: '4s', pollInterval: '100ms' });
let net: Network;
afterEach(() => net.close());
afterAll(() => folder.remove());

/** The pace of the shipped example. */
const example = parse(readFileSync('examples/fleet-migrate.yaml', 'utf8')) as { waves: string; abortAfter: string[] };
const pace = ['--waves', example.waves, ...example.abortAfter.flatMap((text) => ['--abort-after', text])];

async function fleet(count: number, behavior: Partial<Behavior>): Promise<string[]> {
  const phone = { model: '8841', vid: 'V05', load: 'sip88xx.12-0-3MPP0001-87', count, behavior } as const;
  net = await startNetwork([phone], { subnet: count > 14 ? '127.66.13.0/25' : '127.66.13.0/28' });
  return [...net.scan, '--profile', profile, '--files', net.files];
}

const touched = (): number => new Set(net.posts().map(({ mac }) => mac)).size;

describe('a hundred phones that go silent after the write, at the pace of the shipped example', () => {
  it('the run stops itself with at most the first two waves touched, and says how it stands', async () => {
    const args = await fleet(100, { vanishesOnSubmit: true });
    const { code, report, stderr } = await runForReport([...args, ...pace, '--yes']);
    expect(code).toBe(3);
    expect(touched()).toBeLessThanOrEqual(11);
    expect(report.totals.byOutcome).toEqual({ 'no-answer': 26, aborted: 100 - touched(), unverified: touched() });
    expect(report.run.abortedBy).toMatch(/Written to 1: 0 proven, 0 failed, 1 silent\./);
    expect(stderr).toContain('STOPPED ITSELF');
    for (const { touched: wasTouched, failure } of report.phones)
      expect(failure?.code).toBe(wasTouched ? 'silent' : 'threshold-tripped');
  });
});

describe('phones whose web page is off after the move, as Unified CM leaves it', () => {
  it('stop the run after the first wave, in words that name the way on', async () => {
    const args = await fleet(12, { webAfterConversion: false });
    const { code, report } = await runForReport([...args, '--waves', '1,100%', '--yes']);
    expect(code).toBe(3);
    expect(touched()).toBe(1);
    expect(report.run.abortedBy).toContain('--accept silent-after-upgrading');
    expect(report.phones.filter(({ failure }) => failure?.code === 'silent-after-upgrading')).toHaveLength(1);
    expect(report.phones.filter(({ failure }) => failure?.code === 'wave-not-proven')).toHaveLength(11);
  });

  it('open the next wave where that is accepted, on the command line or later by resume, and are unverified all the same', async () => {
    const args = await fleet(12, { webAfterConversion: false });
    const db = ['--db', folder.file('accepted.db')];
    const stopped = await runForReport([...args, ...db, '--waves', '1,2,100%', '--yes']);
    expect([stopped.code, touched()]).toEqual([3, 1]);
    const unnamed = await runCommand(['resume', ...db, '--no-config', '--yes']);
    expect([unnamed.code, unnamed.stderr]).toEqual([
      2,
      expect.stringMatching(
        new RegExp(`The run ${stopped.report.run.id} stopped itself: .* fleet-migrate resume ${stopped.report.run.id}`),
      ),
    ]);
    const resumed = await runForReport([
      ...['resume', stopped.report.run.id, ...db, '--yes'],
      ...['--accept', 'silent-after-upgrading'],
    ]);
    expect(resumed.code).toBe(1);
    expect(touched()).toBe(12);
    expect(resumed.report.run.abortedBy).toBeNull();
    expect(resumed.report.totals.byOutcome).toMatchObject({ unverified: 12 });
  });

  it('are announced with the plan: what can prove the move, and what follows where nothing does', async () => {
    const args = await fleet(3, { webAfterConversion: false });
    const dry = await runCommand([...args, ...pace, '--dry-run']);
    const text = dry.stdout.replace(/\s+/g, ' ');
    expect(text).toContain("Proof of a move to Enterprise can only come from the phone's own web page");
    expect(text).toContain('the run stops after the first wave');
    const { report } = await runForReport([...args, ...pace, '--dry-run', '--accept', 'silent-after-upgrading']);
    expect(report.run.proof).toEqual({
      ...{ sources: ['phone-web-page'], accept: ['silent-after-upgrading'] },
      ...{ waves: example.waves, abortAfter: example.abortAfter },
    });
    expect(touched()).toBe(0);
  });
});

describe('--accept', () => {
  it.each([
    [['--accept', 'silent'], /a phone that vanished without a sign may be dead/],
    [['--accept', 'anything'], /there is only silent-after-upgrading/],
    [['--accept', 'silent-after-upgrading'], /--accept needs --waves or --abort-after/],
    [['--accept', 'silent-after-upgrading', '--waves', '1', '--profile', 'upgrade-mpp'], /only a move to Enterprise/],
  ])('that cannot be: %j', async (more, words) => {
    const args = await fleet(1, {});
    const { code, stderr } = await runCommand([
      ...(more.includes('--profile') ? [...net.scan, '--files', net.files] : args),
      ...more,
      '--yes',
    ]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
    expect(net.simulator.log).toEqual([]);
  });
});
