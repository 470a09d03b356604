import { describe, expect, it } from '@jest/globals';
import { read, refused } from './read-list.js';

describe('texts of switches are refused with what to do instead', () => {
  it.each([
    ['NX-OS, CDP', 'Device ID:sw2(FOC12345678)\nSystem Name: sw2\n', /cdp/],
    ['NX-OS, CDP, cut', 'Interface address(es):\n    IPv4 Address: 127.60.0.1\n', /cdp/],
    [
      'IOS, CDP, cut in the middle',
      '  IP address: 127.60.0.1\nPlatform: cisco WS-C3750,  Capabilities: Switch\n',
      /cdp/,
    ],
    ['IOS, CDP, copied with blanks', '   Device ID : SEP00CCFC000001\n', /cdp/],
    ['LLDP, wide', 'Chassis ID          : 127.60.0.1\n', /lldp/],
    ['LLDP, in one word', '  ChassisId    : 00 cc fc 00 00 01\n', /lldp/],
    ['LLDP of H3C', 'LLDP neighbor-information of port 1[GigabitEthernet1/0/1]:\n', /lldp/],
    [
      'LLDP of Juniper',
      'Local Interface    Parent Interface    Chassis Id          Port info\nge-0/0/1 - 00:cc:fc:00:00:01 x\n',
      /lldp/,
    ],
    ['a prompt of Huawei', '<Huawei>display lldp neighbor brief\nGE1 127.60.0.1\n', /lldp/],
    ['a prompt behind a tab', '\tSW1# sh cdp nei det\n127.60.0.1\n', /cdp/],
    [
      'NX-OS, ARP',
      'Address         Age       MAC Address     Interface\n127.60.0.1      00:01:02  00cc.fc00.0001  Vlan10\n',
      /arp/,
    ],
    ['IOS, ARP, with blanks', '  Internet  127.60.0.5    0   00cc.fc00.0001  ARPA   Vlan10\n', /arp/],
    [
      'arp -n',
      'Address                  HWtype  HWaddress           Flags Mask            Iface\n127.60.0.1  ether   00:cc:fc:00:00:01   C   eth0\n',
      /arp/,
    ],
    [
      'arp -a of Windows',
      'Interface: 127.60.0.9 --- 0x5\n  Internet Address      Physical Address      Type\n  127.60.0.1  00-cc-fc-00-00-01  dynamic\n',
      /arp/,
    ],
    ['DHCP bindings', 'SW1#show ip dhcp binding\n127.60.0.5 0100.ccfc.0000.01 Infinite\n', /dhcp binding/],
    [
      'DHCP bindings without the prompt',
      'Bindings from all pools not associated with VRF:\nIP address          Client-ID/\n127.60.0.5\n',
      /dhcp binding/,
    ],
    [
      'its own addresses',
      'Interface              IP-Address      OK? Method Status                Protocol\nVlan1                  127.60.0.1      YES NVRAM  up                    up\n',
      /interface brief/,
    ],
  ])('%s', async (_, text, what) => {
    const message = await refused(text);
    expect(message).toMatch(/^list: this is a switch's .*--subnet/);
    expect(message).toMatch(what);
  });
});

describe('YAML is no list', () => {
  it.each([
    ['settings of this program', 'subnet: 127.60.0.0/24\nexclude:\n  - 127.60.0.5\n'],
    ['items at the margin', 'inventory:\n# phones\n\n- 127.60.0.5\n'],
    ['a document', '---\nphones: [127.60.0.5]\n'],
    ['objects', 'phones:\n  desk:\n    address: 127.60.0.5\n'],
    ['host names', 'exclude:\n  - phone.example.com\n'],
  ])('%s', async (_, text) => {
    expect(await refused(text)).toMatch(/^list: this is YAML/);
  });

  it('a title that ends in a colon does not make a list YAML', async () => {
    expect((await read('Bonn:\n127.60.0.5\n127.60.0.6 desk\n')).phones).toEqual(['2 127.60.0.5 -', '3 127.60.0.6 -']);
  });

  it('a comment that names a command, and a line below, do not make a list anything else', async () => {
    const text = '# show ip arp, without the switches\n# arp of the core\n127.60.0.5\n---\n';
    expect((await read(text)).phones).toEqual(['3 127.60.0.5 -']);
  });
});
