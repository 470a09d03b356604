import { describe, expect, it } from '@jest/globals';
import { asKnownPhones, listPhones } from '../../../src/fleet/unified-cm/listing.js';
import type { Ucm, UcmPhone, UcmRegistration } from '../../../src/ucm/ucm.js';

interface Shown {
  mac: string;
  pool?: string;
  registered?: UcmRegistration['registered'];
  address?: string | null;
  httpd?: boolean | null;
}

function cluster(shown: readonly Shown[]): Pick<Ucm, 'phones' | 'registrations'> & { asked: number } {
  const name = (mac: string): string => `SEP${mac}`;
  const self = {
    asked: 0,
    async *phones() {
      for (const { mac, pool = 'HQ' } of shown)
        yield { name: name(mac), mac, model: '8841', devicePool: pool } as UcmPhone;
    },
    registrations: async (names: readonly string[]) => {
      self.asked += 1;
      return new Map(
        shown
          .filter(({ mac }) => names.includes(name(mac)))
          .map(({ mac, registered = 'yes', address = null, httpd = null }) => [
            name(mac),
            {
              name: name(mac),
              registered,
              status: registered === 'unknown' ? null : '',
              address,
              httpd,
            } as UcmRegistration,
          ]),
      );
    },
  };
  return self;
}

const everything = { devicePools: [], match: null };
const [a, b, c, d] = ['00CCFC00000A', '00CCFC00000B', '00CCFC00000C', '00CCFC00000D'] as const;

describe('the phones of a Unified CM as targets', () => {
  it('have the address at which each is registered, and their MAC and model', async () => {
    const listing = await listPhones(cluster([{ mac: a, address: '10.0.0.1' }]), everything);
    expect(asKnownPhones(listing)).toEqual([{ address: '10.0.0.1', hint: { mac: a, model: '8841' } }]);
  });

  it('have none where they are not registered, whatever address is still shown, nor where they share one', async () => {
    const listing = await listPhones(
      cluster([
        { mac: a, registered: 'no', address: '10.0.0.1' },
        { mac: b, address: '10.9.9.9' },
        { mac: c, address: '10.9.9.9' },
        { mac: d, registered: 'unknown', address: '10.0.0.4' },
      ]),
      everything,
    );
    expect(asKnownPhones(listing).map(({ address }) => address)).toEqual([null, null, null, '10.0.0.4']);
    expect([...listing.phones.values()].map(({ isBehindProxy }) => isBehindProxy)).toEqual([false, true, true, false]);
  });

  it('are those that were chosen; the others are known all the same, so that a shared address is seen', async () => {
    const ucm = cluster([
      { mac: a, pool: 'Home', address: '10.9.9.9' },
      { mac: b, pool: 'HQ', address: '10.9.9.9' },
      { mac: c, pool: 'HQ', address: '10.0.0.3' },
    ]);
    const listing = await listPhones(ucm, { devicePools: ['HQ'], match: null });
    expect(asKnownPhones(listing)).toEqual([
      { address: null, hint: { mac: b, model: '8841' } },
      { address: '10.0.0.3', hint: { mac: c, model: '8841' } },
    ]);
    expect([listing.phones.size, ucm.asked]).toEqual([3, 1]);
  });

  it('may be behind a proxy, each of them, where a node does not say which phones it has', async () => {
    const ucm = cluster([
      { mac: a, address: '10.9.9.9' },
      { mac: b, registered: 'unknown' },
    ]);
    const { phones } = await listPhones(ucm, everything);
    expect([...phones.values()].map(({ mayBeBehindProxy }) => mayBeBehindProxy)).toEqual([true, true]);
  });
});
