import { utimesSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { get, type Served, serveFolder } from '../support/served.js';

const phone = { 'User-Agent': 'Cisco-CP-8841-3PCC/11.0 (00ccfc123456)' };

describe('files over HTTP', () => {
  let served: Served;
  let url: string;
  beforeAll(async () => {
    served = await serveFolder({ allow: (address) => address !== '127.0.0.66' });
    writeFileSync(`${served.root}/a.sbn`, '0123456789');
    writeFileSync(`${served.root}/SEP00CCFC123456.cnf.xml`, '<device/>');
    writeFileSync(`${served.root}/none.lic`, '');
    utimesSync(`${served.root}/a.sbn`, 1_700_000_000, 1_700_000_000);
    url = served.url('/a.sbn');
  });
  afterAll(() => served.close());

  it('come with their length, a tag, their time, and what they are', async () => {
    const { status, headers, body } = await get(url);
    expect([status, body]).toEqual([200, '0123456789']);
    expect(headers).toMatchObject({
      'content-length': '10',
      'accept-ranges': 'bytes',
      'content-type': 'application/octet-stream',
      'last-modified': 'Tue, 14 Nov 2023 22:13:20 GMT',
      etag: expect.stringMatching(/^"[0-9a-z-]+"$/),
    });
    expect((await get(served.url('/SEP00CCFC123456.cnf.xml'))).headers['content-type']).toBe('text/xml');
    expect(await get(served.url('/none.lic'))).toMatchObject({ status: 200, body: '' });
  });

  it('are described the same by HEAD, without a body', async () => {
    const [whole, head] = [await get(url), await get(url, { method: 'HEAD', headers: { Range: 'bytes=0-1' } })];
    for (const { headers } of [whole, head]) delete headers.date;
    expect([head.status, head.body, head.headers]).toEqual([200, '', whole.headers]);
  });

  it('come in part, if it is a part of this version', async () => {
    const part = await get(url, { headers: { Range: 'bytes=2-4' } });
    expect([part.status, part.body, part.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
    const tag = part.headers.etag ?? '';
    expect((await get(url, { headers: { Range: 'bytes=2-4', 'If-Range': tag } })).status).toBe(206);
    expect(await get(url, { headers: { Range: 'bytes=2-4', 'If-Range': '"old"' } })).toMatchObject({
      status: 200,
      body: '0123456789',
    });
    const beyond = await get(url, { headers: { Range: 'bytes=10-' } });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */10']);
  });

  it('are not sent again to who has them', async () => {
    const { headers } = await get(url);
    const again = await get(url, { headers: { 'If-None-Match': headers.etag } });
    expect([again.status, again.body, again.headers.etag]).toEqual([304, '', headers.etag]);
    expect((await get(url, { headers: { 'If-Match': '"old"' } })).status).toBe(412);
  });

  it.each(['PUT', 'POST', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE'])(
    'are not changed: %s is refused',
    async (method) => {
      const { status, headers } = await get(url, { method });
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
    },
  );

  it('are not given to clients that are not allowed, and those learn nothing', async () => {
    const there = await get(url, { from: '127.0.0.66' });
    const missing = await get(served.url('/missing'), { from: '127.0.0.66' });
    for (const { headers } of [there, missing]) delete headers.date;
    expect(there).toEqual(missing);
    expect(there.status).toBe(403);
    expect(await served.line(/^127\.0\.0\.66 - \/ refused: the client is not within --allow/)).toBeDefined();
  });

  it('do not tell a client of a refusal what the operator is told', async () => {
    const { status, body } = await get(served.url('/A.sbn'));
    expect([status, body]).toEqual([404, '404 Not Found\n']);
    expect(await served.line(/ A\.sbn refused: a\.sbn is there, and phones ask for the exact name/)).toBeDefined();
  });

  it('are told and kept as missing for each phone, also where several are behind one address', async () => {
    for (const digit of [1, 2]) {
      const headers = { 'user-agent': `Cisco-CP-8841-3PCC/12.0.3 (00ccfc00099${digit})` };
      await get(served.url('/none.loads'), { headers });
      expect(await served.line(new RegExp(`^127\\.0\\.0\\.1 00CCFC00099${digit} none\\.loads refused`))).toBeDefined();
    }
  });

  it('are told and kept with the phone that took them', async () => {
    await get(`${url}?again=1`, { headers: phone });
    expect(await served.line(/^127\.0\.0\.1 00CCFC123456 a\.sbn 10 of 10 bytes in 0\.\d s$/)).toBeDefined();
  });

  it('are counted together where one client asks for them in parts', async () => {
    const ask = (range: string) => get(url, { headers: { Range: `bytes=${range}`, ...phone }, from: '127.0.0.9' });
    await ask('0-3');
    await ask('4-6');
    expect(await served.line(/^127\.0\.0\.9 .* a\.sbn 7 of 10 bytes/)).toBeDefined();
    await ask('5-9');
    expect(await served.line(/^127\.0\.0\.9 .* a\.sbn 10 of 10 bytes/)).toBeDefined();
  });

  it('and nothing else of the line is what a client writes there', async () => {
    await get(url, { path: '/x%1b%5b2J%0a10.0.0.1.loads' });
    await get(url, { path: '/\u202e.loads'.replace('\u202e', '%E2%80%AE') });

    expect(served.lines.filter((line) => /[\x00-\x1f\u202e]/.test(line))).toEqual([]);
  });
});
