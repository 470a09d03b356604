import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { fetchFile } from '../../../src/simulator/files/fetch-file.js';
import { type Served, serveFolder } from '../../serve/support/served.js';

let served: Served;
beforeAll(async () => {
  served = await serveFolder({ tftpPort: 0 });
  writeFileSync(`${served.root}/a b.lic`, 'license');
});
afterAll(() => served.close());

it('fetches over TFTP what there is, and knows what there is not from no answer', async () => {
  const at = `127.0.0.1:${served.server.tftpPort}`;
  expect(await fetchFile(`tftp://${at}/a%20b.lic`, 'x')).toEqual({ status: 200, body: Buffer.from('license') });
  expect(await fetchFile(`tftp://${at}/none.lic`, 'x')).toMatchObject({ status: 404 });
  expect(await fetchFile('tftp://192.0.2.1/a.lic', 'x')).toMatchObject({ status: 0 });
  expect(await fetchFile(`ftp://${at}/a.lic`, 'x')).toMatchObject({ status: 0 });
  expect(served.lines).toContainEqual(expect.stringMatching(/^127\.0\.0\.1 - a b\.lic 7 of 7 bytes/));
});
