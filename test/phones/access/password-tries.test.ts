import { describe, expect, it } from '@jest/globals';
import type { Credentials } from '../../../src/domain/network/site.js';
import { PasswordTries } from '../../../src/phones/access/password-tries.js';

/** A new object each time, as the configuration file gives one to each address. */
const credentials = (username: string): Credentials => ({ username, password: () => 'word' }) as Credentials;
const admin = 'admin';

/** Which of these addresses may try, so far. */
function asked(tries: PasswordTries, addresses: readonly string[], username = admin): Map<string, boolean> {
  const answers = new Map<string, boolean>();
  for (const address of addresses)
    void tries.enter(address, credentials(username)).then((may) => answers.set(address, may));
  return answers;
}
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
const phones = Array.from({ length: 10 }, (_, index) => `10.0.0.${index + 1}`);

describe('a password that no phone has taken yet', () => {
  it('goes to three phones, and to all others once one of them has taken it', async () => {
    const tries = new PasswordTries();
    const answers = asked(tries, phones);
    await settled();
    expect([...answers]).toEqual(phones.slice(0, 3).map((address) => [address, true]));
    tries.leave('10.0.0.2', 'accepted');
    await settled();
    expect([...answers.values()]).toEqual(phones.map(() => true));
  });

  it('goes on to one more for each that has refused it or never answered', async () => {
    const tries = new PasswordTries();
    const answers = asked(tries, phones);
    tries.leave('10.0.0.1', 'refused');
    tries.leave('10.0.0.3', 'unknown');
    await settled();
    expect(answers.size).toBe(5);
  });

  it('goes to nobody any more once five have refused it, nor to more than could make five', async () => {
    const tries = new PasswordTries();
    const answers = asked(tries, phones);
    for (const address of phones.slice(0, 3)) tries.leave(address, 'refused');
    await settled();
    expect([...answers.values()]).toEqual([true, true, true, true, true]);
    for (const address of phones.slice(3, 5)) tries.leave(address, 'refused');
    await settled();
    expect([...answers.values()]).toEqual(phones.map((_, index) => index < 5));
    expect(await tries.enter('10.0.0.77', credentials(admin))).toBe(false);
  });

  it('goes to nobody any more, too, where the five hang up or answer something else', async () => {
    const tries = new PasswordTries();
    const answers = asked(tries, phones);
    for (const address of phones.slice(0, 5)) tries.leave(address, 'unknown');
    await settled();
    expect([...answers.values()]).toEqual(phones.map((_, index) => index < 5));
  });

  it('goes to everybody once a phone has taken it, however many refuse it then', async () => {
    const tries = new PasswordTries();
    const answers = asked(tries, phones);
    tries.leave('10.0.0.1', 'accepted');
    for (const address of phones.slice(1, 8)) tries.leave(address, 'refused');
    await settled();
    expect(await tries.enter('10.0.0.77', credentials(admin))).toBe(true);
    expect([...answers.values()]).toEqual(phones.map(() => true));
  });

  it('of several for a phone is still tried, as long as one of them has been right somewhere or was refused by few', async () => {
    const tries = new PasswordTries();
    const enter = (address: string, username: string): Promise<boolean> =>
      tries.enter(address, credentials(username), [credentials(admin), credentials('other')]);
    for (const address of phones.slice(0, 5)) {
      expect(await enter(address, admin)).toBe(true);
      tries.leave(address, 'refused');
    }
    expect(await enter('10.0.0.6', admin)).toBe(true);
    for (const address of phones.slice(0, 5)) {
      expect(await enter(address, 'other')).toBe(true);
      tries.leave(address, 'refused');
    }
    expect(await enter('10.0.0.7', admin)).toBe(false);
    expect(await tries.enter('10.0.0.7', credentials('third'))).toBe(true);
  });

  it('does not hold up another that is right', async () => {
    const tries = new PasswordTries();
    asked(tries, phones);
    const others = asked(tries, ['10.0.1.1'], 'other');
    await settled();
    expect([...others]).toEqual([['10.0.1.1', true]]);
  });
});

describe('where so many may refuse one, and no more', () => {
  it('no more are told before it is known, also of one that was right elsewhere', async () => {
    const tries = new PasswordTries(2);
    const answers = asked(tries, phones);
    await settled();
    expect(answers.size).toBe(2);
    tries.leave('10.0.0.1', 'accepted');
    await settled();
    expect(answers.size).toBe(3);
  });

  it('whoever waits is turned away once they have', async () => {
    const tries = new PasswordTries(2);
    const answers = asked(tries, phones);
    tries.leave('10.0.0.1', 'refused');
    tries.leave('10.0.0.2', 'refused');
    await settled();
    expect([...answers.values()]).toEqual([true, true, ...phones.slice(2).map(() => false)]);
    expect(await tries.enter('10.0.0.77', credentials(admin))).toBe(false);
  });

  it('a phone that is told the next of several passwords is the same phone', async () => {
    const tries = new PasswordTries(1);
    expect(await tries.enter('10.0.0.1', credentials(admin))).toBe(true);
    tries.leave('10.0.0.1', 'unknown');
    expect(await tries.enter('10.0.0.1', credentials('other'))).toBe(true);
    tries.leave('10.0.0.1', 'accepted');
    expect(await tries.enter('10.0.0.2', credentials(admin))).toBe(true);
  });
});
