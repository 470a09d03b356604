import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { read, refused } from './read-list.js';

const caseFile = (name: string): Uint8Array => readFileSync(new URL(`cases/${name}`, import.meta.url));
describe('lists of Unified CM', () => {
  it('inventory-ucm-model-names.csv: the model as Unified CM calls it', async () => {
    expect(await read(caseFile('inventory-ucm-model-names.csv'))).toEqual({
      phones: ['2 10.20.30.41 0A1B2C3D4E5F model=Cisco 8841'],
      warnings: [],
    });
  });

  it('inventory-mac-address-column.csv: columns as inventories in use name them', async () => {
    expect((await read(caseFile('inventory-mac-address-column.csv'))).phones).toEqual([
      '2 10.20.30.41 0A1B2C3D4E5F model=8841',
    ]);
  });

  const allDetails = `${[
    'Device Name,Description,Device Pool,Phone Button Template,CSS,Location,Module 1,Phone Load Name,Device Type',
    'Owner User ID,Device Security Profile,Device Protocol,Secure Shell User,Secure Shell Password,XML',
  ].join(',')}\n${[
    'SEP00CCFC000001,Desk 1,DP_Bonn,Standard 8841 SIP,CSS_A,Hub_None,,,Cisco 8841,jdoe,Cisco 8841 - Standard SIP,SIP,admin,hunter2,<x/>',
    'CSFJDOE,Soft,DP_Bonn,Standard Client,CSS_A,Hub_None,,,Cisco Unified Client Services Framework,jdoe,,SIP,,hunter2,',
    'CTI-Port-1,Port,DP_Bonn,,,,,,CTI Port,,,,,,',
    'SEP00CCFC000002,,DP_Bonn,Standard 7841 SIP,,,,,Cisco 7841,,,SIP,,hunter2,',
  ].join('\n')}\n`;

  it('BAT, all details: the MAC in the name, no address; soft clients and CTI ports are no phones; no cell is shown', async () => {
    const { phones, warnings } = await read(allDetails);
    expect(phones).toEqual([
      '2 - 00CCFC000001 model=Cisco 8841 site=DP_Bonn note=Desk 1',
      '5 - 00CCFC000002 model=Cisco 7841 site=DP_Bonn',
    ]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('the columns "Phone Button Template", "CSS", "Module 1"');
    expect(warnings[0]).toContain('and 2 more are not read');
    expect(warnings[0]).toContain('2 rows of devices that are no phones by their name or type (line 3 first)');
    expect(warnings[0]).not.toContain('hunter2');
  });

  it('BAT, specific details: a comma at the end, SEP or not, two blanks before a number', async () => {
    const text =
      'MAC ADDRESS,DESCRIPTION,LOCATION,DIRECTORY NUMBER  1,\n00CCFC000001,SEP00CCFC000001,Hub_None,1001,\nSEP00CCFC000002,,,1002,\n';
    expect((await read(text)).phones).toEqual(['2 - 00CCFC000001 note=SEP00CCFC000001', '3 - 00CCFC000002']);
  });

  it('Find and List, copied: tabs, nameless columns, words of a sortable heading', async () => {
    const text = `${['', '', 'Device Name(Line)Sort Descending', 'Description', 'Status', 'IPv4 Address', 'Copy', 'Super Copy'].join('\t')}\n${[
      ['', 'Cisco 8841', 'SEP00CCFC000001', 'a 24" desk', 'Registered', '10.0.0.5', '', ''].join('\t'),
      ['', 'Cisco 7841', 'SEP00CCFC000002', 'b', 'None', 'None', '', ''].join('\t'),
      ['', '', 'CSFJDOE', 'c', 'Registered', '10.0.0.9', '', ''].join('\t'),
    ].join('\n')}\n`;
    const { phones, warnings } = await read(text);
    expect(phones).toEqual([
      '2 10.0.0.5 00CCFC000001 model=Cisco 8841 note=a 24" desk',
      '3 - 00CCFC000002 model=Cisco 7841 note=b',
    ]);
    expect(warnings).toEqual([expect.stringContaining('1 row of devices that are no phones')]);
  });

  it('show risdb query phone: title lines, a number for the model, commas in the description, a trailer', async () => {
    const text = [
      'admin:show risdb query phone',
      '',
      '----------- Phone Information -----------',
      '#TotalPhones, #TotalRegistered',
      '3, 2',
      '',
      'DeviceName, Descr, Ipaddr, Ipv6addr, RegStatus, DeviceModel, MACaddr, LoadId',
      'SEP00CCFC000001, Desk "one", 10.0.0.5, , reg, 683, 00CCFC000001, x',
      'SEP00CCFC000002, Hall, left, by the door, 10.0.0.6, , reg, 683, 00CCFC000002, x',
      'CSFJDOE, Soft, 10.0.0.9, , reg, 503, , x',
      'Total count : 3',
      'admin:',
    ].join('\n');
    const { phones, warnings } = await read(text);
    expect(phones).toEqual([
      '8 10.0.0.5 00CCFC000001 note=Desk "one"',
      '9 10.0.0.6 00CCFC000002 note=Hall,left,by the door',
    ]);
    expect(warnings[0]).toMatch(/above the header \(line 1 first\)/);
    expect(warnings[0]).toMatch(/2 lines without a row of the list \(line 11 first\)/);
    expect(warnings[0]).toMatch(/1 row longer than the header.*\(line 9\)/);
  });

  it('scripts over RIS and AXL: words for nothing, two names of the model, other addresses that are never asked', async () => {
    const text = [
      '"Name","IPAddress","Model","ModelNumber","SerialNumber","DHCPServer","DefaultRouter","TFTPServer1","CDPNeighborIP","HardwareRevision"',
      '"SEP00CCFC000001","10.0.0.5","Cisco 7841","CP-7841","FCH1","10.0.0.250","10.0.0.1","10.0.0.251","10.0.0.252","V03"',
      '"SEP00CCFC000002","unassigned","Cisco 8841","CP-8841","unavailable","unaccessible","","","",""',
      '"CTIPORT1","10.0.0.7","CTI Port","","","","","","",""',
    ].join('\n');
    const { phones, warnings } = await read(text);
    expect(phones).toEqual([
      '2 10.0.0.5 00CCFC000001 model=Cisco 7841 serial=FCH1',
      '3 - 00CCFC000002 model=Cisco 8841',
    ]);
    expect(warnings[0]).toContain('the model is read from "Model", and where that has none from "ModelNumber"');
  });
});

describe('devices of Unified CM in JSON', () => {
  const devices = [
    { Name: 'SEP00CCFC000001', IPAddress: '10.0.0.5', Model: 'Cisco 8841' },
    { Name: 'CTIPORT1', IPAddress: '10.0.0.6', Model: 'CTI Port' },
    { Name: 'RP-Hotline', IPAddress: '10.0.0.7', Model: 'CTI Route Point' },
    { Name: 'AN0011223344', IPAddress: '10.0.0.8' },
    { Name: 'VGC0011223344', IPAddress: '10.0.0.9', Model: 'Cisco VGC Phone', Description: 'another set of keys' },
    { Name: 'CSFJDOE', IPAddress: '10.0.0.10' },
    { Name: 'ATA001122334455', IPAddress: '10.0.0.11', Model: 'Cisco ATA 191' },
    { Name: 'Reception', IPAddress: '10.0.0.12', Model: 'Cisco 7841' },
  ];
  const phones = ['10.0.0.5 00CCFC000001 model=Cisco 8841', '10.0.0.12 - model=Cisco 7841'];
  const csv = `Name,IPAddress,Model\n${devices.map((one) => `${one.Name},${one.IPAddress},${one.Model ?? ''}`).join('\n')}`;

  it.each([
    ['an array', JSON.stringify(devices)],
    ['a line each', devices.map((one) => JSON.stringify(one)).join('\n')],
    ['for comparison, CSV', csv],
  ])('are phones or not by their names: %s', async (_, text) => {
    const found = await read(text);
    expect(found.phones.map((phone) => phone.replace(/^\d+ /, ''))).toEqual(phones);
    expect(found.warnings[0]).toContain('6 rows of devices that are no phones by their name or type');
  });
});

describe('lists of Webex', () => {
  it('GET /v1/devices: phones only, with or without an address', async () => {
    const items = [
      {
        id: 'Y2lz',
        tags: ['a'],
        type: 'phone',
        product: 'DMS Cisco 8841',
        mac: '00:CC:FC:00:00:01',
        serial: 'FCH1',
        ip: '10.0.0.5',
      },
      { id: 'Y2l0', type: 'phone', product: 'Cisco 8851', mac: '00CCFC000002', serial: 'FCH2', displayName: 'Hall' },
      { id: 'Y2l1', type: 'roomdesk', product: 'Cisco Webex Desk', mac: '00CCFC000003', ip: '10.0.0.9' },
    ];
    const { phones, warnings } = await read(JSON.stringify({ items }));
    expect(warnings).toEqual([
      'the columns "id", "tags" are not read; skipped: 1 row of devices that are no phones by their name or type (line 1).',
    ]);
    expect(phones).toEqual([
      '1 10.0.0.5 00CCFC000001 model=DMS Cisco 8841 serial=FCH1',
      '1 - 00CCFC000002 model=Cisco 8851 serial=FCH2 note=Hall',
    ]);
  });

  it('Control Hub: by names; Device Type says IP, and Model wins', async () => {
    const text =
      '\ufeffDevice Type,Model,MAC Address,IP Address,Serial Number\nIP,DMS Cisco 8841,00CCFC000001,10.0.0.5,FCH1\n';
    expect((await read(text)).phones).toEqual(['2 10.0.0.5 00CCFC000001 model=DMS Cisco 8841 serial=FCH1']);
  });

  it.each([
    [
      'users',
      'First Name,Last Name,Display Name,User ID/Email (Required),Location\nA,B,AB,a@example.com,X\n',
      /a list of users/,
    ],
    [
      'a catalog',
      '{"devices":[{"model":"DMS Cisco 8841","displayName":"Cisco 8841","type":"MPP"}]}',
      /a catalog of models/,
    ],
  ])('%s are refused', async (_, text, says) => {
    expect(await refused(text)).toMatch(says);
  });
});

describe('lists of the network', () => {
  it('NetBox: an address with its prefix length, text in two columns', async () => {
    const text =
      'Name,Status,Type,Site,IP Address,Serial number,Tags\ndesk-1,Active,8841,Bonn,10.0.0.5/24,FCH1,"a,b"\n';
    expect((await read(text)).phones).toEqual(['2 10.0.0.5 - model=8841 serial=FCH1 site=Bonn']);
    const json = {
      count: 1,
      results: [{ name: 'desk', primary_ip4: { address: '10.0.0.5/24' }, device_type: { model: 'CP-8841' } }],
    };
    expect((await read(JSON.stringify(json))).phones).toEqual(['1 10.0.0.5 - model=CP-8841']);
  });

  it('LibreNMS: ip, else hostname; what is secret stays in the file', async () => {
    const devices = [
      {
        hostname: 'desk.example.com',
        ip: '10.0.0.5',
        hardware: 'CP-8841',
        serial: 'FCH1',
        community: 'hunter2',
        location: 'Bonn',
      },
      { hostname: '10.0.0.6', ip: null, hardware: 'Catalyst', community: 'hunter2' },
    ];
    const { phones, warnings } = await read(JSON.stringify({ status: 'ok', devices, count: 2 }));
    expect(phones).toEqual(['1 10.0.0.5 - model=CP-8841 serial=FCH1 site=Bonn', '1 10.0.0.6 -']);
    expect(warnings.join()).not.toContain('hunter2');
    expect(await refused(`{"devices":[{"community" hunter2}]}`)).not.toContain('hunter2');
  });

  it('nmap: XML and -oG, without hosts that are down', async () => {
    const xml = `<?xml version="1.0"?>\n<!DOCTYPE nmaprun>\n<nmaprun scanner="nmap">
<hosthint><status state="up"/><address addr="10.0.0.4" addrtype="ipv4"/></hosthint>
<host><status state="up" reason="arp"/><address addr="10.0.0.5" addrtype="ipv4"/><address addr="00:CC:FC:00:00:01" addrtype="mac" vendor="Cisco"/></host>
<host><status state="down"/><address addr="10.0.0.6" addrtype="ipv4"/></host>
<runstats><hosts up="1" down="1" total="2"/></runstats></nmaprun>`;
    expect((await read(xml)).phones).toEqual(['5 10.0.0.5 00CCFC000001']);
    const grepable =
      '# Nmap 7.94 scan initiated as: nmap -oG - 10.0.0.0/30\nHost: 10.0.0.5 ()\tStatus: Up\nHost: 10.0.0.5 ()\tPorts: 80/open/tcp//http///\nHost: 10.0.0.6 (x)\tStatus: Down\n# Nmap done\n';
    expect((await read(grepable)).phones).toEqual(['2 10.0.0.5 -']);
  });

  it('arp-scan: titles with our own address, a trailer', async () => {
    const text =
      'Interface: eth0, type: EN10MB, MAC: 02:00:00:00:00:01, IPv4: 10.0.0.9\nStarting arp-scan 1.9.7 with 256 hosts\n10.0.0.5\t00:cc:fc:00:00:01\tCisco Systems, Inc\n10.0.0.6\t00:cc:fc:00:00:02\tCisco (DUP: 2)\n\n523 packets received by filter, 0 packets dropped by kernel\nEnding arp-scan 1.9.7: 256 hosts scanned in 1.9 seconds. 2 responded\n';
    const { phones, warnings } = await read(text);
    expect(phones).toEqual(['3 10.0.0.5 00CCFC000001', '4 10.0.0.6 00CCFC000002']);
    expect(warnings[0]).toMatch(/2 lines above the header.*2 lines without a row/);
  });

  it.each([
    [
      'show cdp neighbors detail',
      'Device ID: SEP00CCFC000001\nEntry address(es):\n  IP address: 10.0.0.5\nPlatform: Cisco IP Phone 8841\n',
    ],
    [
      'show cdp neighbors',
      'SW1#show cdp neighbors\nCapability Codes: R - Router\n\nDevice ID        Local Intrfce     Holdtme\nSEP00CCFC000001  Gig 1/0/1 120\n',
    ],
    [
      'show lldp neighbors detail',
      '------------------------------------------------\nLocal Intf: Gi1/0/1\nChassis id: 10.0.0.5\nPort id: 00CCFC000001:P1\n',
    ],
    [
      'show ip arp',
      'Protocol  Address          Age (min)  Hardware Addr   Type   Interface\nInternet  10.0.0.5                0   00cc.fc00.0001  ARPA   Vlan10\n',
    ],
    [
      'show mac address-table',
      '          Mac Address Table\n-------------------------------------------\nVlan    Mac Address       Type        Ports\n  10    00cc.fc00.0001    DYNAMIC     Gi1/0/1\n',
    ],
  ])('%s is refused with what to do instead', async (_, text) => {
    expect(await refused(text)).toMatch(/^list: this is a switch's .*--subnet/);
  });
});
