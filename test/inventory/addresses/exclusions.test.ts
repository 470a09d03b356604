import { describe, expect, it } from '@jest/globals';
import { openTargets } from '../../../src/inventory/open-targets.js';
import { addressesOf, specOf, usageErrorOf, worldOf } from '../support.js';

describe('exclusions', () => {
  it('of a list are all of its addresses, also those that would be no targets', async () => {
    const world = worldOf({
      'dhcpd.leases': 'lease 10.0.0.1 { binding state free; }\n',
      'ris.txt': 'Device Name,IP Address\nCSFX,10.0.0.2\n',
    });
    const spec = { subnets: ['10.0.0.0/29'], excludes: ['dhcpd.leases', 'ris.txt'] };
    expect(await addressesOf(spec, world)).toEqual(['10.0.0.3', '10.0.0.4', '10.0.0.5', '10.0.0.6']);
  });

  it('win in every form', async () => {
    const world = worldOf(
      {
        'phones.csv': 'ip\n10.0.0.3\n10.0.0.7\nlobby\n',
        'not.csv': 'ip,mac\n10.0.0.6,\nprinter,\n',
        'not.json': '[{"ip":"10.0.0.5"}]',
      },
      { printer: ['10.0.0.10'], lobby: ['10.0.0.99'], kitchen: ['10.0.0.1'], hall: ['10.0.0.13'] },
    );
    const excludes = ['10.0.0.0/30', '10.0.0.8-9', '10.0.0.11', 'not.csv', 'not.json', 'LOBBY'];
    const spec = { subnets: ['10.0.0.0/28'], targets: ['kitchen', 'hall'], inventories: ['phones.csv'], excludes };
    expect(await addressesOf(spec, world)).toEqual(['10.0.0.7', '10.0.0.4', '10.0.0.12', '10.0.0.13', '10.0.0.14']);
  });

  it('of a plain list are its addresses, ranges and subnets, as those of --limit are', async () => {
    const world = worldOf({ 'not.txt': '10.0.0.1-2 # lobby\n# 10.0.0.9\n10.0.0.4/31\n10.0.0.7\n' });
    const spec = { subnets: ['10.0.0.0/28'], excludes: ['not.txt'] };
    const left = ['3', '6', '8', '9', '10', '11', '12', '13', '14'];
    expect(await addressesOf(spec, world)).toEqual(left.map((octet) => `10.0.0.${octet}`));
  });

  it('of a name are refused where nobody may be asked for its address', async () => {
    const world = { ...worldOf({ 'not.csv': 'ip\nlobby\n' }), lookup: null };
    const spec = { subnets: ['10.0.0.0/29'], excludes: ['10.0.0.1', 'kitchen.example.com'] };
    expect(await usageErrorOf(spec, world)).toBe(
      '--exclude kitchen.example.com: host names are not looked up in a rehearsal, so the phone "kitchen.example.com" cannot be excluded safely; give its address instead.',
    );
    expect(await usageErrorOf({ ...spec, excludes: ['not.csv'] }, world)).toMatch(
      /^not\.csv:2: host names are not looked up/,
    );
  });

  it.each([
    ['a slip in an address', '10.0.0.1\n10.0.0,2\n', /not\.txt:2: /],
    [
      'a line without an address',
      '10.0.0.1\nthe lobby, too\n',
      /not\.txt:2: this line is no address, so nothing can be excluded by it/,
    ],
    ['a title', 'Never touch:\n10.0.0.1\n', /not\.txt:1: this line is no address/],
    ['a subnet with words behind it', '10.0.0.2/31 floor 1\n', /not\.txt:1: this may be a subnet/],
    ['the same behind a tab', '10.0.0.2/31\tfloor 1\n', /not\.txt:1: this may be a subnet/],
    ['a range with blanks and words', '10.0.0.1 lobby\n10.0.0.2 - 4\n', /not\.txt:2: this may be a range/],
    [
      'a range above words',
      '10.0.0.1-3\n10.0.0.4 lobby\n',
      /not\.txt:2: this line is not one address, range, subnet or MAC/,
    ],
    ['a range in another cell', '10.0.0.1,10.0.0.2-4\n', /not\.txt:1: there is more than one address in the line/],
    ['the same in rows', '10.0.0.1,10.0.0.2-4\n10.0.0.9,10.0.0.12-14\n', /not\.txt:1: there is more than one address/],
    ['a range behind a blank', '10.0.0.1 10.0.0.2-4\n', /not\.txt:1: there is more than one address/],
    ['a range in a remark', '10.0.0.1 (old: 10.0.0.2-4)\n10.0.0.7\n', /not\.txt:1: there is more than one address/],
    [
      'several with several separators',
      '10.0.0.1, 10.0.0.2; 10.0.0.3\t10.0.0.4\n',
      /not\.txt:1: there is more than one/,
    ],
    ['a prefix behind a blank', '10.0.0.8 /29\n', /not\.txt:1: this may be a subnet/],
    ['a prefix behind a slash of its own', '10.0.0.8 / 29\n', /not\.txt:1: this may be a subnet/],
    ['a prefix in another cell', '10.0.0.8;29\n', /not\.txt:1: there are numbers behind the address/],
    ['a range in words', '10.0.0.1 to 4\n', /not\.txt:1: there are numbers behind the address/],
    ['several ends', '10.0.0.1,2,3\n', /not\.txt:1: there are numbers behind the address/],
    ['more of them', '10.0.0.1 & .2\n', /not\.txt:1: there are numbers behind the address/],
    ['a column of prefixes', 'address,prefix\n10.0.0.8,29\n', /not\.txt:2: the column "prefix" may say/],
    ['a column of masks', 'address,Netmask\n10.0.0.8,255.255.255.248\n', /not\.txt:2: the column "Netmask" may say/],
    [
      'a column of ends',
      'IP address,End IP address\n10.0.0.1,10.0.0.4\n',
      /not\.txt:2: the column "End IP address" may say/,
    ],
    ['a slip in another cell', '10.0.0.1,10.0.0.300\n', /not\.txt:1: there is more than one address/],
    ['a MAC', '10.0.0.1\n00CCFC123456\n', /not\.txt:2: there is no IPv4 address/],
  ])('are refused where they may mean more: %s', async (_what, text, message) => {
    const spec = { subnets: ['10.0.0.0/28'], excludes: ['not.txt'] };
    expect(await usageErrorOf(spec, worldOf({ 'not.txt': text }))).toMatch(message);
  });

  it.each([
    ['a subnet', '10.0.0.2/31\n'],
    ['a subnet with words', '10.0.0.1\n10.0.0.2/31 floor 1\n'],
    ['a range in the first line', '10.0.0.1-3\n10.0.0.9\n'],
    ['a range with blanks', '10.0.0.1\n10.0.0.2 - 4\n'],
    ['a slip', '10.0.0.1\n10.0.0,2\n'],
    ['a range in another cell', '10.0.0.1,10.0.0.2-4\n'],
    ['a second address with a slip', '10.0.0.1 10.0.0.300\n'],
  ])('a plain list of phones does not have %s', async (_what, text) => {
    expect(await usageErrorOf({ inventories: ['phones.txt'] }, worldOf({ 'phones.txt': text }))).toMatch(
      /phones\.txt:\d/,
    );
  });

  it('take away a name when one of its addresses is excluded', async () => {
    const world = worldOf({}, { twofold: ['10.0.0.1', '10.0.0.2'] });
    expect(await addressesOf({ targets: ['twofold'], excludes: ['10.0.0.2'] }, world)).toEqual([]);
  });

  it('can be asked for, so that the search for a phone that moved leaves them alone', async () => {
    const source = await openTargets(
      specOf({ subnets: ['10.0.0.0/24'], excludes: ['10.0.0.128/25', 'hall'] }),
      worldOf({}, { hall: ['10.0.0.3'] }),
    );
    expect(['10.0.0.127', '10.0.0.128', '10.0.0.3', 'HALL', 'x'].map((text) => source.isExcluded(text))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('by a name that does not resolve are refused, as its phone could still be reached', async () => {
    expect(await usageErrorOf({ targets: ['10.0.0.1'], excludes: ['nowhere'] })).toBe(
      '--exclude nowhere: the host name "nowhere" does not resolve (ENOTFOUND), so its phone cannot be excluded safely; give its address instead.',
    );
    expect(
      await usageErrorOf({ targets: ['10.0.0.1'], excludes: ['x.csv'] }, worldOf({ 'x.csv': 'ip\nnowhere\n' })),
    ).toContain('x.csv:2: the host');
  });

  it('by a file that is empty are refused, by a file with only a header not', async () => {
    const world = worldOf({ 'empty.csv': '', 'none.csv': 'address\n' });
    expect(await usageErrorOf({ targets: ['10.0.0.1'], excludes: ['empty.csv'] }, world)).toContain(
      'empty.csv: the file is empty',
    );
    expect(await addressesOf({ targets: ['10.0.0.1'], excludes: ['none.csv'] }, world)).toEqual(['10.0.0.1']);
  });

  it('may leave nothing', async () => {
    expect(await addressesOf({ subnets: ['10.0.0.0/24'], excludes: ['10.0.0.0/8'] })).toEqual([]);
  });
});
