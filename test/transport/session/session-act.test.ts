import { afterEach, describe, expect, it } from '@jest/globals';
import type { PhoneSession } from '../../../src/transport/session/session.js';
import { type Answer, page, rawServer, type RawServer } from '../support/raw-server.js';
import { errorOf, openSession } from '../support/sessions.js';

let server: RawServer;
let session: PhoneSession;
afterEach(async () => {
  session.close();
  await server.close();
});

async function talk(answer: Answer, how: { tellEnds?: boolean } = {}): Promise<void> {
  server = await rawServer(answer);
  session = openSession(server.port, how);
}

describe('an action asked for by GET', () => {
  const path = '/admin/resync?http://10.0.0.9:8080/settings/1.xml?a=b&c=d';

  it('carries its URL as it is, and a Referer only where one is given', async () => {
    await talk((_head, { socket }) => socket.write(page('ok')));
    await session.act(path);
    await session.act(path, 'http://10.0.0.7/admin/advanced');
    const [first = '', second = ''] = server.requests;
    expect(first.split('\r\n')[0]).toBe(`GET ${path} HTTP/1.1`);
    expect([first, second].map((head) => /^referer: (.*)$/im.exec(head)?.[1])).toEqual([
      undefined,
      'http://10.0.0.7/admin/advanced',
    ]);
  });

  it('is not sent again where its connection dies under it, although a page would be', async () => {
    await talk((head, { socket, number }) => {
      if (number === 1 && head.includes('resync')) socket.destroy();
      else socket.write(page('ok'));
    });
    await session.get('/admin/advanced');
    const { code } = await errorOf(session.act(path));
    expect(['connect-reset', 'connection-lost']).toContain(code);
    expect(server.requests.filter((head) => head.includes('resync'))).toHaveLength(1);
  });

  it('follows no redirect', async () => {
    await talk((_head, { socket }) => socket.write(page('', 'Location: /admin/reboot', '302 Found')));
    expect((await session.act(path)).status).toBe(302);
    expect(server.requests).toHaveLength(1);
  });
});

describe('both ends of a connection', () => {
  it('are known to a session that is to tell them, once it has one', async () => {
    await talk((_head, { socket }) => socket.end(page('ok')), { tellEnds: true });
    expect(session.ends).toBeNull();
    await session.get('/');
    await server.quiet();
    expect(session.ends).toEqual({ ours: '127.0.0.1', theirs: '127.0.0.1' });
  });

  it('are not asked of the system for any other', async () => {
    await talk((_head, { socket }) => socket.write(page('ok')));
    await session.get('/');
    expect(session.ends).toBeNull();
  });
});
