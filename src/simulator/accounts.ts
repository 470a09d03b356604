import type { Scenario } from './scenario/scenario.js';

/** What opens the admin pages of one phone. */
export interface Account {
  address: string;
  mac: string;
  username: string;
  password: string;
}

/** The accounts of all phones that ask for a password from the start; one that wants its first password set has none yet. */
export function accountsOf({ phones }: Scenario): Account[] {
  return phones
    .filter(({ kind, behavior }) => kind === 'phone' && behavior.auth !== 'open' && !behavior.setPasswordPage)
    .map(({ address, mac, behavior }) => ({ address, mac, username: 'admin', password: behavior.password }));
}
