import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rehearse } from '../../../src/conduct/rehearsal/rehearse.js';
import { giveSound } from '../../../src/conduct/options/sources.js';
import { optionsOf } from '../../../src/conduct/options/table.js';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { shippedModels } from '../../../src/config/profiles/as-shipped.js';
import { parseAssumption } from '../../../src/domain/rehearsal/assumptions.js';
import type { PhoneStory } from '../../../src/domain/report/story/story.js';
import { openStoreToRead } from '../../../src/store/open-store.js';
import type { Store } from '../../../src/store/store.js';
import { runCommand, type Running, startCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { startNetwork } from '../../support/network.js';

const pollMs = 1_000;
/** As much as looks are spread (a tenth each), and as a busy machine is late: with most phones, with any, and with a wave of them. */
const slackMs = { most: 1_500, any: 4_000, wave: 4_000 };

/** The phones that were written to, by when they were. */
function inOrder(phones: readonly PhoneStory[]): (PhoneStory & { writtenAt: string; endedAt: string })[] {
  return phones
    .flatMap((one) => {
      const { writtenAt, endedAt } = one;
      return writtenAt === null || endedAt === null ? [] : [{ ...one, writtenAt, endedAt }];
    })
    .sort((a, b) => (a.writtenAt < b.writtenAt ? -1 : 1));
}

const addresses = (phones: readonly PhoneStory[]): string[] => phones.map(({ phone }) => phone.address);
const tookMs = ({ writtenAt, endedAt }: { writtenAt: string; endedAt: string }): number =>
  Date.parse(endedAt) - Date.parse(writtenAt);

const allKinds = ['done', 'already-done', 'failed', 'unverified', 'no-answer', 'deferred'];
const kindsOf = (phones: readonly PhoneStory[]): Set<string> =>
  new Set(phones.map(({ phone }) => phone.outcome ?? 'none'));

describe('a night that was rehearsed, and then run over simulated phones with the same durations and luck', () => {
  const folder = temporaryFolder();
  const db = folder.file('fleet.db');
  let store: Store;
  let simulator: Running | null = null;
  let rehearsed: readonly PhoneStory[];
  let run: readonly PhoneStory[];

  beforeAll(async () => {
    const profile = quickProfile(folder.path, 'mpp-to-enterprise', {
      ...{ pollInterval: `${pollMs}ms`, settle: '20ms', patience: '2s', upgradeDeadline: '9s', idleWait: '1s' },
    });
    const network = await startNetwork([
      { model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 9 },
      { model: '7841', load: 'sip78xx.12-0-3MPP0001-87', count: 7 },
      { model: '8841', load: 'sip88xx.14-2-1-0101-26', count: 1 },
    ]);
    // One after the other, as in the night: how long a page took is how long it takes there.
    const audited = await runCommand(['audit', ...network.scan, '--concurrency', '1', '--no-config', '--db', db]);
    expect(audited.code).toBe(0);
    await network.close();
    store = await openStoreToRead({ path: db, clock: systemClock });
    const audit = (await store.run('latest'))?.id ?? '';

    const assumed = ['duration:4s', 'failed:12%', 'silent:10%', 'deferred:8%', 'no-answer:8%', 'busy:0%'];
    // One phone is spoken to at a time, and none waits for a file server, so that the order is one. Simulated phones that are away refuse at once.
    const pace = { waves: '1,5,100%', 'abort-after': ['90%'], concurrency: 1, timeout: '50ms', 'skip-preflight': true };
    const words = { ...pace, profile, db, 'from-run': audit, config: false };
    const given = await giveSound(words, optionsOf.rehearse, { withSecrets: false });
    const assume = assumed.map((text) => parseAssumption(text));
    let seed = 0;
    do {
      seed += 1;
      const night = { at: null, assume, seed, times: 1, nights: 1 };
      rehearsed = (await rehearse(given, night, store, await shippedModels())).first.phones;
    } while (seed < 100 && kindsOf(rehearsed).size < allKinds.length);

    const ports = ['--http-port', '0', '--https-port', '0', '--files-port', '0', '--time-scale', '1'];
    const luck = [...assumed.filter((text) => !text.startsWith('busy')).flatMap((text) => ['--assume', text])];
    simulator = startCommand(['simulate', '--from-run', audit, '--db', db, ...ports, ...luck, '--seed', String(seed)]);
    await simulator.shows('Ready');
    const said = (pattern: RegExp): string => pattern.exec(simulator?.stdout ?? '')?.[1] ?? '';
    const night = await runCommand([
      ...['migrate', '--from-run', audit, '--profile', profile, '--files', said(/files (\S+)/), '--db', db],
      ...['--http-port', said(/http port (\d+)/), '--https-port', said(/https port (\d+)/), '--insecure'],
      ...['--timeout', '1s'],
      ...[
        '--waves',
        pace.waves,
        '--abort-after',
        '90%',
        '--concurrency',
        '1',
        '--skip-preflight',
        '--yes',
        '--no-config',
      ],
    ]);
    expect(night.stderr).not.toContain('Error');
    run = (await store.story(await store.report('latest'))).phones;
  }, 120_000);

  afterAll(async () => {
    simulator?.kill('SIGTERM');
    await simulator?.done;
    await store.close();
    folder.remove();
  });

  it('has the same outcomes, and some of each', () => {
    const outcomes = (phones: readonly PhoneStory[]): Record<string, string> =>
      Object.fromEntries(phones.map(({ phone }) => [phone.mac ?? phone.address, phone.outcome ?? 'none']));
    const told = outcomes(rehearsed);
    expect(outcomes(run)).toEqual(told);
    expect([...kindsOf(rehearsed)].sort()).toEqual([...allKinds].sort());
  });

  it('has the same waves, and the same order in them', () => {
    const waves = (phones: readonly PhoneStory[]): [string, number | null][] =>
      inOrder(phones).map(({ phone, wave }) => [phone.address, wave]);
    expect(waves(run)).toEqual(waves(rehearsed));
    expect(new Set(waves(run).map(([, wave]) => wave))).toEqual(new Set([1, 2, 3]));
  });

  it('has the same times, within one poll', () => {
    const real = inOrder(run);
    const apart: number[] = [];
    for (const [at, phone] of inOrder(rehearsed).entries()) {
      const other = real[at];
      expect(addresses(other ? [other] : [])).toEqual(addresses([phone]));
      if (other) apart.push(Math.abs(tookMs(other) - tookMs(phone)));
    }
    apart.sort((a, b) => a - b);
    expect(apart[Math.floor(apart.length / 2)]).toBeLessThanOrEqual(pollMs + slackMs.most);
    expect(apart.at(-1)).toBeLessThanOrEqual(pollMs + slackMs.any);
    const opens = (phones: ReturnType<typeof inOrder>): number[] =>
      [1, 2, 3].map((wave) => Date.parse(phones.find((one) => one.wave === wave)?.writtenAt ?? ''));
    const [first, then] = [opens(inOrder(rehearsed)), opens(real)];
    for (const wave of [1, 2]) {
      const lasted = (at: number[]): number => (at[wave] ?? NaN) - (at[wave - 1] ?? NaN);
      expect(Math.abs(lasted(first) - lasted(then))).toBeLessThanOrEqual(pollMs + slackMs.wave);
    }
  });
});
