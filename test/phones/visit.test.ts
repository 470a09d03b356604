import { afterEach, describe, expect, it } from '@jest/globals';
import type { FormValues } from '../../src/domain/plan/plan.js';
import { endpointsFor } from '../../src/phones/create-phones.js';
import { noTraffic } from '../../src/domain/phone/traffic.js';
import type { DeviceGroup } from '../../src/simulator/index.js';
import { page, rawServer } from '../transport/support/raw-server.js';
import { paperPhone } from './support/paper-phone.js';
import { ENTERPRISE, factsOf, inShort, MPP, type Network, network } from './support/network.js';

let net: Network;
afterEach(async () => {
  expect(net.violations()).toEqual([]);
  await net.close();
});

const phone: DeviceGroup = { model: '8841', load: MPP, mac: '00CCFC123456' };
const intent = async (): Promise<void> => {};
const conversion = (): FormValues => ({ upgradeRule: `${net.simulator.files.url}/${ENTERPRISE}.loads` });
const posts = (): number => net.simulator.log.filter(({ method }) => method === 'POST').length;

describe('a visit', () => {
  it('uses the connection of the probe, and ends with it', async () => {
    net = await network([{ ...phone, behavior: { oneConnection: true } }]);
    const answer = await net.phones.probe(net.phone().address);
    const closed = new Promise((resolve) => answer.socket.once('close', resolve));
    const traffic = noTraffic();
    const look = await net.phones.visit(net.phone().address, (visit) => visit.look('settings'), traffic, answer);
    expect(inShort(look)).toBe('multiplatform');
    await closed;
    expect(net.asked()).toHaveLength(1);
    expect(traffic).toEqual({ requests: 1, bytes: expect.any(Number) });
    expect(traffic.bytes).toBeGreaterThan(10_000);
  });

  it('ends when its use fails, too', async () => {
    net = await network([phone]);
    const answer = await net.phones.probe(net.phone().address);
    const closed = new Promise((resolve) => answer.socket.once('close', resolve));
    const broken = net.phones.visit(
      net.phone().address,
      () => Promise.reject(new Error('broken')),
      noTraffic(),
      answer,
    );
    await expect(broken).rejects.toThrow('broken');
    await closed;
  });

  it('may write only after a look, and once for each', async () => {
    net = await network([phone]);
    await net.phones.visit(net.phone().address, async (visit) => {
      const unseen = { code: 'fields-missing' };
      await expect(visit.write(conversion(), intent)).rejects.toMatchObject(unseen);
      await visit.look('settings');
      expect((await visit.write(conversion(), intent)).result).toBe('confirmed');
      await expect(visit.write({ upgradeRule: 'http://127.0.0.1/x' }, intent)).rejects.toMatchObject(unseen);
    });
    expect(posts()).toBe(1);
  });

  it('writes nothing where there is nothing to change', async () => {
    net = await network([{ ...phone, behavior: { staleRule: '{files}/x.loads' } }]);
    await net.phones.visit(net.phone().address, async (visit) => {
      await visit.look('settings');
      const upgradeRule = `${net.simulator.files.url}/x.loads`;
      await expect(visit.write({ upgradeRule }, intent)).rejects.toMatchObject({ code: 'fields-missing' });
    });
    expect(posts()).toBe(0);
  });
});

describe('another phone at the address between look and write', () => {
  it('gets no post: once the connection is gone, the MAC is read once more', async () => {
    net = await network([{ ...phone, behavior: { identitySwapped: 'after-first-read', closesConnection: true } }]);
    let told = 0;
    await net.phones.visit(net.phone().address, async (visit) => {
      expect(factsOf(await visit.look('settings')).mac).toBe('00CCFC123456');
      const writing = visit.write(conversion(), async () => void (told += 1));
      await expect(writing).rejects.toMatchObject({
        code: 'identity-changed',
        message: expect.stringMatching(/^00CCFC[0-9A-F]{6} answers now, not 00CCFC123456$/),
      });
    });
    expect([told, posts()]).toEqual([0, 0]);
  });

  it('gets no post either where it came while the intent was put on record', async () => {
    let there = '00CCFC123456';
    const body = (): string => paperPhone({ 1: '', 2: '', 3: '0' }, { mac: there }).page().body;
    const swapping = await rawServer((_head, { socket }) => socket.write(page(body())));
    net = await network([], { httpPort: swapping.port });
    const answer = await net.phones.probe('127.0.0.1');
    const writing = net.phones.visit(
      '127.0.0.1',
      async (visit) => {
        await visit.look('settings');
        return visit.write({ upgradeRule: 'http://127.0.0.1/x' }, async () => {
          there = '00CCFC654321';
          const closed = new Promise((resolve) => answer.socket.once('close', resolve));
          for (const { socket } of swapping.callers) socket.destroy();
          await closed;
        });
      },
      noTraffic(),
      answer,
    );
    await expect(writing).rejects.toMatchObject({ code: 'identity-changed' });
    expect(swapping.requests.map((head) => head.split(' ', 1)[0])).toEqual(['GET', 'GET']);
    await swapping.close();
  });

  it('cannot be there while the connection is open: it is the same phone, and is not read again', async () => {
    net = await network([{ ...phone, behavior: { identitySwapped: 'after-first-read' } }]);
    await net.phones.visit(net.phone().address, async (visit) => {
      await visit.look('settings');
      expect((await visit.write(conversion(), intent)).result).toBe('confirmed');
    });
    expect(net.asked().slice(0, 2)).toEqual(['GET /admin/advanced', `POST ${net.phone().formPath()}`]);
  });
});

