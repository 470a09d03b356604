import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isUsageError } from '../../../src/domain/text/usage-error.js';
import { read } from './read-list.js';

const pieces = fc.constantFrom(
  ...[
    'address',
    'mac',
    'Device Name',
    'model',
    'Name',
    'sep=;',
    '#TYPE',
    'header-hostrecord',
    'hwaddr',
    'expire',
    'valid_lifetime',
  ],
  ...[',', ';', '\t', ' ', '"', '\n', '\r\n', '\r', '{', '}', '[', ']', ':', '\u0000', '\ufeff', '\u00fc'],
  ...[
    '10.0.0.5',
    '10.0.0.5/24',
    '10.0.0.500',
    'fe80::1',
    '00CCFC000001',
    'SEP00CCFC000001',
    'CSFX',
    '1.2E+11',
    'None',
    'Total',
    'x',
  ],
  ...[
    'lease 10.0.0.5 {',
    'hardware ethernet ',
    'binding state active;',
    '<nmaprun',
    '<host>',
    '</host>',
    '<address addr="',
    'Host: 10.0.0.5 ()',
  ],
  ...['{"items":', '"phones"', '"ip":"10.0.0.5"', '{"address":', '1700000000 00:cc:fc:00:00:01 10.0.0.5 * *'],
);
const junk = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''));

const octet = fc.nat(254).map((n) => n + 1);
const phone = fc.record({
  address: fc.tuple(octet, octet).map(([a, b]) => `10.0.${a}.${b}`),
  mac: fc.nat(0xfffffe).map((n) => `00CCFC${(n + 1).toString(16).padStart(6, '0').toUpperCase()}`),
  note: fc.stringMatching(/^[a-z,;"\t\n ü]{0,12}$/),
});
const quoted = (cell: string): string => (/[,;"\t\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);

describe('any list', () => {
  it('ends in phones or a UsageError, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        junk,
        fc.boolean(),
        fc.constantFrom<string[]>([], ['mac=Name']),
        async (text, every, columns) => {
          const error: unknown = await read(text, columns, every).then(
            () => null,
            (reason: unknown) => reason,
          );
          if (error !== null) expect(isUsageError(error) ? '' : error).toBe('');
        },
      ),
      { numRuns: 400 },
    );
  });

  it('says the same with any separator, order of columns, line break, encoding, title and total', async () => {
    const orders = fc.shuffledSubarray(['IP Address', 'MAC Address', 'Description', 'Other'], { minLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(phone, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(',', ';', '\t'),
        orders,
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom<BufferEncoding>('utf8', 'utf16le'),
        fc.boolean(),
        async (phones, delimiter, order, lineBreak, encoding, isFramed) => {
          const cells: Record<string, (one: (typeof phones)[number]) => string> = {
            'IP Address': ({ address }) => address,
            'MAC Address': ({ mac }) => mac,
            // Between tabs a quote may be a letter: one that begins a cell of several lines is refused.
            Description: ({ note }) => (delimiter === '\t' ? note.replaceAll('"', '') : note),
            Other: () => '10.99.99.99',
          };
          const table = [order, ...phones.map((one) => order.map((name) => quoted(cells[name]?.(one) ?? '')))];
          const rows = table.map((row) => row.join(delimiter));
          const lines = isFramed ? ['Phones of Bonn', '', ...rows, `Total${delimiter}${phones.length}`] : rows;
          const text = `\ufeff${lines.join(lineBreak)}${lineBreak}`;
          const found = await read(Buffer.from(text, encoding));
          expect(found.phones.map((line) => line.split(' ').slice(1, 3))).toEqual(
            phones.map(({ address, mac }) => [address, mac]),
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});
