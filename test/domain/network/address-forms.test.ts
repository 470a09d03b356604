import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UsageError } from '../../../src/domain/text/usage-error.js';
import { parseExclusion, parseSingle, parseSubnet, parseTarget } from '../../../src/domain/network/address-forms.js';
import { formatIpv4 } from '../../../src/domain/network/ipv4.js';
import { addressesInScope } from '../../../src/inventory/target.js';
import { anyText } from '../../support/any-text.js';

type Parse = typeof parseTarget;

function read(parse: Parse, text: string): string {
  const form = parse(text, 'here');
  return form.kind === 'host' ? form.name : `${formatIpv4(form.range.first)}-${formatIpv4(form.range.last)}`;
}

function problem(parse: Parse, text: string): string {
  try {
    parse(text, 'here');
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe('a subnet', () => {
  it.each([
    ['10.0.0.0/24', '10.0.0.1-10.0.0.254'],
    ['10.0.0.0/30', '10.0.0.1-10.0.0.2'],
    ['10.0.0.0/31', '10.0.0.0-10.0.0.1'],
    ['10.0.0.7/32', '10.0.0.7-10.0.0.7'],
    ['127.0.0.0/8', '127.0.0.1-127.255.255.254'],
    [' 10.1.0.0/16 ', '10.1.0.1-10.1.255.254'],
  ])('%s is %s', (text, expected) => {
    expect(read(parseSubnet, text)).toBe(expected);
  });

  it('with host bits set means its network', () => {
    expect(parseSubnet('10.0.0.5/24', 'here')).toEqual(parseSubnet('10.0.0.0/24', 'here'));
  });

  it.each([
    ['10.0.0.0', 'a subnet needs a prefix length, such as 10.0.0.0/24'],
    ['10.0.0.0/33', 'from 0 to 32'],
    ['10.0.0.0/', 'from 0 to 32'],
    ['10.0.0.0/24/8', 'from 0 to 32'],
    ['10.0.0.0/255.255.255.0', 'from 0 to 32'],
    ['10.0.0.300/24', 'at most 255, not 300'],
    ['10.0.0/24', 'four numbers'],
    ['', 'the value is empty'],
    ['2001:db8::/64', 'IPv6 is not supported yet'],
    ['::/0', 'IPv6 is not supported yet'],
    ['10.0.0.0/24,10.0.1.0/24', 'one value at a time'],
    ['224.0.0.0/24', 'multicast'],
    ['0.0.0.0/0', '0.0.0.0/8'],
    ['http://10.0.0.1/', 'this is a URL'],
  ])('%j is refused: %s', (text, reason) => {
    expect(problem(parseSubnet, text)).toMatch(/^here: /);
    expect(problem(parseSubnet, text)).toContain(reason);
  });
});

describe('a target', () => {
  it.each([
    ['10.0.0.5', '10.0.0.5-10.0.0.5'],
    ['10.0.0.5-40', '10.0.0.5-10.0.0.40'],
    ['10.0.0.5-10.0.1.20', '10.0.0.5-10.0.1.20'],
    ['10.0.0.5 - 40', '10.0.0.5-10.0.0.40'],
    ['10.0.0.5-5', '10.0.0.5-10.0.0.5'],
    ['127.0.0.1', '127.0.0.1-127.0.0.1'],
    ['Phone-1.Example.com.', 'phone-1.example.com'],
    ['SEP00CCFC123456', 'sep00ccfc123456'],
    ['10-0-0-5.dhcp.example.com', '10-0-0-5.dhcp.example.com'],
  ])('%s is %s', (text, expected) => {
    expect(read(parseTarget, text)).toBe(expected);
  });

  it('has the scope to look in for a phone that moved', () => {
    expect(parseTarget('10.0.3.5', 'here')).toMatchObject({ scope: '10.0.3.0/24' });
    expect(parseTarget('10.0.0.5-40', 'here')).toMatchObject({ scope: '10.0.0.5-40' });
    expect(parseSubnet('10.0.0.9/23', 'here')).toMatchObject({ scope: '10.0.0.0/23' });
  });

  it.each([
    ['10.0.0.40-5', 'ends before it starts'],
    ['10.0.0.5-256', 'at most 255'],
    ['10.0.0.5-0.7', 'four numbers'],
    ['10.0.0.0/24', 'give it with --subnet'],
    ['fe80::1', 'IPv6 is not supported yet'],
    ['[::1]', 'IPv6 is not supported yet'],
    ['fe80::1%eth0', 'IPv6 is not supported yet'],
    ['00:cc:fc:12:34:56', 'this is a MAC address'],
    ['00cc.fc12.3456', 'this is a MAC address'],
    ['00-CC-FC-12-34-56', 'this is a MAC address'],
    ['10.0.0.5:8080', '--http-port'],
    ['https://10.0.0.5/admin', 'this is a URL'],
    ['0.0.0.0', '0.0.0.0/8'],
    ['255.255.255.255', 'broadcast'],
    ['223.255.255.250-224.0.0.5', 'multicast'],
    ['10.0.0.5.6', 'four numbers'],
    ['-phone', 'neither an IPv4 address nor a host name'],
    ['a..b', 'neither'],
    ['phone.5', 'neither'],
    ['büro.example.com', 'neither'],
    ['a b', 'one value at a time'],
    ['', 'the value is empty'],
  ])('%j is refused: %s', (text, reason) => {
    expect(problem(parseTarget, text)).toContain(reason);
  });

  it('is named in a message without its control characters', () => {
    expect(problem(parseTarget, '\u001b[31mred')).toContain('"\\x1b[31mred"');
  });
});

describe('an exclusion', () => {
  it.each([
    ['10.0.0.0/24', '10.0.0.0-10.0.0.255'],
    ['10.0.0.5-40', '10.0.0.5-10.0.0.40'],
    ['10.0.0.5', '10.0.0.5-10.0.0.5'],
    ['printer.example.com', 'printer.example.com'],
    ['224.0.0.0/4', '224.0.0.0-239.255.255.255'],
    ['0.0.0.0/0', '0.0.0.0-255.255.255.255'],
  ])('%s is %s', (text, expected) => {
    expect(read(parseExclusion, text)).toBe(expected);
  });

  it('is refused when it could mean something else', () => {
    expect(problem(parseExclusion, '10.0.0.0/240')).toContain('from 0 to 32');
    expect(problem(parseExclusion, '00:cc:fc:12:34:56')).toContain('this is a MAC address');
  });
});

describe('the addresses of a scope', () => {
  it('are made from a CIDR, a range, and nothing', () => {
    expect([...addressesInScope('10.0.0.0/30')]).toEqual(['10.0.0.1', '10.0.0.2']);
    expect([...addressesInScope('10.0.0.254-10.0.1.1')]).toEqual(['10.0.0.254', '10.0.0.255', '10.0.1.0', '10.0.1.1']);
    expect([...addressesInScope('')]).toEqual([]);
  });
});

describe('properties of the forms', () => {
  const octet = fc.nat(255).map(String);
  const nearly = fc
    .array(
      fc.oneof(
        octet,
        fc.constantFrom('.', '.', '-', '/', ':', '24', '33', ' ', ',', '[', ']', 'a', 'fe80', '%', '\u0000'),
      ),
    )
    .map((parts) => parts.join(''));

  it('no text ends in anything but a form or a UsageError', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), nearly), (text) => {
        for (const parse of [parseSubnet, parseTarget, parseExclusion, parseSingle]) {
          try {
            const form = parse(text, 'here');
            if (form.kind === 'addresses') expect(form.range.last).toBeGreaterThanOrEqual(form.range.first);
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('a range survives being written and read', () => {
    const hosts = fc.integer({ min: 0x0100_0000, max: 0xdfff_ffff });
    fc.assert(
      fc.property(hosts, hosts, (a, b) => {
        const range = { first: Math.min(a, b), last: Math.max(a, b) };
        const text = `${formatIpv4(range.first)}-${formatIpv4(range.last)}`;
        expect(parseTarget(text, 'here')).toEqual({ kind: 'addresses', range, scope: text });
      }),
    );
  });
});
