import { describe, expect, it } from '@jest/globals';
import { usageErrorOf, worldOf } from '../support.js';
import { read } from './read-list.js';

const skipped = (line: number): string =>
  `skipped: 1 row with an IPv6 address only (phones are asked by IPv4, or found by their MAC) (line ${line}).`;

describe('a row whose only address is IPv6', () => {
  it.each([
    ['a table', 'address,note\n10.0.0.5,x\nfe80::1,y\n', ['2 10.0.0.5 - note=x'], 3],
    ['other spellings', 'ip;model\n[2001:db8::5];8841\n10.0.0.5;8841\n', ['3 10.0.0.5 - model=8841'], 2],
    ['a zone, a prefix length', 'ip\n"fe80::5%eth0, 2001:db8::5/64"\n10.0.0.5\n', ['3 10.0.0.5 -'], 2],
    ['a plain list', '10.0.0.5\n2001:db8::5\n', ['1 10.0.0.5 -'], 2],
    ['a plain list, first', 'fe80::1\n10.0.0.5 # hall\n', ['2 10.0.0.5 -'], 1],
    ['no header', 'fe80::1,desk\n10.0.0.5,hall\n', ['2 10.0.0.5 -'], 1],
    ['JSON', '[{"ip":"fe80::1"},\n{"ip":"10.0.0.5"}]', ['2 10.0.0.5 -'], 1],
    [
      'nmap -6',
      '<nmaprun>\n<host><status state="up"/><address addr="fe80::1" addrtype="ipv6"/></host>\n<host><status state="up"/><address addr="10.0.0.5" addrtype="ipv4"/></host>\n</nmaprun>',
      ['3 10.0.0.5 -'],
      2,
    ],
  ])('is skipped and counted: %s', async (_, text, phones, line) => {
    expect(await read(text)).toEqual({ phones, warnings: [skipped(line)] });
  });

  it('is found by its MAC where it has one', async () => {
    const text = 'address,mac\nfe80::1,00CCFC000001\n10.0.0.5,00CCFC000002\n';
    expect(await read(text)).toEqual({ phones: ['2 - 00CCFC000001', '3 10.0.0.5 00CCFC000002'], warnings: [] });
  });

  it('beside an IPv4 address in another column, that one counts', async () => {
    expect((await read('address,ip\nfe80::1,10.0.0.5\n')).phones).toEqual(['2 10.0.0.5 -']);
  });

  it('ends the run with advice where there is nothing else, and where it should be excluded', async () => {
    const world = worldOf({ 'p.csv': 'address\nfe80::1\nfe80::2\n', 'plain.txt': 'fe80::1\n' });
    expect(await usageErrorOf({ inventories: ['p.csv'] }, world)).toBe(
      'p.csv: there are no phones in the file (skipped: 2 rows with an IPv6 address only (phones are asked by IPv4, or found by their MAC) (line 2 first)); correct its rows, or give a list with IPv4 addresses or MACs.',
    );
    expect(await usageErrorOf({ inventories: ['plain.txt'] }, world)).toMatch(/phones are asked by IPv4/);
    expect(await usageErrorOf({ subnets: ['10.0.0.0/29'], excludes: ['p.csv'] }, world)).toBe(
      'p.csv:2: there is no IPv4 address, so this phone cannot be excluded safely; give its IPv4 address.',
    );
  });
});
