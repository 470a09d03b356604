import { describe, expect, it } from '@jest/globals';
import { read } from './read-list.js';

const utf16 = (text: string, order: 'le' | 'be', mark: boolean): Uint8Array => {
  const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

describe('leases', () => {
  it('ISC dhcpd: the last of an address, only active ones', async () => {
    const text = `# comment { lease
server-duid "\\000\\001}";
lease 10.0.0.5 {
  starts 4 2026/11/26 08:00:00;
  binding state active;
  next binding state free;
  hardware ethernet 00:cc:fc:00:00:09;
}
lease 10.0.0.6 { binding state active; uid "\\001\\000\\314\\374\\000\\000\\002"; client-hostname "SEP00CCFC000002"; }
failover peer "x" state { my state normal at 4 2026/11/26 08:00:00; }
lease 10.0.0.7 { binding state active; hardware ethernet 00:cc:fc:00:00:03; }
lease 10.0.0.7 { binding state free; hardware ethernet 00:cc:fc:00:00:03; }
lease 10.0.0.5 {
  ends never;
  binding state active;
  hardware ethernet 00:cc:fc:00:00:01;
}
`;
    expect(await read(text)).toEqual({
      phones: ['13 10.0.0.5 00CCFC000001', '9 10.0.0.6 00CCFC000002'],
      warnings: ['skipped: 1 row not active (line 12).'],
    });
    // An exclusion leaves nobody out.
    expect((await read(text, [], true)).phones).toHaveLength(3);
  });

  it('Kea: the last row of an address, bare quotes, escaped commas, deleted and declined ones', async () => {
    const text = [
      'address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id',
      '10.0.0.5,00:cc:fc:00:00:09,,4000,1700000000,1,0,0,,0,,0',
      '10.0.0.5,00:cc:fc:00:00:01,,4000,1700000000,1,0,0,,0,{"a": 1&#x2c "b": 2},0',
      '10.0.0.6,,01:00:cc:fc:00:00:02,4000,1700000000,1,0,0,,0,,0',
      '10.0.0.7,00:cc:fc:00:00:03,,0,1700000000,1,0,0,,0,,0',
      '10.0.0.8,,,4000,1700000000,1,0,0,,1,,0',
    ].join('\n');
    const { phones, warnings } = await read(text);
    expect(phones).toEqual(['3 10.0.0.5 00CCFC000001', '4 10.0.0.6 00CCFC000002']);
    expect(warnings[0]).toMatch(/2 .*not active/);
  });

  it('Windows, Export-Csv: #TYPE, other addresses in the row, states, client ids that are no MAC', async () => {
    const text = [
      '#TYPE Microsoft.Management.Infrastructure.CimInstance#DhcpServerv4Lease',
      '"IPAddress","ScopeId","AddressState","ClientId","HostName","ServerIP","LeaseExpiryTime"',
      '"10.0.0.5","10.0.0.0","Active","00-cc-fc-00-00-01","SEP00CCFC000001.corp.example","10.9.9.9",""',
      '"10.0.0.6","10.0.0.0","ActiveReservation","01-00-cc-fc-00-00-02","x","10.9.9.9",""',
      '"10.0.0.7","10.0.0.0","InactiveReservation","00-cc-fc-00-00-03","y","10.9.9.9",""',
      '"10.0.0.8","10.0.0.0","Declined","08-00-00-0a","BAD_ADDRESS","10.9.9.9",""',
      '"10.0.0.9","10.0.0.0","Active","ff-12-34-56-78-00-03-00-01","z","10.9.9.9",""',
    ].join('\r\n');
    expect((await read(text)).phones).toEqual(['3 10.0.0.5 00CCFC000001', '4 10.0.0.6 00CCFC000002', '7 10.0.0.9 -']);
  });

  it.each([
    ['UTF-16 with a mark', (text: string) => utf16(text, 'le', true)],
    ['UTF-16 without', (text: string) => utf16(text, 'le', false)],
    ['big-endian with', (text: string) => utf16(text, 'be', true)],
    ['big-endian without', (text: string) => utf16(text, 'be', false)],
  ])('Windows console, Export List, %s, in English and German', async (_, encoded) => {
    const english =
      'Client IP Address\tName\tLease Expiration\tType\tUnique ID\r\n10.0.0.5\tSEP00CCFC000001\tReservation (active)\tDHCP\t00ccfc000001\r\n';
    const german =
      'Client-IP-Adresse\tName\tLeaseablauf\tTyp\tEindeutige ID\r\n10.0.0.5\tdesk\tReservierung (inaktiv)\tDHCP\t00ccfc000001\r\n10.0.0.6\tdesk\tniemals\tDHCP\t00ccfc000002\r\n';
    expect((await read(encoded(english))).phones).toEqual(['2 10.0.0.5 00CCFC000001']);
    expect((await read(encoded(german))).phones).toEqual(['3 10.0.0.6 00CCFC000002']);
  });

  it('dnsmasq: its columns by place; IPv6 behind duid', async () => {
    const text =
      '1700000000 00:cc:fc:00:00:01 10.0.0.5 SEP00CCFC000001 01:00:cc:fc:00:00:01\n0 00:cc:fc:00:00:02 10.0.0.6 * *\nduid 00:01:00:01:aa\n1700000000 123456 fd00::5 x 00:01\n';
    expect(await read(text)).toEqual({
      phones: ['1 10.0.0.5 00CCFC000001', '2 10.0.0.6 00CCFC000002'],
      warnings: [expect.stringMatching(/1 row with an IPv6 address only .* \(line 4\)/)],
    });
  });

  it('Infoblox: a header for each kind of row; networks are no phones', async () => {
    const text = [
      'header-network,address*,netmask*,comment',
      'network,10.0.0.0,255.255.255.0,Bonn',
      'header-fixedaddress,ip_address*,_new_ip_address,mac_address,name',
      'fixedaddress,10.0.0.5,,00:cc:fc:00:00:01,desk',
      'header-hostrecord,fqdn*,addresses,comment',
      'hostrecord,desk.example.com,10.0.0.6,Hall',
      'hostrecord,two.example.com,"10.0.0.7,10.0.0.8",Two',
    ].join('\n');
    const { phones, warnings } = await read(text);
    expect(phones).toEqual(['4 10.0.0.5 00CCFC000001', '6 10.0.0.6 - note=Hall']);
    expect(warnings[0]).toContain('with several addresses in one cell (line 7)');
  });
});
