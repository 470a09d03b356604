import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UsageError } from '../../../src/domain/text/usage-error.js';
import { formatIpv4 } from '../../../src/domain/network/ipv4.js';
import { ChosenColumns } from '../../../src/inventory/lists/columns/chosen-columns.js';
import { readInventory, type Reading } from '../../../src/inventory/lists/inventory-file.js';
import type { InventoryRow } from '../../../src/inventory/lists/row.js';
import type { InventoryIo } from '../../../src/inventory/io.js';
import { worldOf } from '../support.js';

const reading = (io: Pick<InventoryIo, 'readFile'>): Reading => ({ io, chosen: new ChosenColumns(), warn: () => {} });

async function rowsOf(path: string, io: Pick<InventoryIo, 'readFile'>): Promise<InventoryRow[]> {
  const rows: InventoryRow[] = [];
  for await (const row of readInventory(path, reading(io))) rows.push(row);
  return rows;
}

/** Rows in short: `line address hint`. */
async function summaryOf(path: string, content: string | Uint8Array): Promise<string[]> {
  const rows = await rowsOf(path, worldOf({ [path]: content }));
  const shown = (address: InventoryRow['address']): string =>
    address === null ? '-' : address.kind === 'host' ? address.name : formatIpv4(address.range.first);
  return rows.map(({ address, hint, line }) => [line, shown(address), JSON.stringify(hint)].join(' '));
}

