import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { collectFiles } from '../../../src/licenses/import/collect.js';
import { isUsageError } from '../../../src/domain/text/usage-error.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { writeArchive } from '../support.js';

const license = '00CCFC123456.lic';

describe('files that may be licenses', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => void (folder = temporaryFolder()));
  afterEach(() => folder.remove());

  async function refusal(...paths: string[]): Promise<string> {
    const error: unknown = await collectFiles(paths).catch((reason: unknown) => reason);
    if (!isUsageError(error)) throw new Error('nothing was refused');
    return error.message;
  }

  async function namesIn(...paths: string[]): Promise<string[]> {
    return (await collectFiles(paths)).files.map(({ name }) => name);
  }

  it('are those of an archive, in their folders, without what file managers leave behind', async () => {
    const path = await writeArchive(folder.file('licenses.zip'), {
      [`MPP-2-ENT-licenses/${license}`]: 'a license',
      'MPP-2-ENT-licenses/.DS_Store': 'x',
      [`__MACOSX/${license}`]: 'x',
      'readme.txt': 'read me',
    });
    const { files, ignored } = await collectFiles([path]);
    expect(files.map(({ name, content, bytes }) => [name, content?.toString(), bytes])).toEqual([
      [`MPP-2-ENT-licenses/${license}`, 'a license', 9],
      ['readme.txt', 'read me', 7],
    ]);
    expect(ignored).toBe(2);
  });

  it('are those of a folder and its folders, and of the archives in them; links are not followed', async () => {
    mkdirSync(folder.file('licenses/deep'), { recursive: true });
    writeFileSync(folder.file(`licenses/deep/${license}`), 'a license');
    writeFileSync(folder.file('licenses/.hidden'), 'x');
    await writeArchive(folder.file('licenses/more.zip'), { '00CCFC000001.lic': 'another' });
    writeFileSync(folder.file('outside.lic'), 'x');
    symlinkSync(folder.file('outside.lic'), folder.file('licenses/00CCFC000002.lic'));
    symlinkSync('..', folder.file('licenses/loop'));
    const { files, links } = await collectFiles([folder.file('licenses')]);
    expect(links).toEqual(['00CCFC000002.lic', 'loop']);
    expect(files.map(({ source, name }) => [source, name])).toEqual([
      [folder.file('licenses'), `deep/${license}`],
      [folder.file('licenses/more.zip'), '00CCFC000001.lic'],
    ]);
  });

  it('are the files that are named', async () => {
    writeFileSync(folder.file(license), 'a license');
    expect(await collectFiles([folder.file(license)])).toMatchObject({
      files: [{ source: join(folder.file(license), '..'), name: license, bytes: 9 }],
    });
  });

  it('are not read where they are too long for a license: a zip bomb costs nothing', async () => {
    const path = await writeArchive(folder.file('bomb.zip'), { [license]: Buffer.alloc(50_000_000) });
    expect((await collectFiles([path])).files).toEqual([
      { source: path, name: license, bytes: 50_000_000, content: null },
    ]);
  });

  it('may be a whole fleet', async () => {
    const names = Array.from({ length: 3_000 }, (_, nth) => `00CCFC${String(nth).padStart(6, '0')}.lic`);
    const path = await writeArchive(folder.file('fleet.zip'), Object.fromEntries(names.map((name) => [name, 'x'])));
    expect(await namesIn(path)).toEqual(names);
  });

  describe('of an archive are refused, all of them,', () => {
    /** The archive with some of its bytes replaced by as many others, wherever they stand. */
    async function tampered(files: Record<string, string>, from: string, to: string): Promise<string> {
      const path = await writeArchive(folder.file('tampered.zip'), files);
      writeFileSync(path, readFileSync(path).toString('latin1').replaceAll(from, to), 'latin1');
      return path;
    }

    it('where a path leads out of it', async () => {
      for (const name of ['../../CCFC123456.lic', '/0CCFC123456.lic1', 'C:/CFC123456.lic1'])
        expect(
          await refusal(await tampered({ aaaaaaaaaaaaaaaaaaaa: 'x' }, 'aaaaaaaaaaaaaaaaaaaa', name.padEnd(20, 'x'))),
        ).toMatch(/tampered\.zip was not imported, nor anything else: a name in it leads out of it/);
    });

    it('where one is a link', async () => {
      const path = await writeArchive(folder.file('link.zip'), { [license]: '/etc/passwd' }, { mode: 0o120777 });
      expect(await refusal(path)).toMatch(/00CCFC123456\.lic in it is a link/);
    });

    it('where a checksum is wrong', async () => {
      // Stored, not compressed: what is short would get longer.
      const path = await writeArchive(folder.file('crc.zip'), { 'other.lic': 'fine', [license]: 'b' });
      const bytes = readFileSync(path);
      const at = bytes.indexOf(license) + license.length;
      bytes[at] = (bytes[at] ?? 0) ^ 0x02;
      writeFileSync(path, bytes);
      expect(await refusal(path)).toMatch(/was not imported, nor anything else: .*(?:damaged|cut off)/);
    });

    it('where it is cut off, or no archive inside', async () => {
      const path = await writeArchive(folder.file('cut.zip'), { [license]: 'a license' });
      const bytes = readFileSync(path);
      for (const length of [bytes.length - 1, bytes.length - 30, 40, 4]) {
        writeFileSync(path, bytes.subarray(0, length));
        expect(await refusal(path)).toMatch(/was not imported, nor anything else: it is damaged or cut off/);
      }
    });

    it('where the end counts fewer than the list has', async () => {
      const path = await writeArchive(folder.file('count.zip'), { [license]: 'a', '00CCFC123457.lic': 'b' });
      const bytes = readFileSync(path);
      const end = bytes.lastIndexOf('PK\x05\x06');
      for (const at of [8, 10]) bytes.writeUInt16LE(1, end + at);
      writeFileSync(path, bytes);
      expect(await refusal(path)).toMatch(
        /not imported, nor anything else: its list of files does not have the length/,
      );
    });

    it('where they are more than any fleet has', async () => {
      const path = await writeArchive(folder.file('many.zip'), { [license]: 'x' });
      const bytes = readFileSync(path);
      // What the end of the archive says: so many entries on this disk, and in all.
      const end = bytes.lastIndexOf('PK\x05\x06');
      bytes.writeUInt16LE(65_534, end + 8);
      bytes.writeUInt16LE(65_534, end + 10);
      writeFileSync(path, bytes);
      expect(await refusal(path)).toMatch(/it holds 65534 files, more than the 65000 of any fleet/);
    });
  });

  it('are no archive because they are named so: what the portal sent instead is told', async () => {
    for (const [text, why] of [
      [
        '<html>Sign in</html>',
        /page\.zip was not imported, nor anything else: it is no zip archive inside, perhaps a page/,
      ],
      ['', /page\.zip was not imported, nor anything else: it is empty; download it once more/],
    ] as const) {
      writeFileSync(folder.file('page.zip'), text);
      expect(await refusal(folder.file('page.zip'))).toMatch(why);
    }
  });

  it('are no archive in a folder either', async () => {
    mkdirSync(folder.file('download'));
    writeFileSync(folder.file('download/licenses.zip'), '<html>Sign in</html>');
    expect(await refusal(folder.file('download'))).toMatch(
      /licenses\.zip was not imported, nor anything else: it is no zip/,
    );
  });

  it('are no pipes, which would be left out without a word', async () => {
    execFileSync('mkfifo', [folder.file(license)]);
    expect(await refusal(folder.path)).toMatch(/ is neither a file nor a folder; nothing was imported: remove it/);
  });

  it('are not left out without a word because they lie deep', async () => {
    const deep = join(folder.path, ...'abcdefghij');
    mkdirSync(deep, { recursive: true });
    writeFileSync(join(deep, license), 'a license');
    expect(await refusal(folder.path)).toMatch(/ lies more than 8 folders deep; nothing was imported/);
    expect(await namesIn(deep)).toEqual([license]);
  });

  it('that are not there are named', async () => {
    expect(await refusal(folder.file('none.zip'))).toMatch(
      /none\.zip cannot be read: there is no such file.*; nothing was imported\.$/,
    );
    expect(await refusal('/dev/null')).toMatch(/neither a file nor a folder/);
  });
});
