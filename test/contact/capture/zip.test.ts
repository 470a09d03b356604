import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openCapture } from '../../../src/contact/capture/open.js';
import { readZip, writeZip } from '../../../src/contact/capture/zip.js';

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
    await expect(readZip(at('liar.zip'))).rejects.toThrow(/liar\.zip is no capture: /);
  });

  it.each<[string, Map<string, string> | string, RegExp]>([
    ['no archive', 'PK, or so it says', /is no capture/],
    ['a foreign one', new Map([['letter.txt', 'Dear Sir']]), /holds no manifest\.json/],
    ['one without JSON', new Map([['manifest.json', '{']]), /is not JSON/],
    [
      'one of another version',
      new Map([['manifest.json', '{"schema":"fleet-migrate/capture@9"}']]),
      /no capture of this version/,
    ],
  ])('%s is no capture', async (name, content, message) => {
    const path = at(`${name}.zip`);
    if (typeof content === 'string') writeFileSync(path, content);
    else await writeZip(path, content);
    await expect(openCapture(path)).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(message) });
  });

  it('that is not there is told so', async () => {
    await expect(openCapture(at('nothing.zip'))).rejects.toThrow(/there is no such file/);
  });
});