async function problemOf(path: string, content: string | Uint8Array): Promise<string> {
  try {
    await rowsOf(path, worldOf({ [path]: content }));
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('the file was accepted');
}

describe('a CSV inventory', () => {
  it('has a header and one row a phone', async () => {
    const csv =
      'address,mac,model,vid,site,note\n10.0.0.5,00:cc:fc:12:34:56,8841,V03,Bonn,"lobby, left"\nphone2.example.com,,,,,\n';
    expect(await summaryOf('p.csv', csv)).toEqual([
      '2 10.0.0.5 {"mac":"00CCFC123456","model":"8841","vid":"V03","site":"Bonn","note":"lobby, left"}',
      '3 phone2.example.com {}',
    ]);
  });

  it.each(['address', 'IP', 'Ip Address', ' HOST '])('takes the address under the name %j', async (name) => {
    expect(await summaryOf('p.csv', `Note,${name}\nx,10.0.0.5\n`)).toEqual(['2 10.0.0.5 {"note":"x"}']);
  });

  it('may come from a spreadsheet: byte order mark, semicolons, CRLF, columns and rows that are blank', async () => {
    const csv = '\ufeffaddress;mac;note;\r\n"10.0.0.5";SEP00CCFC123456;"a ""b""; c";\r\n;;;\r\n\r\n10.0.0.6;;x, y;;';
    expect(await summaryOf('p.csv', csv)).toEqual([
      '2 10.0.0.5 {"mac":"00CCFC123456","note":"a \\"b\\"; c"}',
      '5 10.0.0.6 {"note":"x, y"}',
    ]);
  });

  it('counts the lines of a cell with several lines', async () => {
    const csv = 'address,note\n10.0.0.5,"one\ntwo"\n10.0.0.6\n';
    expect(await summaryOf('p.csv', csv)).toEqual(['2 10.0.0.5 {"note":"one\\ntwo"}', '4 10.0.0.6 {}']);
  });

  it('is read row by row: the first row is there before the rest of the file is', async () => {
    let piecesRead = 0;
    const io: Pick<InventoryIo, 'readFile'> = {
      async *readFile() {
        yield 'address\n';
        for (; ; piecesRead += 1) yield `10.${piecesRead % 200}.0.1\n`.repeat(1_000);
      },
    };
    for await (const { line } of readInventory('endless.csv', reading(io))) if (line === 5_000) break;
    expect(piecesRead).toBeLessThan(200);
  });

  it.each([
    ['p.csv: the file is empty', ''],
    ['p.csv: the file is empty', ' \n\n'],
    [
      'p.csv:2: the columns "address" and "ip" have different addresses (10.0.0.5 and 10.0.0.6)',
      'address,ip\n10.0.0.5,10.0.0.6\n',
    ],
    ['p.csv:1: there is no address and no MAC', 'colour,model\nred,8841\n'],
    ['p.csv:1: there is no address: no column', 'Apparat;Nummer\nx;10.0.0.5\n'],
    ['p.csv:2: "00CCFC12345" is not a MAC address; write 12 hexadecimal digits', 'address,mac\n10.0.0.5,00CCFC12345\n'],
    ['p.csv:2: "000000000000" is not a MAC address', 'address,mac\n10.0.0.5,000000000000\n'],
    ['p.csv:3: address "10.0.0.500": each number of an IPv4 address is at most 255', 'address,mac\n\n10.0.0.500,\n'],
    ['p.csv:2: address "10.0.0.0/24": a subnet is not allowed here', 'address\n10.0.0.0/24\n'],
    ['p.csv:2: address 224.0.0.1: no phone can be in the multicast block', 'address\n224.0.0.1\n'],
    ['p.csv:2: the row has 3 cells, but the header names 2', 'address,mac\n10.0.0.5,,b\n'],
    ['p.csv:2: a quote is opened and never closed', 'address,note\n10.0.0.5,"open\n10.0.0.6,x\n'],
    ['p.csv:2: a quote stands inside a cell', 'address,note\n10.0.0.5,a"b"\n'],
    ['p.csv:2: there is text after a closing quote', 'address,note\n10.0.0.5,"a"b\n'],
    ['p.csv:2: the row is too long; look for a quote', `address,note\n10.0.0.5,${'x'.repeat(70_000)}\n`],
  ])('is refused: %s', async (message, content) => {
    expect(await problemOf('p.csv', content)).toContain(message);
  });

  it('that is not UTF-8 is in the code page of Windows, or refused', async () => {
    const latin1 = Uint8Array.from('address,site\n10.0.0.5,B\u00fcro\n', (letter) => letter.charCodeAt(0));
    expect(await summaryOf('p.csv', latin1)).toEqual(['2 10.0.0.5 {"site":"B\u00fcro"}']);
    const mixed = new TextEncoder().encode('address,site\n10.0.0.5,B\u00fcro\n10.0.0.6,?\n');
    mixed[mixed.length - 2] = 0xff;
    expect(await problemOf('p.csv', mixed)).toContain('p.csv: the file is not UTF-8 text');
    expect(await problemOf('p.csv', Uint8Array.of(0xff, 0xfe, 0x61, 0x00, 0x61))).toContain('not UTF-16');
    expect(await problemOf('p.csv', Uint8Array.of(0, 0, 0, 0, 97))).toContain('this is not a text');
  });
});

describe('a JSON inventory', () => {
  const rows =
    '[\n  {"address": "10.0.0.5", "MAC": "00cc.fc12.3456", "model": 8841, "vid": null},\n\n  {"host": "phone2"}\n]';

  it('is an array of objects', async () => {
    expect(await summaryOf('p.json', rows)).toEqual([
      '2 10.0.0.5 {"mac":"00CCFC123456","model":"8841"}',
      '4 phone2 {}',
    ]);
  });

  it('or an object with such an array under phones', async () => {
    expect(await summaryOf('p.JSON', `\ufeff{"made": "today",\n"phones": ${rows}}`)).toEqual([
      '3 10.0.0.5 {"mac":"00CCFC123456","model":"8841"}',
      '5 phone2 {}',
    ]);
  });

  it.each([
    ['p.json: the file is empty', ''],
    ['p.json: there is no list of phones', '{}'],
    ['p.json:1: a phone must be an object', '["10.0.0.5"]'],
    ['p.json:3: this is not valid JSON before', '[\n{"address":"10.0.0.5"}\n{"address":"10.0.0.6"}]'],
    ['p.json:2: this is not valid JSON before "]"', '[{"address":"10.0.0.5"},\n]'],
    ['p.json:1: this is not valid JSON at its end', '[{"address":"10.0.0.5"}'],
    ['p.json:1: the value of "address" must be text or a number', '[{"address":["10.0.0.5"]}]'],
    ['p.json:1: "x" is not a MAC address', '[{"address":"10.0.0.5","mac":"x"}]'],
  ])('is refused: %s', async (message, content) => {
    expect(await problemOf('p.json', content)).toContain(message);
  });
});

describe('an inventory file', () => {
  it('is told by its content, not by its name', async () => {
    expect(await summaryOf('phones.xlsx', 'address\n10.0.0.5')).toEqual(['2 10.0.0.5 {}']);
    expect(await summaryOf('phones.csv', '[{"address":"10.0.0.5"}]')).toEqual(['1 10.0.0.5 {}']);
    expect(await summaryOf('phones.json', '10.0.0.5\n')).toEqual(['1 10.0.0.5 {}']);
  });

  it('that cannot be read is named with the reason', async () => {
    for (const [code, words] of [
      ['ENOENT', 'there is no such file'],
      ['EACCES', 'permission denied'],
      ['EISDIR', 'it is a folder'],
      ['EIO', 'EIO'],
    ]) {
      const io: Pick<InventoryIo, 'readFile'> = {
        readFile: () => {
          throw Object.assign(new Error('secret detail'), { code });
        },
      };
      for (const path of ['p.csv', 'p.json']) {
        await expect(rowsOf(path, io)).rejects.toThrow(`${path}: the file cannot be read (${words})`);
      }
    }
  });

  it('that breaks half-way is refused too', async () => {
    const io: Pick<InventoryIo, 'readFile'> = {
      async *readFile() {
        yield 'address\n10.0.0.5\n10.';
        throw Object.assign(new Error('broken disk'), { code: 'EIO' });
      },
    };
    await expect(rowsOf('p.csv', io)).rejects.toThrow('p.csv: the file cannot be read (EIO)');
    await expect(rowsOf('p.csv', io)).rejects.toBeInstanceOf(UsageError);
  });

  it('never ends in anything but rows or a UsageError', async () => {
    const csvLike = fc
      .array(
        fc.constantFrom(
          'address',
          'mac',
          ',',
          ';',
          '"',
          '\n',
          '\r\n',
          '10.0.0.5',
          '\ufeff',
          '00CCFC123456',
          ' ',
          'x',
          '\u0000',
        ),
      )
      .map((parts) => parts.join(''));
    const jsonLike = fc.oneof(
      fc.json(),
      fc
        .array(fc.dictionary(fc.constantFrom('address', 'mac', 'x'), fc.jsonValue()))
        .map((rows) => JSON.stringify(rows)),
    );
    const content = fc.oneof(
      fc.uint8Array(),
      fc
        .oneof(
          fc.string(),
          csvLike,
          csvLike.map((text) => `address,mac\n${text}`),
          jsonLike,
        )
        .map((text) => new TextEncoder().encode(text)),
    );
    await fc.assert(
      fc.asyncProperty(content, fc.constantFrom('p.csv', 'p.json'), async (bytes, path) => {
        const error: unknown = await rowsOf(path, worldOf({ [path]: bytes })).then(
          () => null,
          (reason: unknown) => reason,
        );
        if (error !== null) expect(error).toBeInstanceOf(UsageError);
      }),
      { numRuns: 500 },
    );
  });
});
