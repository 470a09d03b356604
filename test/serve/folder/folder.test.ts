import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { folderSource } from '../../../src/serve/folder/folder.js';
import type { Answer, OpenFile } from '../../../src/serve/source.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { HandClock } from '../../transport/support/hand-clock.js';

describe('a folder that is served', () => {
  const outside = temporaryFolder();
  const root = outside.file('served');
  const clock = new HandClock();
  const said: string[] = [];
  const folder = folderSource(root, clock, (line) => said.push(line));
  const open = (path: string): Promise<Answer> =>
    folder.open({ path, client: '10.0.0.7', protocol: 'http', userAgent: null });
  const opened = async (path: string): Promise<OpenFile> => {
    const answer = await open(path);
    if (answer.kind !== 'file') throw new Error(`${path}: ${answer.why ?? 'absent'}`);
    return answer.file;
  };

  beforeAll(() => {
    mkdirSync(`${root}/image`, { recursive: true });
    writeFileSync(`${root}/image/a.sbn`, 'abcdefghij');
    writeFileSync(outside.file('secret'), 'secret');
    symlinkSync('image/a.sbn', `${root}/inside.sbn`);
    symlinkSync('../secret', `${root}/outside.sbn`);
    symlinkSync(outside.path, `${root}/up`);
    symlinkSync('round', `${root}/round`);
    symlinkSync('nowhere', `${root}/dead.sbn`);
    spawnSync('mkfifo', [`${root}/pipe.sbn`]);
    // A folder beside it whose name begins the same way.
    mkdirSync(`${root}-other`);
    writeFileSync(`${root}-other/b.sbn`, 'b');
    symlinkSync(`${root}-other/b.sbn`, `${root}/beside.sbn`);
  });
  afterAll(() => outside.remove());

  it('has its files, through links within it too', async () => {
    for (const path of ['image/a.sbn', 'inside.sbn']) {
      const file = await opened(path);
      expect([file.size, Buffer.from(await file.read(2, 3)).toString()]).toEqual([10, 'cde']);
      await file.close();
      await file.close();
    }
  });

  it.each(['outside.sbn', 'up/secret', 'beside.sbn'])('does not follow %s, which leads out of it', async (path) => {
    expect(await open(path)).toEqual({
      kind: 'refused',
      status: 404,
      why: expect.stringContaining('leads out of the folder'),
    });
  });

  it.each([
    ['', 'it is a folder'],
    ['image', 'it is a folder'],
    ['pipe.sbn', 'it is no regular file'],
    ['none.sbn', null],
    ['dead.sbn', null],
    ['round/a', null],
    ['image/a.sbn/b', null],
    ['n'.repeat(300), null],
    ['image/A.sbn', 'a.sbn is there, and phones ask for the exact name: upper and lower case differ'],
  ])('has no file %j (%j)', async (path, why) => {
    expect(await open(path)).toEqual({ kind: 'absent', why });
  });

  it('says that a file is there and cannot be read', async () => {
    // Root reads everything but what the kernel lets nobody read.
    const isRoot = process.getuid?.() === 0;
    const [top, name] = isRoot ? ['/proc/sys/vm', 'compact_memory'] : [root, 'locked.sbn'];
    if (!isRoot) writeFileSync(`${root}/${name}`, 'x', { mode: 0 });
    const asked = { path: name, client: '10.0.0.7', protocol: 'http', userAgent: null } as const;
    expect(await folderSource(top, clock).open(asked)).toMatchObject({ kind: 'refused', status: 403 });
  });

  it('may vanish and come back', async () => {
    renameSync(root, outside.file('away'));
    expect(await open('image/a.sbn')).toMatchObject({
      kind: 'absent',
      unavailable: true,
      why: expect.stringContaining('is not there any more'),
    });
    await open('image/b.sbn');
    renameSync(outside.file('away'), root);
    await (await opened('image/a.sbn')).close();
    expect(said).toEqual([
      `The folder ${root} is not there any more. Nothing of it can be served until it is back.`,
      `The folder ${root} is back.`,
    ]);
  });

  describe('a file of it that changes while it is sent', () => {
    const change = async (path: string, how: (path: string) => void): Promise<OpenFile> => {
      const full = `${root}/${path}`;
      writeFileSync(full, 'abcdefghij');
      const file = await opened(path);
      await file.read(0, 5);
      how(full);
      return file;
    };

    it('is the old one to its end where another was renamed over it', async () => {
      const file = await change('renamed.sbn', (path) => {
        writeFileSync(`${path}.new`, 'other');
        renameSync(`${path}.new`, path);
      });
      expect(Buffer.from(await file.read(5, 5)).toString()).toBe('fghij');
      const next = await opened('renamed.sbn');
      expect(next.version).not.toBe(file.version);
      await Promise.all([file.close(), next.close()]);
    });

    it.each<[string, (path: string) => void, string]>([
      ['cut off', (path) => truncateSync(path, 7), 'was cut off meanwhile'],
      ['longer', (path) => appendFileSync(path, 'k'), 'was changed meanwhile'],
      ['written over', (path) => writeFileSync(path, 'ABCDEFGHIJ'), 'was changed meanwhile'],
    ])('fails before its last byte where it was %s', async (name, how, why) => {
      const file = await change(`${name}.sbn`, how);
      await expect(file.read(5, 5)).rejects.toThrow(why);
      await expect(file.assertUnchanged()).rejects.toThrow(why);
      await file.close();
    });
  });
});
