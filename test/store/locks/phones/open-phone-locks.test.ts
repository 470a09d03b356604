import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../../src/conduct/system-clock.js';
import { usualLockFolder } from '../../../../src/store/locks/phones/lock-folder.js';
import { openPhoneLocks } from '../../../../src/store/locks/phones/open-phone-locks.js';
import { type Running, startCommand } from '../../../support/command/command.js';
import { hasContainers, inContainer } from '../../../support/command/limited-command.js';
import { temporaryFolder } from '../../../support/command/temporary-folder.js';
import { buildOtherProcess } from '../../support/build.js';

describe('where phones are locked', () => {
  const folder = temporaryFolder();
  let script: string;
  let others: Running[] = [];
  const start = (under: readonly string[], ...args: string[]): Running => {
    const other = startCommand(args, { main: script, under });
    others.push(other);
    return other;
  };
  beforeAll(async () => {
    script = await buildOtherProcess(folder.file('build'));
    chmodSync(folder.path, 0o755);
  });
  afterEach(async () => {
    for (const other of others) other.kill('SIGKILL');
    await Promise.all(others.map(({ done }) => done));
    others = [];
  });
  afterAll(() => folder.remove());
  const complaint = async (path: string): Promise<string> => {
    try {
      (await openPhoneLocks({ folder: path, runId: 'a', clock: systemClock })).close();
    } catch (error) {
      expect(error).toMatchObject({ code: 'usage' });
      return (error as Error).message;
    }
    throw new Error('it was opened');
  };

  it('is the first place that everybody may write to, whoever asks', () => {
    const places = ['missing', 'mine', 'shared', 'shared-too'].map((name) => folder.file(name));
    for (const path of places.slice(1)) mkdirSync(path);
    chmodSync(places[1] ?? '', 0o755);
    for (const path of places.slice(2)) chmodSync(path, 0o1777);
    expect(usualLockFolder(places)).toBe(join(places[2] ?? '', 'fleet-migrate'));
  });

  it("is a folder of the user's own on Windows", () => {
    const shared = folder.file('for-everybody');
    mkdirSync(shared);
    chmodSync(shared, 0o1777);
    expect(usualLockFolder([shared], 'win32')).toBe(join(tmpdir(), 'fleet-migrate'));
  });

  it('takes the rights of a folder that was chosen, whatever the umask', async () => {
    const umask = process.umask(0o077);
    try {
      mkdirSync(folder.file('team'));
      chmodSync(folder.file('team'), 0o770);
      (await openPhoneLocks({ folder: folder.file('team'), runId: 'a', clock: systemClock })).close();
      expect(statSync(folder.file('team/locks-1.db')).mode & 0o777).toBe(0o660);
    } finally {
      process.umask(umask);
    }
  });

  it('that cannot be made or used is one sentence with what to do', async () => {
    writeFileSync(folder.file('file'), '');
    mkdirSync(folder.file('damaged'));
    writeFileSync(folder.file('damaged/locks-1.db'), 'no database at all '.repeat(100));
    mkdirSync(folder.file('linked'));
    symlinkSync(folder.file('file'), folder.file('linked/locks-1.db'));
    const remedy =
      'check its permissions, or name another folder with --lock-folder, the same for all runs on this machine.';
    const sentence = (path: string): string =>
      `The locks that keep two runs from writing to the same phone cannot be kept in ${path}: `;
    expect(await complaint(folder.file('file/locks'))).toMatch(`a part of its path is not a folder; ${remedy}`);
    expect(await complaint(folder.file('damaged'))).toBe(
      `${sentence(folder.file('damaged'))}SQLITE_NOTADB; delete ${folder.file('damaged/locks-1.db')} while no run is under way.`,
    );
    expect(await complaint(folder.file('linked'))).toMatch('it is no file; delete');
  });

  it('each of many that begin at once gets other phones, and together they get all', async () => {
    const path = folder.file('contended');
    const count = 500;
    const racers = ['a', 'b', 'c'].map((runId) => start([], 'contendPhones', path, runId, String(count)));
    await Promise.all(racers.map((racer) => racer.shows('ready')));
    writeFileSync(`${path}.go`, '');
    await Promise.all(racers.map((racer) => racer.shows('finished')));
    const got = racers.map(({ stdout }) => [...stdout.matchAll(/^got (\d+)$/gm)].map(([, number]) => Number(number)));
    expect(got.flat().sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
  });

  it('only one of many takes over what a killed run has left', async () => {
    const count = 200;
    for (let round = 0; round < 3; round += 1) {
      const path = folder.file(`orphaned-${round}`);
      const dead = start([], 'keepPhones', path, 'dead', String(count));
      await dead.shows('locked');
      const racers = ['a', 'b', 'c'].map((runId) => start([], 'contendPhones', path, runId, String(count)));
      await Promise.all(racers.map((racer) => racer.shows('ready')));
      dead.kill('SIGKILL');
      await dead.done;
      writeFileSync(`${path}.go`, '');
      await Promise.all(racers.map((racer) => racer.shows('finished')));
      const got = racers.flatMap(({ stdout }) => [...stdout.matchAll(/^got (\d+)$/gm)].map(([, n]) => Number(n)));
      expect(got.sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
      for (const racer of racers) racer.kill('SIGKILL');
      await Promise.all(racers.map(({ done }) => done));
    }
  });

  (hasContainers ? it : it.skip)(
    'a live process in another PID namespace keeps its phones (skipped without the right to make one)',
    async () => {
      const path = folder.file('contained');
      const inside = start(inContainer, 'keepPhones', path, 'inside', '1');
      await inside.shows('locked');
      const locks = await openPhoneLocks({ folder: path, runId: 'outside', clock: systemClock });
      expect(locks.claim('phone-0')).toMatchObject({ runId: 'inside', heardOf: expect.any(String) });
      locks.close();
      const next = start(inContainer, 'contendPhones', path, 'next', '2');
      writeFileSync(`${path}.go`, '');
      await next.shows('finished');
      expect(next.stdout).toBe('ready\ngot 1\nfinished\n');
    },
  );

  (process.getuid?.() === 0 ? it : it.skip)(
    'users meet in the usual folder, whoever came first, also over what a dead one has left (skipped unless root)',
    async () => {
      const place = folder.file('run-lock');
      mkdirSync(place);
      chmodSync(place, 0o1777);
      const path = usualLockFolder([place]);
      const usual = (runId: string, action: string): Running => start([], action, path, runId, '1', 'usual');
      const root = usual('root', 'keepPhones');
      await root.shows('locked');
      const nobody = usual('nobody', 'unprivilegedPhone');
      await nobody.shows('locked');
      expect(nobody.stdout).toContain('"runId":"root"');
      for (const each of [root, nobody]) {
        each.kill('SIGKILL');
        await each.done;
      }
      const again = usual('nobody-again', 'unprivilegedPhone');
      await again.shows('locked');
      expect(again.stdout).toBe('null\nlocked\n');
    },
  );
});
