import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAddressRange } from '../../../src/domain/network/ipv4.js';
import {
  credentialsFor,
  type ScopedCredentials,
  type Site,
  siteOf,
  siteOfTarget,
} from '../../../src/domain/network/site.js';

function site(name: string, more: Partial<Site> = {}): Site {
  const limits = { maxUpgrading: null, window: [], timeZone: null };
  return { name, subnets: [], targets: [], inventories: [], tags: [], limits, files: null, credentials: [], ...more };
}

function login(username: string, password: string, ...subnets: string[]): ScopedCredentials {
  return { username, password: () => password, subnets };
}

describe('the site of an address', () => {
  const sites = [
    site('north', { subnets: ['10.1.0.0/16', '10.1.4.0/24'], targets: ['192.0.2.7', 'phone.example.com'] }),
    site('south', { subnets: ['10.2.0.0/16'], targets: ['10.3.0.10-20'] }),
  ];

  it.each([
    ['10.1.0.0', 'north'],
    ['10.1.255.255', 'north'],
    ['10.2.0.0', 'south'],
    ['10.3.0.15', 'south'],
    ['192.0.2.7', 'north'],
    ['10.3.0.21', null],
    ['10.0.255.255', null],
    ['9.0.0.1', null],
    ['255.255.255.255', null],
    ['phone.example.com', null],
  ])('%s is %s', (address, name) => {
    expect(siteOf(address, sites)?.name ?? null).toBe(name);
  });

  it('is none without sites', () => {
    expect(siteOf('10.0.0.1', [])).toBeNull();
  });

  it('is the one that a look at every range finds', () => {
    const thirds = fc.integer({ min: 0, max: 15 });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(thirds, fc.integer({ min: 0, max: 2 })), { selector: ([net]) => net }),
        thirds,
        (nets, third) => {
          const made = [0, 1, 2].map((number) =>
            site(`s${number}`, {
              subnets: nets.filter(([, owner]) => owner === number).map(([net]) => `10.0.${net}.0/24`),
            }),
          );
          const address = `10.0.${third}.9`;
          const number = parseAddressRange(address)?.first ?? 0;
          const holds = (text: string): boolean => {
            const range = parseAddressRange(text);
            return range !== null && range.first <= number && number <= range.last;
          };
          expect(siteOf(address, made)).toBe(made.find((one) => one.subnets.some(holds)) ?? null);
        },
      ),
    );
  });
});

describe('the site of a target', () => {
  const sites = [
    site('north', { subnets: ['10.1.0.0/16'], targets: ['Phone.example.com.'], inventories: ['/srv/north.csv'] }),
    site('south', { subnets: ['10.2.0.0/16'], inventories: ['/srv/south.csv'] }),
  ];
  const name = (target: Partial<Parameters<typeof siteOfTarget>[0]>): string | undefined =>
    siteOfTarget({ address: '192.0.2.1', hint: {}, ...target }, sites)?.name;

  it('is the one that its inventory names', () => {
    expect(name({ address: '10.1.0.5', inventory: '/srv/north.csv', hint: { site: 'south' } })).toBe('south');
  });

  it('is not one that nobody describes: then what else is known counts', () => {
    expect(name({ hint: { site: 'Atlantis' } })).toBeUndefined();
    expect(name({ address: '10.1.0.5', hint: { site: 'Atlantis' } })).toBe('north');
  });

  it('is else the one that lists its host name, then that of its address, then that of its inventory', () => {
    expect(name({ address: '10.2.0.5', host: 'phone.EXAMPLE.com' })).toBe('north');
    expect(name({ address: '10.2.0.5', host: 'other.example.com', inventory: '/srv/north.csv' })).toBe('south');
    expect(name({ inventory: '/srv/south.csv' })).toBe('south');
    expect(name({ inventory: '/srv/other.csv', host: 'other' })).toBeUndefined();
  });
});

describe('the credentials for a phone', () => {
  const sites = [
    site('north', {
      subnets: ['10.1.0.0/16'],
      credentials: [
        login('admin', 'site'),
        login('admin', 'wide', '10.1.0.0/17'),
        login('admin', 'narrow', '10.1.2.0/24', '10.1.3.0/24'),
      ],
    }),
  ];
  const fleetWide = [
    login('admin', 'fleet'),
    login('admin', 'basement', '10.1.2.0/24', '10.5.0.0/16'),
    login('admin', 'site'),
  ];
  const tried = (address: string): string[] =>
    credentialsFor(address, sites, fleetWide).map(({ password }) => password());

  it("are its site's before the fleet's, the narrowest subnet first, none twice", () => {
    expect(tried('10.1.2.5')).toEqual(['narrow', 'wide', 'site', 'basement', 'fleet']);
    expect(tried('10.1.200.5')).toEqual(['site', 'fleet']);
  });

  it('are those of the site that is said to be its own, whatever its address', () => {
    const at = (address: string, name: string | null): string[] =>
      credentialsFor(address, sites, fleetWide, name).map(({ password }) => password());
    expect(at('192.0.2.1', 'north')).toEqual(['site', 'fleet']);
    expect(at('192.0.2.1', null)).toEqual(['fleet', 'site']);
    expect(at('10.1.200.5', 'Atlantis')).toEqual(['site', 'fleet']);
  });

  it("are the fleet's where there is no site", () => {
    expect(tried('10.5.0.1')).toEqual(['basement', 'fleet', 'site']);
    expect(tried('phone.example.com')).toEqual(['fleet', 'site']);
  });
});
