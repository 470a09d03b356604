import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import type { Clock } from '../../../src/domain/ports/clock.js';
import { notifyBody } from '../../../src/report/notify/notify-body.js';
import { postMessage } from '../../../src/report/notify/post.js';
import type { NotifyResult } from '../../../src/report/notify/tries.js';
import { sampleReport } from '../support/sample.js';

const receiver = 'https://chat.example.com';
const url = new URL(`${receiver}/hooks/T0PSECRET`);
const body = notifyBody(sampleReport([]), 'All is well.');
const timeoutMs = 10_000;

/** Waits between tries are over at once and noted; a try's own time never runs out, unless `impatient`. */
function quickClock(impatient = false): Clock & { waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    now: () => 0,
    monotonic: () => 0,
    after(ms, run) {
      const isWait = ms !== timeoutMs;
      if (isWait) waits.push(ms);
      const timer = isWait || impatient ? setImmediate(run) : null;
      return () => {
        if (timer) clearImmediate(timer);
      };
    },
  };
}

const send = (to: URL = url, clock = quickClock()): Promise<NotifyResult> =>
  postMessage(to, body, { fetch, clock, timeoutMs });

// Other test files in this process do without.
afterAll(() => nock.restore());
afterEach(() => {
  nock.cleanAll();
});

describe('a message', () => {
  it('is posted as JSON', async () => {
    const scope = nock(receiver, { reqheaders: { 'content-type': 'application/json' } })
      .post('/hooks/T0PSECRET', JSON.parse(JSON.stringify(body)))
      .reply(204);
    expect(await send()).toEqual({ sent: true, status: 204, tries: 1, message: 'chat.example.com was notified.' });
    expect(scope.isDone()).toBe(true);
  });

  it.each([500, 503, 429, 408])('is tried again after an answer with status %d', async (status) => {
    const clock = quickClock();
    nock(receiver).post('/hooks/T0PSECRET').reply(status);
    nock(receiver).post('/hooks/T0PSECRET').reply(200, 'ok');
    expect(await send(url, clock)).toMatchObject({ sent: true, tries: 2 });
    expect(clock.waits).toEqual([1_000]);
  });

  it('is tried again when there is no answer, three times in all', async () => {
    const clock = quickClock();
    nock(receiver)
      .post('/hooks/T0PSECRET')
      .times(3)
      .replyWithError(Object.assign(new Error('x'), { code: 'ECONNRESET' }));
    expect(await send(url, clock)).toEqual({
      sent: false,
      status: null,
      tries: 3,
      message: 'chat.example.com could not be notified: ECONNRESET (3 tries).',
    });
    expect(clock.waits).toEqual([1_000, 4_000]);
    expect(nock.isDone()).toBe(true);
  });

  it.each([400, 401, 404, 410])('is not tried again after status %d, which stays the same', async (status) => {
    nock(receiver).post('/hooks/T0PSECRET').reply(status);
    expect(await send()).toEqual({
      sent: false,
      status,
      tries: 1,
      message: `chat.example.com could not be notified: it responded with status ${status}.`,
    });
  });

  it('does not follow a redirect: it is for this receiver only', async () => {
    nock(receiver).post('/hooks/T0PSECRET').reply(307, '', { location: 'https://elsewhere.example.com/' });
    const elsewhere = nock('https://elsewhere.example.com').post('/').reply(200);
    expect(await send()).toMatchObject({ sent: false, status: 307, tries: 1 });
    expect(elsewhere.isDone()).toBe(false);
  });

  it('ends in time when nobody ever answers, even if the request takes no notice', async () => {
    let signals = 0;
    const silent: typeof fetch = (_input, init) => {
      init?.signal?.addEventListener('abort', () => (signals += 1));
      return new Promise(() => {});
    };
    const result = await postMessage(url, body, { fetch: silent, clock: quickClock(true), timeoutMs });
    expect(result).toMatchObject({ sent: false, status: null, tries: 3 });
    expect(result.message).toBe('chat.example.com could not be notified: no response within 10000 ms (3 tries).');
    expect(signals).toBe(3);
  });

  it.each<[string, typeof fetch]>([
    ['rejects with something that is no error', () => Promise.reject('no')],
    [
      'throws at once',
      () => {
        throw new TypeError(`cannot parse ${url.href}`);
      },
    ],
  ])('never rejects, not even when the request %s', async (_, broken) => {
    const result = await postMessage(url, body, { fetch: broken, clock: quickClock(), timeoutMs });
    expect(result).toMatchObject({ sent: false, tries: 3 });
    expect(result.message).toBe('chat.example.com could not be notified: the connection failed (3 tries).');
  });

  it('takes user and password from the URL into a header, and names neither them nor the path', async () => {
    const withPassword = new URL('https://bob:s%C3%A9cret%40x@chat.example.com/hooks/T0PSECRET');
    const basic = Buffer.from('bob:sécret@x').toString('base64');
    nock(receiver, { reqheaders: { authorization: `Basic ${basic}` } })
      .post('/hooks/T0PSECRET')
      .reply(403);
    const result = await send(withPassword);
    expect(result.status).toBe(403);
    expect(JSON.stringify(result)).not.toMatch(/bob|cret|hooks/);
  });
});
