import { describe, expect, it } from '@jest/globals';
import { read, refused } from './read-list.js';

const kea = 'address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context';

describe('a list that is cut off is never taken for a whole one', () => {
  it.each([
    [
      'ISC dhcpd, within the newer lease of an address',
      'lease 10.0.0.5 { binding state active; hardware ethernet 00:cc:fc:00:00:01; }\nlease 10.0.0.5 {\n  starts 4 2026/11/26 08:00:00;\n  bind',
      /^list:2: this lease is cut off, so a part of the list is missing; copy or export it again, as a whole\.$/,
    ],
    [
      'ISC dhcpd, within a statement',
      'lease 10.0.0.5 { binding state active; }\nlease 10.0',
      /^list:2: this statement/,
    ],
    [
      'ISC dhcpd, within another block',
      'lease 10.0.0.5 { }\nfailover peer "x" state {\n my state',
      /^list:2: this block/,
    ],
    [
      'Kea, within a row',
      `${kea}\n10.0.0.5,00:cc:fc:00:00:01,,4000,1700000000,1,0,0,,0,\n10.0.0.5,00:cc:fc:00:0`,
      /^list:3: this lease/,
    ],
    [
      'dnsmasq, within a line',
      '1700000000 00:cc:fc:00:00:01 10.0.0.5 x *\n1700000000 00:cc:fc:00:00:02 10.0.0.',
      /^list:2: this lease/,
    ],
    [
      'nmap, within a host',
      '<nmaprun>\n<host><status state="up"/><address addr="10.0.0.5" addrtype="ipv4"/>\n',
      /^list:2: this host/,
    ],
    [
      'nmap, between two hosts',
      '<nmaprun>\n<host><status state="up"/><address addr="10.0.0.5" addrtype="ipv4"/></host>\n<host',
      /^list:3: this scan/,
    ],
    [
      'nmap, -oG',
      '# Nmap 7.94 scan initiated as: nmap\nHost: 10.0.0.5 ()\tStatus: Up\nHost: 10.0',
      /^list:3: this scan/,
    ],
    [
      'JSON',
      '[{"ip":"10.0.0.5"},\n{"ip":"10.0.0',
      /^list:2: this is not valid JSON at its end; if it was cut off, copy it again/,
    ],
    [
      'a line of JSON',
      '{"ip":"10.0.0.5"}\n{"ip":"10.0.0.6"}\n{"ip":"10.0.0',
      /^list:3: .* the last one may be cut off/,
    ],
    ['a quoted cell', 'ip,note\n10.0.0.5,"a"\n10.0.0.6,"b', /^list:3: a quote is opened and never closed/],
  ])('%s', async (_, text, says) => {
    expect(await refused(text)).toMatch(says);
    expect(await refused(text, [], true)).toMatch(says);
  });

  it('a table whose last row alone is shorter, without a line break: a warning', async () => {
    const text = 'ip,mac,note\n10.0.0.5,00CCFC000001,a\n10.0.0.6,00CCFC000002';
    expect((await read(text)).warnings).toEqual([
      'the last row (line 3) has fewer cells than all others and no line break behind it: the file may be cut off.',
    ]);
  });

  it.each([
    ['with a line break', 'ip,mac,note\n10.0.0.5,00CCFC000001,a\n10.0.0.6,00CCFC000002\n'],
    ['among other short rows', 'ip,mac,note\n10.0.0.5\n10.0.0.6,00CCFC000002'],
    ['as the only row', 'ip,note\n10.0.0.5'],
  ])('people write short rows, too: %s', async (_, text) => {
    expect((await read(text)).warnings).toEqual([]);
  });

  it('a result of nmap filtered by hand has no first line, and needs no last', async () => {
    expect((await read('Host: 10.0.0.5 ()\tStatus: Up\n')).phones).toEqual(['1 10.0.0.5 -']);
  });
});
