import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { otherDirectionThan } from '../../../src/domain/licenses/file-name.js';
import { createPreflight } from '../../../src/files/preflight.js';
import { systemClock } from '../../../src/conduct/system-clock.js';
import type { FileCheck } from '../../../src/files/file-check.js';

const MAC = '00CCFC123456';
const SERVER = 'https://ucm.example.com:6970';

const check = (url: string): Promise<FileCheck> =>
  createPreflight({ fetch, timeoutMs: 1_000, clock: systemClock }).license(url, MAC);

// Other test files in this process do without.
afterAll(() => nock.restore());
afterEach(() => {
  nock.cleanAll();
});

describe('a license', () => {
  it.each([`/${MAC}.lic`, `/${MAC}_M2E.lic`, `/MPP-2-ENT-licenses/${MAC}.lic`])('%s is accepted', async (path) => {
    nock(SERVER).get(path).reply(200, 'opaque license');
    expect(await check(SERVER + path)).toEqual({ ok: true, url: SERVER + path, bytes: 14, warnings: [] });
  });

  it('may be binary', async () => {
    nock(SERVER)
      .get(`/${MAC}.lic`)
      .reply(200, Buffer.from([0, 1, 2, 255]), { 'content-type': 'application/octet-stream' });
    expect(await check(`${SERVER}/${MAC}.lic`)).toMatchObject({ ok: true, bytes: 4 });
  });

  it.each([
    '/00ccfc123456.lic',
    '/00:CC:FC:12:34:56.lic',
    '/00-cc-fc-12-34-56.lic',
    '/00%3Acc%3Afc%3A12%3A34%3A56.lic',
  ])('spelled %s is accepted with a warning', async (path) => {
    nock(SERVER).get(path).reply(200, 'x');
    expect(await check(SERVER + path)).toMatchObject({ ok: true, warnings: [expect.stringContaining('upper case')] });
  });

  it('whose name does not tell the phone is accepted with a warning', async () => {
    nock(SERVER).get('/E2312.lic').reply(200, 'x');
    expect(await check(`${SERVER}/E2312.lic`)).toMatchObject({
      ok: true,
      warnings: [expect.stringContaining('it cannot be told which phone')],
    });
  });

  it('of another phone is refused without a request', async () => {
    expect(await check(`${SERVER}/00CCFC999999_M2E.lic`)).toMatchObject({
      ok: false,
      code: 'files-bad-url',
      message: expect.stringContaining('named after another phone than 00CCFC123456'),
    });
  });

  it('that is missing is asked for once', async () => {
    nock(SERVER).get(`/${MAC}.lic`).reply(404);
    expect(await check(`${SERVER}/${MAC}.lic`)).toEqual({
      ok: false,
      url: `${SERVER}/${MAC}.lic`,
      code: 'license-missing',
      message: `${SERVER}/${MAC}.lic was answered with 404 (Not Found).`,
      warnings: [],
    });
  });

  it('that is missing under a lower-case name comes with the likely reason', async () => {
    nock(SERVER).get('/00ccfc123456.lic').reply(404);
    expect(await check(`${SERVER}/00ccfc123456.lic`)).toMatchObject({
      code: 'license-missing',
      message: expect.stringContaining('use $MAU in the rule'),
    });
  });

  it.each([
    ['nothing', '', {}, 'it is empty'],
    ['a web page', '\ufeff <!DOCTYPE HTML><html>', {}, 'a web page'],
    ['a web page by its type', 'x', { 'content-type': 'text/html' }, 'a web page'],
    ['zero bytes alone', Buffer.alloc(100), {}, 'nothing but zero bytes'],
    ['an archive', Buffer.from('PK\x03\x04rest', 'latin1'), {}, 'an archive'],
    ['a PDF', '%PDF-1.7', {}, 'a PDF'],
    ['too much', 'x'.repeat(64 * 1024 + 1), {}, 'larger than 64 KB'],
  ])('of which the server sends %s is unreadable', async (_what, body, headers, message) => {
    nock(SERVER).get(`/${MAC}.lic`).reply(200, body, headers);
    expect(await check(`${SERVER}/${MAC}.lic`)).toMatchObject({
      ok: false,
      code: 'license-unreadable',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['an error as JSON', '{"error": "no such file", "status": 404}', {}],
    ['a list as JSON', ' [1, 2]', {}],
    ['JSON by its type', 'x', { 'content-type': 'application/problem+json; charset=utf-8' }],
    ['a piece of a web page', '<h1>404 Not Found</h1>', {}],
    ['a web page after a comment', '<!-- nginx -->\n<html>', {}],
    ['words in a web page', '<pre>404 not found</pre>', {}],
    ['a link', '<a href="/">Found</a>.', {}],
    ['a web page in UTF-16', Buffer.from('\ufeff<html>', 'utf16le'), {}],
    ['a text as JSON', '"Not found"', {}],
    ['nothing as JSON', 'null', {}],
    ['JSON with a brace too many', '{"error":"x"}}', {}],
    ['two lines of JSON', '{"error":"x"}\n{"status":404}', {}],
    ['an error as XML', '<?xml version="1.0"?>\n<Error><Code>NoSuchKey</Code></Error>', {}],
    ['an error in words', '404 page not found\n', {}],
    ['blanks', ' \r\n\t', {}],
    ['XHTML without a doctype', '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', {}],
    ['a web page after a long remark', `<!-- ${'x'.repeat(600)} --><html>`, {}],
    ['a web page after words', 'Oops <html><body>404', {}],
    ['a new kind of web page', '<header>Not here</header>', {}],
    ['JSON that is cut off', '[{"error":"no"', {}],
    ['JSON behind a guard', ')]}\',\n{"error":"no"}', {}],
    ['JSON behind a remark', '// error\n{"a":1}', {}],
    ['JSON for a function', 'callback({"error":"no"})', {}],
    ['JSON in single quotes', "{'error': 'no'}", {}],
  ])('of which the server sends %s is none', async (_what, body, headers) => {
    nock(SERVER).get(`/${MAC}.lic`).reply(200, body, headers);
    expect(await check(`${SERVER}/${MAC}.lic`)).toMatchObject({ ok: false, code: 'license-unreadable' });
  });

  it.each([
    'mac=00CCFC999999',
    'SEP00CCFC999999 E2M',
    'device 00:cc:fc:99:99:99',
    'MAC: 00 CC FC 99 99 99',
    '00-CC-FC-99-99-99',
    '00cc.fc99.9999',
    '{not json} MAC_ADDRESS: "123456789012"',
  ])('that names another phone is none: %s', async (body) => {
    nock(SERVER).get(`/${MAC}.lic`).reply(200, body);
    expect(await check(`${SERVER}/${MAC}.lic`)).toMatchObject({
      ok: false,
      code: 'license-other-phone',
      message: expect.stringMatching(/it names [0-9A-F]{12}, not 00CCFC123456/),
    });
  });

  it.each([
    'issued 202401011200 serial 000000000001',
    'mac=00ccfc123456',
    'for 00:CC:FC:12:34:56 by 00CCFC999999',
    `key ${'0123456789abcdef'.repeat(8)}`,
    '[license]\nphone=SEP00CCFC123456',
    '<License><Phone>SEP00CCFC123456</Phone></License>',
    '{license} E2M',
    '4045a1b2 opaque',
  ])('that names this phone, or none, may be one: %s', async (body) => {
    nock(SERVER).get(`/${MAC}.lic`).reply(200, body);
    expect(await check(`${SERVER}/${MAC}.lic`)).toMatchObject({ ok: true });
  });

  it('of exactly 64 KB is accepted', async () => {
    nock(SERVER)
      .get(`/${MAC}.lic`)
      .reply(200, 'x'.repeat(64 * 1024));
    expect(await check(`${SERVER}/${MAC}.lic`)).toMatchObject({ ok: true, bytes: 65_536 });
  });

  it('is asked for twice when the server is in trouble', async () => {
    nock(SERVER).get(`/${MAC}.lic`).reply(502).get(`/${MAC}.lic`).reply(200, 'x');
    expect(await check(`${SERVER}/${MAC}.lic`)).toMatchObject({ ok: true });
    nock(SERVER).get(`/${MAC}.lic`).twice().replyWithError({ code: 'ETIMEDOUT' });
    expect(await check(`${SERVER}/${MAC}.lic`)).toMatchObject({ ok: false, code: 'files-unreachable' });
    expect(nock.isDone()).toBe(true);
  });
});

describe('a license that says for which direction it is', () => {
  const models = loadModels();
  const checkFor = (direction: 'e2m' | 'm2e' | 'none') =>
    createPreflight({ fetch, timeoutMs: 1_000, clock: systemClock }, [], otherDirectionThan(direction, models)).license(
      `${SERVER}/${MAC}.lic`,
      MAC,
    );

  it('is refused for the other one, whatever its name, and taken for its own or where none is wanted', async () => {
    nock(SERVER).get(`/${MAC}.lic`).times(3).reply(200, `mac=${MAC} direction=e2m`);
    expect(await checkFor('m2e')).toMatchObject({
      ok: false,
      code: 'license-unreadable',
      message: expect.stringContaining('is a license for the other direction, by what it says of itself (e2m)'),
    });
    expect([(await checkFor('e2m')).ok, (await checkFor('none')).ok]).toEqual([true, true]);
  });

  it('is taken with a warning where it says both: nobody knows its form', async () => {
    nock(SERVER).get(`/${MAC}.lic`).reply(200, `direction=e2m portal=MPP-2-ENT-licenses`);
    expect(await checkFor('m2e')).toMatchObject({
      ok: true,
      warnings: [expect.stringContaining('for both directions')],
    });
  });
});