describe('a call that begins between look and write', () => {
  it('is waited for: where the page is read once more, it is seen', async () => {
    let calls = '';
    const inCall = await rawServer((_head, { socket }) => {
      const { body } = paperPhone({ 1: '', 2: '', 3: '0' }).page();
      socket.end(page(body.replace('</body>', `${calls}</body>`), 'Connection: close'));
    });
    net = await network([], { httpPort: inCall.port });
    let told = 0;
    await net.phones.visit('127.0.0.1', async (visit) => {
      expect(factsOf(await visit.look('settings')).busy).toBe(false);
      calls = '<div><h3>Line 1 Call 1 Status</h3><table><tr><td>Call State:</td><td>Connected</td></tr></table></div>';
      const writing = visit.write({ upgradeRule: 'http://127.0.0.1/x' }, async () => void (told += 1));
      await expect(writing).rejects.toMatchObject({ code: 'busy' });
    });
    expect([told, inCall.requests.filter((head) => head.startsWith('POST'))]).toEqual([0, []]);
    await inCall.close();
  });
});

describe('the door', () => {
  const doors = { httpPort: 80, httpsPort: 443 };

  it('is http, then https, unless one of them was chosen', () => {
    const [http, https] = [
      { scheme: 'http', port: 80 },
      { scheme: 'https', port: 443 },
    ];
    expect(endpointsFor({ scheme: 'auto', ...doors })).toEqual([http, https]);
    expect(endpointsFor({ scheme: 'http', ...doors })).toEqual([http]);
    expect(endpointsFor({ scheme: 'https', ...doors })).toEqual([https]);
  });

  it('that turns out to be none is left for the other: a server that hangs up on plain HTTP', async () => {
    const shut = await rawServer(
      () => {},
      ({ socket }) => socket.once('data', () => socket.resetAndDestroy()),
    );
    net = await network([{ ...phone, address: '127.0.0.1', behavior: { scheme: 'https' } }], { httpPort: shut.port });
    expect(inShort(await net.look())).toBe('multiplatform');
    await shut.close();
  });

  it('answers for the failure when the other one is shut as well', async () => {
    const alert = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]);
    const odd = await rawServer((_head, { socket }) => socket.end(alert));
    net = await network([{ ...phone, address: '127.0.0.1', behavior: { scheme: 'http' } }], { httpPort: odd.port });
    await expect(net.look()).rejects.toMatchObject({ code: 'wrong-protocol' });
    await odd.close();
  });

  it('to which a shut one redirects is not tried from the beginning', async () => {
    net = await network([{ ...phone, address: '127.0.0.1', behavior: { web: 'off' } }], {});
    const redirecting = await rawServer((_head, { socket }) =>
      socket.write(page('', `Location: https://127.0.0.1:${net.simulator.httpsPort}/admin/advanced`, '302 Found')),
    );
    const { simulator } = net;
    const other = await network([], { httpPort: redirecting.port, httpsPort: simulator.httpsPort });
    const looking = other.phones.visit('127.0.0.1', (visit) => visit.look('settings'));
    await expect(looking).rejects.toMatchObject({ code: 'connect-reset' });
    expect(redirecting.requests).toHaveLength(1);
    await other.close();
    await redirecting.close();
  });

  it('is only trusted with a certificate that somebody vouches for', async () => {
    net = await network([{ ...phone, behavior: { scheme: 'redirect' } }], { tls: { ca: [], insecure: false } });
    await expect(net.look()).rejects.toMatchObject({ code: 'certificate-untrusted' });
    expect(net.asked()).toHaveLength(1);
  });
});
