import { afterEach, describe, expect, it } from '@jest/globals';
import type { Behavior } from '../../../src/simulator/index.js';
import type { Lab } from '../support/lab.js';
import { lab, phoneWith } from '../support/lab.js';

const LABELS = ['Admin New Password', 'Admin Confirm Password', 'User New Password', 'User Confirm Password'];

let open: Lab | undefined;
afterEach(() => open?.close());

async function start(behavior: Partial<Behavior> = {}): Promise<Lab> {
  open = await lab(phoneWith({ setPasswordPage: true, ...behavior }));
  return open;
}

/** Fills in the page in the order of its labels. */
async function fillIn({ get }: Lab, values: readonly string[]): ReturnType<Lab['get']> {
  const { body } = await get('/admin/advanced');
  const action = /<form action="([^"]+)"/.exec(body)?.[1] ?? '';
  const fields = LABELS.map((label, index): [string, string] => {
    const name = new RegExp(`<td>${label}:</td><td><input type="password" name="(P\\d+)"`).exec(body)?.[1] ?? '';
    return [name, values[index] ?? ''];
  });
  return get(action, { method: 'POST', body: new URLSearchParams(fields).toString() });
}

describe('the Set Password page', () => {
  it('stands before every page until a password is set, and Digest after that', async () => {
    const running = await start();
    for (const path of ['/', '/admin', '/admin/advanced'])
      expect((await running.get(path)).body).toMatch(/Set Password/);
    expect((await fillIn(running, ['Long-1-enough', 'Long-1-enough'])).status).toBe(302);
    expect(running.phone.snapshot()).toMatchObject({ passwordSet: true, passwordWiped: false });
    expect(running.phone.violations).toEqual([]);
    expect((await running.get('/')).body).toMatch(/Product Information/);
    const asked = await running.get('/admin/advanced');
    expect([asked.status, asked.headers['www-authenticate']]).toEqual([401, expect.stringMatching(/^Digest/)]);
  });

  it('leads to the kind of access the phone has, with the new password and not the old', async () => {
    const { get } = await start({ auth: 'basic', password: 'old-1' });
    await fillIn(open as Lab, ['new-1-word', 'new-1-word', 'user-1-word', 'user-1-word']);
    const status = async (password: string): Promise<number> =>
      (await get('/admin/advanced', { headers: { authorization: `Basic ${btoa(`admin:${password}`)}` } })).status;
    expect([await status('old-1'), await status('new-1-word')]).toEqual([401, 200]);
  });

  it.each([
    [[], /must not be blank/],
    [['one', 'other'], /not the same/],
    [['one', 'one', 'two', 'three'], /not the same/],
  ])('comes again for %j', async (values, problem) => {
    const running = await start();
    expect((await fillIn(running, values)).body).toMatch(problem);
    expect(running.phone.snapshot().passwordSet).toBe(false);
    expect((await running.get('/')).body).toMatch(/Set Password/);
  });

  it('hides what was typed from its log', async () => {
    const running = await start();
    await fillIn(running, ['Long-1-enough', 'Long-1-enough']);
    expect(JSON.stringify(running.simulator.log)).not.toContain('Long-1-enough');
  });
});
