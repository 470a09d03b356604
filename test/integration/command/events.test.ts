import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { runEvents } from '../../../src/domain/report/events.js';
import { openStoreToRead } from '../../../src/store/open-store.js';
import { wishBeside } from '../../support/command/beside.js';
import { runCommand, startCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

type Told = Record<string, unknown> & { event: string };

describe('the events of the NDJSON stream', () => {
  const folder = temporaryFolder();
  const told: Told[] = [];
  let network: Network;

  /** A migration that is paused for a while, stops itself after phones that fail, and its report afterwards. */
  beforeAll(async () => {
    network = await startNetwork(
      [{ model: '8841', behavior: { upgradeResult: 'download-failed' }, count: 6 }, { kind: 'printer' }],
      { timeScale: 60 },
    );
    const db = folder.file('events.db');
    const store = ['--no-config', '--db', db];
    const ndjson = ['--output', 'ndjson'];
    const profile = ['--profile', quickProfile(folder.path, 'mpp-to-enterprise'), '--files', network.files];
    const pace = ['--abort-after', 'upgrade-failed:4', '--max-upgrading', '1', '--yes', '--quiet'];
    const migration = startCommand([...['migrate', ...network.scan, ...profile, ...pace], ...store, ...ndjson]);
    await migration.shows('"state":"submitted"');
    await wishBeside(db, 'pause');
    await migration.shows('"event":"paused"');
    await wishBeside(db, 'continue');
    for (const { stdout } of [await migration.done, await runCommand(['report', 'latest', ...store, ...ndjson])]) {
      told.push(...stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Told])));
    }
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  it('are those that are documented: each is sent, and no other', () => {
    expect([...new Set(told.map(({ event }) => event))].sort()).toEqual(Object.keys(runEvents).sort());
  });

  it('say what is documented, and nothing else', () => {
    for (const { event, at: _at, address: _address, mac: _mac, ...details } of told) {
      const documented = Object.keys(runEvents[event as keyof typeof runEvents].details);
      expect([event, Object.keys(details).filter((name) => !documented.includes(name))]).toEqual([event, []]);
    }
    for (const [name, { details }] of Object.entries(runEvents)) {
      const said = new Set(told.filter(({ event }) => event === name).flatMap((event) => Object.keys(event)));
      expect([name, Object.keys(details).filter((detail) => !said.has(detail))]).toEqual([name, []]);
    }
  });

  it('say of a phone that moves its model, its firmware and its plan, which the store need not hold once more', async () => {
    const moving = told.filter(
      ({ event, state }) => event === 'intent' || state === 'submitted' || state === 'waiting',
    );
    expect(moving.length).toBeGreaterThan(2);
    for (const event of moving) {
      expect(event).toMatchObject({
        model: '8841',
        softwareVersion: expect.stringMatching(/^sip88xx\.\d+-/),
        plan: [{ step: 'convert', load: expect.stringContaining('sip88xx') }],
      });
    }
    const store = await openStoreToRead({ path: folder.file('events.db'), clock: systemClock });
    const stored: object[] = [];
    for await (const event of store.eventsOf((await store.run('latest'))?.id ?? '')) stored.push(event);
    await store.close();
    expect(stored.length).toBeGreaterThan(moving.length);
    expect(stored.filter((event) => 'plan' in event || 'model' in event)).toEqual([]);
  });

  it('tell what each phone is before it moves on', () => {
    const phones = told.filter(({ event }) => event === 'phone');
    expect(phones).toHaveLength(6);
    for (const { mac, model, family } of phones) {
      expect([model, family]).toEqual(['8841', 'multiplatform']);
      expect(told.find((event) => event['mac'] === mac)?.event).toBe('phone');
    }
  });
});
