import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openStore } from '../../../src/store/open-store.js';
import { type Running, startCommand } from '../../support/command/command.js';
import { hasContainers, inContainer } from '../../support/command/limited-command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { buildOtherProcess } from '../support/build.js';
import { describeStores } from '../support/open-test-store.js';
import { allOf, newRun } from '../support/samples.js';
import { StandingClock } from '../support/standing-clock.js';

describe('with other processes', () => {
  const folder = temporaryFolder();
  let script: string;
  let others: Running[] = [];
  const start = (...args: string[]): Running => {
    const other = startCommand(args, { main: script });
    others.push(other);
    return other;
  };
  beforeAll(async () => {
    script = await buildOtherProcess(folder.file('build'));
  });
  afterEach(async () => {
    for (const other of others) other.kill('SIGKILL');
    await Promise.all(others.map(({ done }) => done));
    others = [];
  });
  afterAll(() => folder.remove());

  describeStores('one store', (useStore) => {
    const test = useStore();

    it('is one run at a time: a live one says who it is, a killed one gives its lock away', async () => {
      await test.store.beginRun(newRun('theirs'));
      const other = start('hold', test.path, 'theirs');
      await other.shows('locked');
      const refused = await test.store.acquireRunLock({ runId: 'ours' });
      expect(refused).toEqual({
        ok: false,
        holder: {
          runId: 'theirs',
          pid: expect.any(Number),
          host: expect.any(String),
          since: expect.any(String),
          heardOf: null,
        },
      });
      other.kill('SIGKILL');
      await other.done;
      const taken = await test.store.acquireRunLock({ runId: 'ours' });
      expect(taken.ok).toBe(true);
      const third = start('hold', test.path, 'third');
      await third.shows('held by ours');
    });

    (hasContainers ? it : it.skip)(
      'is not taken from a live process in another PID namespace (skipped without the right to make one)',
      async () => {
        const inside = (...args: string[]): Running => {
          const other = startCommand(args, { main: script, under: inContainer });
          others.push(other);
          return other;
        };
        await test.store.beginRun(newRun('theirs'));
        const theirs = inside('hold', test.path, 'theirs');
        await theirs.shows('locked');
        // Its number is nobody's out here, or somebody else's.
        expect(await test.store.acquireRunLock({ runId: 'ours' })).toMatchObject({
          ok: false,
          holder: { runId: 'theirs', heardOf: expect.any(String) },
        });
        expect([...(await test.store.cutOffRuns())]).toEqual([]);
        // From one container to the next both may even have the same number.
        await inside('hold', test.path, 'third').shows('held by theirs');
      },
    );

    it('goes to one process at a time, however they race for it', async () => {
      const count = 50;
      const room = temporaryFolder();
      const beside = room.file('lock');
      const racers = ['a', 'b', 'c'].map((runId) => start('contend', test.path, runId, String(count), beside));
      await Promise.all(racers.map((racer) => racer.shows('ready')));
      // Each has been refused before anybody has it: else they might take turns by luck, and this would prove nothing.
      const ours = await test.store.acquireRunLock({ runId: 'ours' });
      if (!ours.ok) throw new Error('somebody has the store already');
      writeFileSync(`${beside}.go`, '');
      await Promise.all(racers.map((racer) => racer.shows('refused')));
      await ours.release();
      await Promise.all(racers.map((racer) => racer.shows('finished')));
      const said = racers.map(({ stdout }) => stdout.split('\n'));
      expect(said.map((lines) => lines.filter((line) => line === 'alone').length)).toEqual([count, count, count]);
      expect(said.flat().filter((line) => line === 'not alone')).toEqual([]);
      room.remove();
    });

    it('has every intent that was answered, and all before it, when its process is killed', async () => {
      for (let round = 0; round < 5; round += 1) {
        const runId = `run-${round}`;
        await test.store.beginRun(newRun(runId));
        const other = start('record', test.path, runId);
        await other.shows(`intent ${20 + round * 7}\n`);
        other.kill('SIGKILL');
        await other.done;
        const said = [...other.stdout.matchAll(/^intent (\d+)$/gm)].length;
        const store = await test.reopen();
        const events = await allOf(store.eventsOf(runId));
        const intents = events.filter(({ event }) => event === 'intent').map(({ number }) => number);
        expect(intents.slice(0, said)).toEqual([...Array(said).keys()]);
        expect(events.filter(({ event, number }) => event === 'before' && Number(number) < said)).toHaveLength(
          20 * said,
        );
        const targets = await allOf(store.targetsOf(runId));
        // Each intent has its target as it was then, or as it was later.
        expect(targets).toHaveLength(intents.length);
        for (const { state, snapshot } of targets) {
          expect(['writing', 'submitted']).toContain(state);
          expect(snapshot).toMatchObject({ padding: 'x'.repeat(2_000) });
        }
      }
    });
  });

  it('a new store is made once, by whoever comes first', async () => {
    for (let round = 0; round < 3; round += 1) {
      const path = folder.file(`new-${round}/fleet.db`);
      const makers = ['a', 'b', 'c', 'd'].map((runId) => start('begin', path, runId));
      const ended = await Promise.all(makers.map(({ done }) => done));
      expect(ended.map(({ stdout, stderr }) => stdout + stderr)).toEqual(Array(4).fill('begun\n'));
      const store = await openStore({ path, clock: new StandingClock() });
      expect((await store.runs()).map(({ id }) => id).sort()).toEqual(['a', 'b', 'c', 'd']);
      await store.close();
    }
  });

  describe('a user without the right', () => {
    const opened = async (path: string): Promise<{ code: string; message: string }> => {
      const { stdout, stderr } = await start('unprivileged', path).done;
      if (!stdout.startsWith('{')) throw new Error(stdout + stderr);
      return JSON.parse(stdout) as { code: string; message: string };
    };
    const storeIn = async (name: string): Promise<string> => {
      const path = join(folder.path, name, 'fleet.db');
      await (await openStore({ path, clock: new StandingClock() })).close();
      chmodSync(folder.path, 0o755);
      return path;
    };

    it('to write the file is told that it can only be read', async () => {
      const path = await storeIn('read-only-file');
      chmodSync(dirname(path), 0o777);
      chmodSync(path, 0o444);
      const { code, message } = await opened(path);
      expect(code).toBe('usage');
      expect(message).toBe(
        `The store ${path} cannot be opened for writing (EACCES); check the path and its permissions, or name another file with --db.`,
      );
    });

    it('to write into the folder', async () => {
      const path = join(folder.path, 'read-only-folder', 'fleet.db');
      mkdirSync(dirname(path), { mode: 0o555 });
      chmodSync(folder.path, 0o755);
      expect(await opened(path)).toMatchObject({ code: 'usage', message: expect.stringContaining('EACCES') });
    });

    it('to write beside the file', async () => {
      const path = await storeIn('no-log-file');
      chmodSync(path, 0o666);
      chmodSync(dirname(path), 0o555);
      expect(await opened(path)).toMatchObject({ code: 'usage', message: expect.stringContaining(path) });
    });
  });
});
