import { afterEach, describe, expect, it } from '@jest/globals';
import { factsOf, inShort } from '../support/network.js';
import { adminHtml, type Answer, type Asked, type WebPhone, webPhone } from '../support/web-phone.js';

let phone: WebPhone;
afterEach(() => phone.close());

const look = () => phone.phones.visit(phone.address, (visit) => visit.look('settings'));
const refusal = '<html><body>Bad Referer</body></html>';

/** A phone that shows its pages only to whoever comes from its own. */
const wants =
  (refused: Answer) =>
  ({ path, referer }: Asked): Answer => {
    if (path !== '/admin/advanced') return 404;
    return referer === `http://127.0.0.1:${phone.port}/admin/advanced` ? adminHtml() : refused;
  };

describe('an admin page', () => {
  it('is asked for without a Referer, and that is all where it is shown', async () => {
    phone = await webPhone(({ referer }) => (referer === undefined ? adminHtml() : 403));
    expect(inShort(await look())).toBe('multiplatform');
    expect(phone.log()).toEqual(['GET /admin/advanced']);
  });

  it.each([
    ['a 403', 403],
    ['the profile’s words', refusal],
  ])('is asked for once more with the phone’s own page as Referer after %s', async (_what, refused) => {
    phone = await webPhone(wants(refused));
    expect(factsOf(await look()).mac).toBe('00CCFC123456');
    expect(phone.log()).toEqual(['GET /admin/advanced', 'GET /admin/advanced +referer']);
  });

  it('is asked for with it at once the next time', async () => {
    phone = await webPhone(wants(403));
    await look();
    await look();
    expect(phone.log().slice(2)).toEqual(['GET /admin/advanced +referer']);
  });

  it('that is forbidden either way is what it was: web administration is off', async () => {
    phone = await webPhone(({ path }) => (path === '/admin/advanced' ? 403 : 404));
    expect(inShort(await look())).toBe('web-admin-off');
    expect(phone.log().slice(0, 2)).toEqual(['GET /admin/advanced', 'GET /admin/advanced +referer']);
  });

  it('that is refused for want of a password is not asked for again', async () => {
    phone = await webPhone(({ path }) => (path === '/admin/advanced' ? 401 : 404));
    expect(inShort(await look())).toBe('auth-required');
    expect(phone.log().filter((line) => line.includes('/admin/advanced'))).toHaveLength(1);
  });
});

it('a phone that shows its page only with a Referer gets one with its post, too', async () => {
  let rule = '';
  phone = await webPhone(({ method, path, referer, body }) => {
    if (referer === undefined || !path.startsWith('/admin/')) return 403;
    if (method === 'POST') rule = new URLSearchParams(body).get('1') ?? rule;
    return adminHtml({ rule });
  });
  const result = await phone.phones.visit(phone.address, async (visit) => {
    await visit.look('settings');
    return visit.write({ upgradeRule: 'http://10.0.0.5/x.loads' }, async () => {});
  });
  expect(result).toMatchObject({ result: 'confirmed', via: 'partial form with a Referer' });
  expect(phone.log().slice(2)).toEqual(['POST /admin/bcisco.csc +referer', 'GET /admin/advanced +referer']);
});
