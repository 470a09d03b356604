import { describe, expect, it } from '@jest/globals';
import { read, refused } from './read-list.js';

describe('a line that holds an address or a MAC is never left out without a word', () => {
  it.each([
    ['a tab before a comment', '127.60.0.10 # Meier\n127.60.0.13\t# Hans\n', ['1 127.60.0.10 -', '2 127.60.0.13 -']],
    ['a tab in the first line', '127.60.0.13\t# Hans\n127.60.0.10 # Meier\n', ['1 127.60.0.13 -', '2 127.60.0.10 -']],
    ['a semicolon in a text', '127.60.0.10 // Meier\n127.60.0.11 ; Hans\n', ['1 127.60.0.10 -', '2 127.60.0.11 -']],
  ])('a plain list with %s is read as a whole, also as an exclusion', async (_, text, phones) => {
    expect((await read(text)).phones).toEqual(phones);
    expect((await read(text, [], true)).phones).toEqual(phones);
  });

  it.each([
    ['above a table', 'Server at 127.60.0.1\n127.60.0.10,x\n127.60.0.11,y\n', 1],
    ['as a name above a table', 'phone1.example.com\n127.60.0.10,x\n', 1],
    ['above a header, in few cells', 'Old: 127.60.0.9\nNr;IP;MAC\n1;127.60.0.10;\n', 1],
    ['below, as a total', 'address,note\n127.60.0.10,a\nSumme 127.60.0.12\n', 3],
    ['below a table, as a text', 'address,mac,note\n127.60.0.10,,a\nand also 127.60.0.12\n', 3],
    ['below a plain list', '127.60.0.10\nTotal: 127.60.0.11\n', 2],
    ['as a MAC below', '127.60.0.10\nalso SEP00CCFC000011\n', 2],
    ['as an item', '# exclude\n - 127.60.0.5\n', 2],
    ['as a value', 'exclude: 127.60.0.5\n', 1],
    ['behind a name', '127.60.0.10 Reception\nLobby 127.60.0.11\n', 2],
    ['far below', `${'127.60.0.10\n'.repeat(70)}see 127.60.0.11\n`, 71],
    ['with another separator', 'Room;IP Address;MAC\n101;127.60.0.10;00CCFC000010\n102,127.60.0.11,00CCFC000011\n', 3],
    ['with another separator, as wide', 'Room;IP Address;MAC\n101;127.60.0.10;\n102,127.60.0.11,00CCFC000011;;\n', 3],
    ['in a row that lacks cells', 'Room;IP Address;MAC\n101;127.60.0.10;\n127.60.0.11\n', 3],
    ['between bars', 'Room,IP Address,MAC\n101,127.60.0.10,\n102|127.60.0.11|00CCFC000011\n', 3],
  ])('%s it is refused with its line, and not shown', async (_, text, line) => {
    for (const message of [await refused(text), await refused(text, [], true)]) {
      expect(message).toMatch(new RegExp(`^list:${line}: `));
      expect(message).not.toMatch(/Summe|Server|102/);
    }
  });

  it('comments, and other addresses in columns that say so, are no phones', async () => {
    const text =
      '# made on 127.60.0.250\nDevice Name,IP Address,DefaultRouter,DNS\nSEP00CCFC000001,127.60.0.10,127.60.0.1,\n# 127.60.0.8,x,y\n,None,127.60.0.1,"127.60.0.2, 127.60.0.3"\n,,127.60.0.1,\n';
    const { phones, warnings } = await read(text);
    expect(phones).toEqual(['3 127.60.0.10 00CCFC000001']);
    expect(warnings[0]).toContain('2 rows with neither an address nor a MAC (line 5 first)');
  });

  it.each([
    ['an address', `${'Phone,,127.60.0.1\n'.repeat(61)}Phone 99,127.60.0.10,127.60.0.1\n`],
    ['a MAC', `${'127.60.1.1,x\n'.repeat(61)}127.60.0.10,00CCFC0000EE\n`],
    ['a MAC among addresses', `${'127.60.1.1,x\n'.repeat(61)}00CCFC0000EE,x\n`],
    ['a MAC, in a plain list', `${'127.60.1.1\n'.repeat(61)}127.60.0.10 00CCFC0000EE\n`],
  ])('%s in a column that had none in the beginning, without a header, is refused', async (_, text) => {
    expect(await refused(text)).toMatch(/^list:62: .*name the columns in a first line/);
  });

  it('totals with counts in several columns are no row', async () => {
    for (const word of ['Totals', 'Count', 'Summe', 'Gesamt', 'Nombre']) {
      const text = `address,mac,note\n127.60.0.10,00CCFC000001,a\n${word},1,1\n`;
      expect((await read(text)).phones).toEqual(['2 127.60.0.10 00CCFC000001 note=a']);
    }
    // A site may be called so; its phone is one all the same.
    expect((await read('note,address,mac\nTotal,127.60.0.10,\n')).phones).toEqual(['2 127.60.0.10 - note=Total']);
    expect((await read('note,address,mac\nTotal,a.example.com,\n')).phones).toEqual(['2 a.example.com - note=Total']);
  });
});

describe('what may be a password is never shown or read as something else', () => {
  it.each([
    [[], 'Hans,,TopSecret99\nFritz,127.60.0.11,pw2\n'],
    [['mac=MAC'], 'Hans,,TopSecret99\nFritz,127.60.0.11,pw2\n'],
    [[], 'Hans;TopSecret\nFritz;127.60.0.11\n'],
  ])('with %j, a row above the first address', async (columns, text) => {
    const message = await refused(text, columns);
    expect(message).toMatch(/^list:1: there is no address/);
    expect(message).not.toMatch(/Hans|Secret/);
  });

  it.each(['Password', 'SNMP community', 'ApiKey', 'auth_pass', 'PIN', 'Kennwort', 'pre-shared-key'])(
    'a separator that may be in %s: the row is refused',
    async (name) => {
      const message = await refused(`IP,Room,Description,${name}\n127.60.0.10,1,hall,top,Secret\n`);
      expect(message).toMatch(/^list:2: the row has 5 cells, but the header names 4/);
      expect(message).not.toContain('Secret');
    },
  );

  it('a separator that cannot be in the password: the row is read', async () => {
    const text = 'Shipping,IP,Password\nBonn, hall,127.60.0.10,x\n';
    expect((await read(text)).phones).toEqual(['2 127.60.0.10 -']);
  });
});
