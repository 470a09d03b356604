import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openCapture } from '../../../src/contact/capture/open.js';
import { checkNewFile, readZip, writeZip } from '../../../src/contact/capture/zip.js';

const folder = mkdtempSync(join(tmpdir(), 'fleet-migrate-zip-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

describe('an archive', () => {
  it('holds what was put into it, for its owner alone', async () => {
    const files = new Map([
      ['manifest.json', '{}'],
      ['pages/001-start.html', 'Grüße '.repeat(10_000)],
    ]);
    await writeZip(at('good.zip'), files);
    expect(await readZip(at('good.zip'))).toEqual(files);
    expect(statSync(at('good.zip')).mode & 0o777).toBe(0o600);
  });

  it('with a comment that somebody wrote into it is refused', async () => {
    await writeZip(at('comment.zip'), new Map([['manifest.json', '{}']]));
    const bytes = readFileSync(at('comment.zip'));
    bytes.writeUInt16LE(7, bytes.length - 2);
    writeFileSync(at('comment.zip'), Buffer.concat([bytes, Buffer.from('Ottilie')]));
    await expect(readZip(at('comment.zip'))).rejects.toThrow(/somebody wrote a comment into the archive/);
  });

  it('is never overwritten', async () => {
    writeFileSync(at('there.zip'), 'mine');
    await expect(writeZip(at('there.zip'), new Map())).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/exists already/),
    });
    expect(readFileSync(at('there.zip'), 'utf8')).toBe('mine');
  });

  it('that unpacks to too much is refused before it is unpacked', async () => {
    await writeZip(at('bomb.zip'), new Map([['manifest.json', '0'.repeat(9_000_000)]]));
    await expect(readZip(at('bomb.zip'))).rejects.toThrow(/unpacks to more than a capture may hold/);
    await writeZip(at('many.zip'), new Map(Array.from({ length: 1_001 }, (_, nth) => [`pages/${nth}.html`, ''])));
    await expect(readZip(at('many.zip'))).rejects.toThrow(/too many files/);
  });

  it('whose entry is longer than it says is refused', async () => {
    await writeZip(at('liar.zip'), new Map([['manifest.json', '0'.repeat(100_000)]]));
    const bytes = readFileSync(at('liar.zip'));
    const size = Buffer.alloc(4);
    size.writeUInt32LE(100_000);
    // The uncompressed size stands in the central directory; it says ten now.
    const central = bytes.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    bytes.writeUInt32LE(10, central + 24);
    writeFileSync(at('liar.zip'), bytes);
    await expect(readZip(at('liar.zip'))).rejects.toThrow(/liar\.zip is no whole capture: /);
  });

  it.each<[string, Map<string, string> | string, RegExp]>([
    ['no archive', 'PK, or so it says', /damaged or cut off; copy it once more/],
    ['a page', '<html>', /is no \.zip archive; a page saved from a browser is read with/],
    ['an empty file', '', /is empty; copy it once more/],
    ['a foreign one', new Map([['letter.txt', 'Dear Sir']]), /holds no manifest\.json; name the file/],
    ['one without JSON', new Map([['manifest.json', '{']]), /is damaged \(it is not JSON\); copy/],
    ['one with another JSON', new Map([['manifest.json', 'null']]), /is damaged \(it holds no capture\); copy/],
    [
      'one that was changed',
      new Map([['manifest.json', '{"schema":"fleet-migrate/capture@1","about":7}']]),
      /is damaged \(about is not as this program writes it\); copy/,
    ],
    [
      'one of another version',
      new Map([['manifest.json', '{"schema":"fleet-migrate/capture@9"}']]),
      /no capture of this version: it says fleet-migrate\/capture@9; read it with the version/,
    ],
  ])('%s is no capture', async (name, content, message) => {
    const path = at(`${name}.zip`);
    if (typeof content === 'string') writeFileSync(path, content);
    else await writeZip(path, content);
    await expect(openCapture(path)).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(message) });
    // No word of a library.
    await expect(openCapture(path)).rejects.not.toThrow(/expected|central directory|signature|invalid/i);
  });

  it('that is not there is told so', async () => {
    await expect(openCapture(at('nothing.zip'))).rejects.toThrow(/cannot be read: there is no such file; check/);
    await expect(openCapture(folder)).rejects.toThrow(/cannot be read: it is a folder; name a file in it/);
    await expect(openCapture('/dev/zero')).rejects.toThrow(/is a device/);
  });

  it('that was cut off is told so', async () => {
    await writeZip(at('whole.zip'), new Map([['manifest.json', '{}']]));
    writeFileSync(at('half.zip'), readFileSync(at('whole.zip')).subarray(0, 60));
    await expect(openCapture(at('half.zip'))).rejects.toThrow(/damaged or cut off/);
  });
});

describe('where a capture is to be written', () => {
  it('is tried before a phone is asked, and left as it was', () => {
    checkNewFile(at('new.zip'));
    expect(existsSync(at('new.zip'))).toBe(false);
  });

  it.each<[string, RegExp]>([
    ['none/x.zip', /its folder does not exist; name a file in a folder that you can write to/],
    ['good.zip/x.zip', /a part of its path is not a folder/],
    ['.', /is a folder; name a file in it/],
    ['good.zip', /exists already/],
  ])('is refused: %s', (name, says) => {
    writeFileSync(at('good.zip'), 'mine');
    expect(() => checkNewFile(at(name))).toThrow(says);
  });

  it('is told apart where the folder is there and takes no file', () => {
    const closed = at('closed');
    mkdirSync(closed, { mode: 0o500, recursive: true });
    const path = process.getuid?.() === 0 ? '/proc/x.zip' : join(closed, 'x.zip');
    expect(() => checkNewFile(path)).toThrow(/permission denied|takes no files/);
  });
});
