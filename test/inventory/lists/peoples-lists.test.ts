import { describe, expect, it } from '@jest/globals';
import { read, refused } from './read-list.js';

describe('lists of people and of this program', () => {
  it.each([
    [
      'a line each',
      '10.0.0.5\n# comment\n10.0.0.6   # hall\nphone7.example.com\n',
      ['1 10.0.0.5 -', '3 10.0.0.6 -', '4 phone7.example.com -'],
    ],
    ['with a title and a total', 'Phones in Bonn\n10.0.0.5\nTotal 1\n', ['2 10.0.0.5 -']],
    [
      'of words beside addresses',
      '10.0.0.5 desk\n10.0.0.6 SEP00CCFC000001\nphone7\n',
      ['1 10.0.0.5 -', '2 10.0.0.6 00CCFC000001', '3 phone7 -'],
    ],
    ['of MACs alone', '00CCFC000001\nSEP00CCFC000002\n', ['1 - 00CCFC000001', '2 - 00CCFC000002']],
    ['of addresses and MACs, tabs', '10.0.0.5\tSEP00CCFC000001\n', ['1 10.0.0.5 00CCFC000001']],
    [
      'of a running number, without header',
      '1;00CCFC000001;10.0.0.5;8841\n2;00CCFC000002;10.0.0.6;7841\n',
      ['1 10.0.0.5 00CCFC000001 model=8841', '2 10.0.0.6 00CCFC000002 model=7841'],
    ],
    [
      'with sep=',
      'sep=;\nIP-Adresse;MAC-Adresse;Modell;Standort\n10.0.0.5;00CCFC000001;8841;Bonn\n',
      ['3 10.0.0.5 00CCFC000001 model=8841 site=Bonn'],
    ],
    [
      'in French',
      'Adresse IP;Adresse MAC;Modèle;Numéro de série;Emplacement\n10.0.0.5;00CCFC000001;8841;FCH1;Lyon\n',
      ['2 10.0.0.5 00CCFC000001 model=8841 serial=FCH1 site=Lyon'],
    ],
    [
      'with titles, a heading of two lines and a total',
      'Report of phones, 2026-11-28\n# Server,10.0.0.250\n\nNr,"IP\nAddress","MAC\nAddress",Comment\n1,10.0.0.5,00CCFC000001,x\nTotal,1\n',
      ['7 10.0.0.5 00CCFC000001 note=x'],
    ],
    ['with IPv4 and IPv6 in a cell', 'ip;mac\n"10.0.0.5, fe80::1";00CCFC000001\n', ['2 10.0.0.5 00CCFC000001']],
    ['with SEP under Hostname', 'Hostname,Model\nSEP00CCFC000001,8841\n', ['2 - 00CCFC000001 model=8841']],
    [
      'put together from two',
      'ip,mac\n10.0.0.5,00CCFC000001\nmac,ip\n00CCFC000002,10.0.0.6\n',
      ['2 10.0.0.5 00CCFC000001', '4 10.0.0.6 00CCFC000002'],
    ],
  ])('%s', async (_, text, phones) => {
    expect((await read(text)).phones).toEqual(phones);
  });

  it('what is no VID of a label is not used, and told', async () => {
    const rows = ['0', '00', 'V00', 'V100', 'V004', '4.0', 'abc', 'V04/V05', '04a', '-4', 'V04', '4', ' V 04 '];
    const text = `ip,vid\n${rows.map((vid, at) => `10.0.0.${at + 1},${vid}\n`).join('')}`;
    const { phones, warnings } = await read(text);
    expect(phones.filter((phone) => phone.includes('vid='))).toEqual([
      '12 10.0.0.11 - vid=V04',
      '13 10.0.0.12 - vid=4',
      '14 10.0.0.13 - vid=V 04',
    ]);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^10 hardware versions \(line 2 first\) that are no VID of a label \(V01 to V99\) are not used\.$/,
      ),
    ]);
  });

  it('what is no VID does not contradict another column of the row, nor does the same VID in other words', async () => {
    const header = 'address,vid,VID\n';
    const { phones, warnings } = await read(`${header}10.0.0.5,0,V04\n10.0.0.6,V 04,4\n`);
    expect(phones).toEqual(['2 10.0.0.5 - vid=V04', '3 10.0.0.6 - vid=V 04']);
    expect(warnings).toEqual([expect.stringMatching(/; 1 hardware version \(line 2\) that is no VID/)]);
    await expect(read(`${header}10.0.0.5,V05,V04\n`)).rejects.toThrow(/different values/);
  });

  it('one page of a longer answer of NetBox is refused', async () => {
    const page = (more: object): string => JSON.stringify({ ...more, results: [{ address: '10.0.0.5/24' }] });
    for (const more of [
      { count: 5, next: 'http://netbox/?offset=1' },
      { count: 2, next: null, previous: 'x' },
    ])
      await expect(read(page(more))).rejects.toThrow(/this is one page of a longer list/);
    expect((await read(page({ count: 1, next: null, previous: null }))).phones).toHaveLength(1);
  });

  it('a report of which somebody has cut columns off does not tell a page’s hardware version as the VID', async () => {
    const csv =
      'address,mac,family,model,productId,vid,serial\n10.0.0.5,00CCFC000001,multiplatform,8841,CP-8841-3PCC,V12,FCH1\n';
    expect((await read(csv)).phones).toEqual(['2 10.0.0.5 00CCFC000001 model=8841 serial=FCH1']);
  });

  it('our own reports, in CSV, JSON and as a stream of events, without a word', async () => {
    const csv =
      'address,mac,family,model,productId,vid,serial,softwareVersion,hardwareVersion,outcome,site,note,named\r\n10.0.0.5,00CCFC000001,multiplatform,8841,CP-8841-3PCC,V03,FCH1,sip88xx.1,V04,audited,Bonn,x,yes\r\n';
    const phone = '10.0.0.5 00CCFC000001 model=8841 serial=FCH1 site=Bonn note=x';
    expect(await read(csv)).toEqual({ phones: [`2 ${phone}`], warnings: [] });
    const json = JSON.stringify({
      schema: 'fleet-migrate/report@1',
      run: { id: 'r' },
      phones: [
        {
          address: '10.0.0.5',
          mac: '00CCFC000001',
          model: '8841',
          vid: 'V03',
          serial: 'FCH1',
          family: 'multiplatform',
          softwareVersion: 'sip88xx.1',
          hardwareVersion: 'V04',
          site: 'Bonn',
          note: 'x',
          evidence: [],
        },
      ],
    });
    expect(await read(json)).toEqual({ phones: [`1 ${phone}`], warnings: [] });
    const events =
      '{"event":"run-started","at":"x","address":null,"mac":null}\n{"event":"outcome","at":"x","address":"10.0.0.5","mac":"00CCFC000001"}\n{"event":"outcome","at":"x","address":"10.0.0.6","mac":null}\n';
    expect((await read(events)).phones).toEqual(['2 10.0.0.5 00CCFC000001']);
  });

  it('our own report, whose VID is only what a page calls its hardware version: that is not the label’s', async () => {
    const csv = 'address,mac,vid,softwareVersion,hardwareVersion\n10.0.0.5,00CCFC000001,V41,sip78xx.1,V41\n';
    expect((await read(csv)).phones).toEqual(['2 10.0.0.5 00CCFC000001']);
    expect((await read('address,mac,vid,hardwareVersion\n10.0.0.5,00CCFC000001,V41,V41\n')).phones).toEqual([
      '2 10.0.0.5 00CCFC000001 vid=V41',
    ]);
  });

  it('our own report, which says where its VID is from: only the label’s is taken', async () => {
    const csv =
      'address,mac,family,vid,softwareVersion,hardwareVersion,vidSource\n' +
      '10.0.0.5,00CCFC000001,multiplatform,V41,sip78xx.1,V41,hardware-version\n' +
      '10.0.0.6,00CCFC000002,multiplatform,V41,sip78xx.1,V41,inventory\n' +
      '10.0.0.7,00CCFC000003,enterprise,V09,sip88xx.1,V09,udi\n' +
      '10.0.0.8,00CCFC000004,enterprise,V09,sip88xx.1,V09,\n' +
      '10.0.0.9,00CCFC000005,enterprise,V00,sip8845_65.1,V01,udi\n';
    expect(await read(csv)).toEqual({
      phones: [
        '2 10.0.0.5 00CCFC000001',
        '3 10.0.0.6 00CCFC000002',
        '4 10.0.0.7 00CCFC000003 vid=V09',
        '5 10.0.0.8 00CCFC000004 vid=V09',
        '6 10.0.0.9 00CCFC000005 vid=V00',
      ],
      warnings: [],
    });
  });

  it.each([
    [
      'with a MAC and a model beside it',
      'Device Name,MAC Address,IP Address,Model\nLobby phone,00CCFC000010,10.0.0.5,Cisco 8841\n',
      '2 10.0.0.5 00CCFC000010 model=Cisco 8841',
    ],
    [
      'in a column of names of anything',
      'Name,IP Address\nSEP00CCFC000010,10.0.0.4\nReception,10.0.0.5\n',
      '3 10.0.0.5 -',
    ],
    [
      'that Unified CM would not allow',
      'Gerätename;IP-Adresse\nSEP00CCFC000010;10.0.0.4\nEmpfang links;10.0.0.5\n',
      '3 10.0.0.5 -',
    ],
  ])('a phone by a name of its own: %s', async (_what, text, phone) => {
    expect((await read(text)).phones.at(-1)).toBe(phone);
  });

  it.each(['CSFHANS', 'ATA001122334455'])('a device that is no phone by its name: %s', async (name) => {
    const { phones } = await read(`Device Name,IP Address\nSEP00CCFC000010,10.0.0.4\n${name},10.0.0.5\n`);
    expect(phones).toEqual(['2 10.0.0.4 00CCFC000010']);
  });

  it('the same model in two spellings, a MAC beside a word that is no address, a host where the address is empty', async () => {
    expect((await read('address,model,product\n10.0.0.5,8832NR,CP-8832-NR-K9\n')).phones).toEqual([
      '2 10.0.0.5 - model=8832NR',
    ]);
    expect((await read('Hostname,MAC Address\ndesk-1,00CCFC000010\n')).phones).toEqual(['2 - 00CCFC000010']);
    expect((await read('{"devices":[{"hostname":"phone1.example.test","ip":""}]}')).phones).toEqual([
      '1 phone1.example.test -',
    ]);
    const french =
      'Adresse IP du client\tNom\tExpiration du bail\tType\tID unique\n10.0.0.4\tx\tRéservation (actif)\tDHCP\t00ccfc000010\n10.0.0.5\ty\tRéservation (inactif)\tDHCP\t00ccfc000011\n';
    expect((await read(french)).phones).toEqual(['2 10.0.0.4 00CCFC000010']);
  });

  it('a model that is not known is one all the same; a number of RIS is none', async () => {
    const { phones } = await read('address,model\n10.0.0.5,9999\n10.0.0.6,683\n10.0.0.7,36213\n');
    expect(phones).toEqual(['2 10.0.0.5 - model=9999', '3 10.0.0.6 -', '4 10.0.0.7 -']);
  });

  it('a column that is misspelled is named, with what was probably meant', async () => {
    const { phones, warnings } = await read('address,modle,colour\n10.0.0.5,8841,red\n');
    expect(phones).toEqual(['2 10.0.0.5 -']);
    expect(warnings).toEqual(['the columns "modle", "colour" are not read ("modle": did you mean model?).']);
  });

  it('a column by the name that the user gives, before all others', async () => {
    const text = 'Gerät;Kennung;IP\nx;SEP00CCFC000001;10.0.0.5\ny;CSFJDOE;10.0.0.6\n';
    expect((await read(text, ['mac="kennung"'])).phones).toEqual(['2 10.0.0.5 00CCFC000001']);
    const two = 'ip,host ip\n10.0.0.250,10.0.0.5\n';
    expect((await read(two, ['address=Host IP'])).phones).toEqual(['2 10.0.0.5 -']);
    expect(await refused(text, ['mac=Device Name'])).toBe(
      '--column mac="Device Name": there is no such column in list; there are "Gerät", "Kennung", "IP".',
    );
    expect(await refused('A;B\n10.0.0.5;10.0.0.6\n', ['address=B', 'address=A'])).toBe(
      'list: the list has both columns that --column names for address, "B", "A"; leave one of the two out.',
    );
    expect(await refused('[{"A":"10.0.0.5","B":"10.0.0.6"}]', ['address=A', 'address=B'])).toContain('both columns');
    // The same column twice; one column with two meanings.
    const twice = await read('A;B\n10.0.0.5;x\n', ['address=A', 'address=a', 'site=B', 'note=B']);
    expect(twice.phones).toEqual(['2 10.0.0.5 - site=x note=x']);
    expect(await refused('Apparat;Nummer\nx;10.0.0.5\n', ['address=Numer'])).toContain(
      'there are "Apparat", "Nummer". Did you mean "Nummer"?',
    );
  });

  it.each([
    [
      'two MACs in a row',
      'ip,mac,Device Name\n10.0.0.5,00CCFC000001,SEP00CCFC000002\n',
      /^list:2: the columns "mac" and "Device Name" have different MACs \(00CCFC000001 and 00CCFC000002\)/,
    ],
    ['two models in a row', 'ip,Model,Product\n10.0.0.5,Cisco 8841,CP-7841\n', /different models;/],
    [
      'a MAC turned into a number',
      'ip;mac\n10.0.0.5;1,23E+11\n',
      /^list:2: "1,23E\+11" is a MAC that a spreadsheet turned into a number/,
    ],
    [
      'a row lost by a misspelled key',
      '[{"ip":"10.0.0.5"},\n{"adress":"10.0.0.6"}]',
      /^list:2: .*did you mean address by "adress"\?/,
    ],
    [
      'nearly a MAC, without header',
      '10.0.0.5,00CCFC000001\n10.0.0.6,00CCFC00002\n',
      /^list:2: "00CCFC00002" is not a MAC/,
    ],
    ['a network in place of an address', 'ip\n10.0.0.0/24\n', /a subnet is not allowed here/],
    ['a range', '10.0.0.5\n10.0.0.7-9\n', /^list:2: .*a range is not allowed here/],
    ['nearly an address', '10.0.0.5\n10.0.0.500\n', /^list:2: .*at most 255/],
    [
      'phones above a header',
      '10.0.0.5,a\nip,note\n10.0.0.6,b\n',
      /^list:1: there is an address or a MAC above the header in line 2/,
    ],
    ['two columns of addresses without a header', '10.0.0.5,10.0.0.1\n', /several columns hold addresses/],
    ['a web page', '<!DOCTYPE html><html>', /this is a web page/],
    ['other XML', '<?xml version="1.0"?><a/>', /XML of an unknown kind/],
    ['a workbook', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), /"CSV UTF-8 \(Comma delimited\)"/],
    ['an old workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), /an old workbook \(\.xls\)/],
  ])('%s is refused', async (_, content, says) => {
    expect(await refused(content)).toMatch(says);
  });

  it('rows that say nothing are counted, and a phone is never among them', async () => {
    const text = 'ip,mac,model,place\n10.0.0.5,,8841,\n,,7841,x\nn/a,None,8851,x\n,SEP00CCFC000001,,\n';
    const { phones, warnings } = await read(text);
    expect(phones).toEqual(['2 10.0.0.5 - model=8841', '5 - 00CCFC000001']);
    expect(warnings[0]).toContain('2 rows with neither an address nor a MAC (line 3 first)');
  });

  it('letters of an old code page are said to be a guess, where they are used', async () => {
    const bytes = Buffer.from('ip,site,room\n10.0.0.5,K\u00f6ln,B\u00fcro\n10.0.0.6,Bonn,B\u00fcro\n', 'latin1');
    const { phones, warnings } = await read(bytes);
    expect(phones).toEqual(['2 10.0.0.5 - site=Köln', '3 10.0.0.6 - site=Bonn']);
    expect(warnings[0]).toContain('in 1 site or note (line 2) are read as Windows writes them');
  });
});
