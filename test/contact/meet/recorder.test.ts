import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../src/contact/meet/recorder.js';
import { TransportError } from '../../../src/transport/errors/transport-error.js';
import type { Page, PhoneSession } from '../../../src/transport/session/session.js';

/** A session in which these paths fail, and all others are there. */
function sessionWithout(...failing: string[]): PhoneSession {
  return {
    host: '192.0.2.7',
    endpoint: { scheme: 'http', port: 80 },
    connection: 1,
    peer: { certified: null, read: null },
    access: { protocol: null, scheme: 'http', checked: false, signedInBy: null },
    ends: null,
    get: (path) =>
      failing.includes(path)
        ? Promise.reject(new TransportError('response-timeout', 'nothing came'))
        : Promise.resolve({ status: 200, headers: {}, body: path, charset: 'utf8', path } satisfies Page),
    post: () => Promise.reject(new RangeError('nothing is posted')),
    act: () => Promise.reject(new RangeError('nothing is posted')),
    maySendPassword: () => false,
    close: () => {},
  };
}

async function ask(session: PhoneSession, path: string): Promise<void> {
  await session.get(path).catch(() => undefined);
}

describe('what a recorder keeps', () => {
  it('of a page that failed and came over another session: the page', async () => {
    const recorder = new Recorder();
    await ask(recorder.session(sessionWithout('/admin')), '/admin');
    await ask(recorder.session(sessionWithout()), '/admin');
    expect(recorder.readings.map(({ asked, got, failure }) => [asked, got?.body, failure])).toEqual([
      ['/admin', '/admin', null],
    ]);
  });

  it('of a page that failed and was not asked again: the failure, also once another session was opened', async () => {
    const recorder = new Recorder();
    await ask(recorder.session(sessionWithout('/status.xml')), '/status.xml');
    await ask(recorder.session(sessionWithout()), '/admin');
    expect(recorder.readings.map(({ asked, failure }) => [asked, failure?.code])).toEqual([
      ['/status.xml', 'response-timeout'],
      ['/admin', undefined],
    ]);
  });

  it('what a page said each time, in this order', async () => {
    const recorder = new Recorder();
    const session = recorder.session(sessionWithout());
    await ask(session, '/admin');
    await ask(session, '/admin');
    expect(recorder.readings).toHaveLength(2);
  });

  it('no write', async () => {
    await expect(new Recorder().session(sessionWithout()).act('/resync')).rejects.toThrow('writes nothing');
  });
});
