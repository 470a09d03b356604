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

  it('dnsmasq: two files put together; a lease of IPv4 behind duid is one', async () => {
    const text =
      '1700000000 00:cc:fc:00:00:01 10.0.0.5 a *\nduid 00:01\n1700000000 123456 fd00::5 x 00:01\n1700000000 00:cc:fc:00:00:02 10.0.0.6 b *\n';
    expect((await read(text)).phones).toEqual(['1 10.0.0.5 00CCFC000001', '4 10.0.0.6 00CCFC000002']);
  });

  it('nmap: a host that somebody took out by a comment is none', async () => {
    const host = (octet: number): string =>
      `<host><status state="up"/>\n<address addr="10.0.0.${octet}" addrtype="ipv4"/></host>\n`;
    const text = `<nmaprun>\n${host(1)}<!-- ${host(2)} -->${host(3)}</nmaprun>`;
    expect((await read(text)).phones).toEqual(['2 10.0.0.1 -', '6 10.0.0.3 -']);
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

  it('Infoblox: leases by their binding state; a reservation has a MAC of zeros', async () => {
    const states = ['ACTIVE', 'FREE', 'ABANDONED', 'EXPIRED', 'BACKUP', 'RELEASED', 'RESET'];
    const text = [
      'header-lease,ip_address*,mac_address,binding_state,next_binding_state,ends',
      ...states.map((state, at) => `lease,10.0.0.${at + 1},00:cc:fc:00:00:0${at + 1},${state},FREE,x`),
      'header-fixedaddress,ip_address*,mac_address,match_option',
      'fixedaddress,10.0.0.20,00:00:00:00:00:00,RESERVED',
    ].join('\n');
    const { phones, warnings } = await read(text);
    expect(phones).toEqual(['2 10.0.0.1 00CCFC000001', '10 10.0.0.20 -']);
    expect(warnings[0]).toContain('6 rows not active (line 3 first)');
    // An exclusion leaves nobody out.
    expect((await read(text, [], true)).phones).toHaveLength(8);
  });

  it.each([
    [
      'Infoblox, the table of a network',
      [
        'IP Address,Name,MAC Address,Status,Type,Usage,Lease State',
        '10.0.0.0,,,Used,IPv4 Network,,',
        '10.0.0.1,,,Unused,,,',
        '10.0.0.2,desk,00:cc:fc:00:00:02,Used,Lease,DHCP,Active',
        '10.0.0.3,old,00:cc:fc:00:00:03,Used,Lease,DHCP,Expired',
        '10.0.0.4,lobby,00:cc:fc:00:00:04,Used,Fixed Address,DHCP,Static',
        '10.0.0.255,,,Used,IPv4 Broadcast,,',
      ].join('\n'),
      ['4 10.0.0.2 00CCFC000002', '6 10.0.0.4 00CCFC000004'],
    ],
    [
      'Infoblox, JSON',
      '{"result":[{"ip_address":"10.0.0.1","status":"UNUSED","lease_state":"FREE"},\n{"ip_address":"10.0.0.2","status":"USED","lease_state":"ACTIVE"}]}',
      ['2 10.0.0.2 -'],
    ],
    [
      'Kea, JSON',
      '{"leases":[{"ip-address":"10.0.0.1","hw-address":"00:cc:fc:00:00:01","state":0,"valid-lft":4000},\n{"ip-address":"10.0.0.2","hw-address":"00:cc:fc:00:00:02","state":1,"valid-lft":4000}]}',
      ['1 10.0.0.1 00CCFC000001'],
    ],
    ['a list of free addresses among others', 'ip,status\n10.0.0.1,free\n10.0.0.2,in use\n', ['3 10.0.0.2 -']],
    [
      'states of devices, which are of the device',
      'ip,status,type\n10.0.0.1,Unregistered,phone\n10.0.0.2,offline,phone\n10.0.0.3,Reset,phone\n10.0.0.4,2,phone\n',
      ['2 10.0.0.1 -', '3 10.0.0.2 -', '4 10.0.0.3 -', '5 10.0.0.4 -'],
    ],
    ['a type of devices', '{"devices":[{"ip":"10.0.0.1","type":"network","status":1}]}', ['1 10.0.0.1 -']],
  ])('a word for nobody: %s', async (_, text, phones) => {
    expect((await read(text)).phones).toEqual(phones);
  });

  it('a column that is looked at for such words is not told as one that is not read', async () => {
    const { warnings } = await read('ip,Status,License Status\n10.0.0.1,Used,expired\n');
    expect(warnings).toEqual(['the column "License Status" is not read.']);
  });
});
