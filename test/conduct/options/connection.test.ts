import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import { filesTrustOf, uncheckedServer } from '../../../src/conduct/options/connection.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

describe('the certificates of file servers', () => {
  it('are those of --files-ca alone, and without it those of --ca', async () => {
    for (const name of ['phones', 'files']) {
      const { cert } = await generate([{ name: 'commonName', value: name }]);
      writeFileSync(folder.file(`${name}.pem`), cert);
    }
    const [ca, filesCa] = [[folder.file('phones.pem')], [folder.file('files.pem')]];
    const phones = filesTrustOf({ ca, filesCa: [], insecure: false });
    const files = filesTrustOf({ ca, filesCa, insecure: false });
    expect([phones.ca.length, files.ca.length]).toEqual([1, 1]);
    expect(files.ca).not.toEqual(phones.ca);
    expect(filesTrustOf({ ca, filesCa: [], insecure: true }).insecure).toBe(true);
    // Whether those of phones are checked is another matter.
    expect(filesTrustOf({ ca: [], filesCa, insecure: true })).toEqual({ ...files, insecure: false });
    expect(uncheckedServer({ ca: [], insecure: true }, 'https://10.0.0.5:6970')).toMatch(
      /^--insecure: the certificate of https:/,
    );
    for (const [insecure, url] of [
      [false, 'https://10.0.0.5'],
      [true, 'http://10.0.0.5'],
      [true, null],
    ] as const)
      expect(uncheckedServer({ ca: [], insecure }, url)).toBeNull();
    expect(() => filesTrustOf({ ca: [], filesCa: [folder.file('none.pem')], insecure: false })).toThrow(
      /^--files-ca .*none\.pem cannot be read/,
    );
  });
});
