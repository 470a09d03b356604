import { describe, expect, it } from '@jest/globals';
import { type Asked, askedOf, type KeptTargets } from '../../../src/domain/report/asked.js';

const mac = '00CCFC123456';

/** What a run with these options says of an address that it does not list, and of the phone that the other run saw there. */
function asks(args: Record<string, unknown>, address: string, more: Partial<Asking> = {}): Asked {
  const { isWhole = true, phone = null, ofRun } = more;
  const kept: KeptTargets = { args, ...(ofRun === undefined ? {} : { ofRun: { phones: ofRun } }) };
  return askedOf(kept, isWhole)(address, phone);
}

interface Asking {
  isWhole: boolean;
  phone: string | null;
  ofRun: { address: string | null; hint: { mac?: string } }[];
}

describe('what a run that got to all of its targets asked, of what it does not list', () => {
  const table: [string, Record<string, unknown>, string, Asked][] = [
    ['an address of its subnet', { subnet: ['10.0.0.0/24'] }, '10.0.0.9', 'yes'],
    ['one of a subnet that was written with host bits', { subnet: ['10.0.0.77/24'] }, '10.0.0.9', 'yes'],
    ['one of a subnet that was kept alone, not in a list', { subnet: '10.0.0.0/24' }, '10.0.0.9', 'yes'],
    ['the address of the network itself, which no host has', { subnet: ['10.0.0.0/24'] }, '10.0.0.0', 'no'],
    ['the broadcast address', { subnet: ['10.0.0.0/24'] }, '10.0.0.255', 'no'],
    ['both of a /31', { subnet: ['10.0.0.4/31'] }, '10.0.0.4', 'yes'],
    ['the one of a /32', { subnet: ['10.0.0.4/32'] }, '10.0.0.4', 'yes'],
    ['the next one after a subnet', { subnet: ['10.0.0.0/24'] }, '10.0.1.1', 'no'],
    ['one of the second subnet', { subnet: ['10.0.0.0/24', '10.9.0.0/16'] }, '10.9.200.1', 'yes'],
    ['the address that it was given', { target: ['10.0.0.9'] }, '10.0.0.9', 'yes'],
    ['another address than that', { target: ['10.0.0.9'] }, '10.0.0.90', 'no'],
    ['the first of a range', { target: ['10.0.0.5-40'] }, '10.0.0.5', 'yes'],
    ['the last of a range', { target: ['10.0.0.5-40'] }, '10.0.0.40', 'yes'],
    ['the one after a range', { target: ['10.0.0.5-40'] }, '10.0.0.41', 'no'],
    ['one of a range over two networks', { target: ['10.0.0.250-10.0.1.3'] }, '10.0.1.0', 'yes'],
    ['an excluded address', { subnet: ['10.0.0.0/24'], exclude: ['10.0.0.9'] }, '10.0.0.9', 'no'],
    ['one beside it', { subnet: ['10.0.0.0/24'], exclude: ['10.0.0.9'] }, '10.0.0.8', 'yes'],
    ['one of an excluded range', { subnet: ['10.0.0.0/24'], exclude: ['10.0.0.5-40'] }, '10.0.0.40', 'no'],
    ['one of an excluded subnet', { subnet: ['10.0.0.0/16'], exclude: ['10.0.7.0/24'] }, '10.0.7.0', 'no'],
    // Where a name led to then is not kept.
    [
      'any address, where a name is excluded',
      { subnet: ['10.0.0.0/24'], exclude: ['desk.lan'] },
      '10.0.0.9',
      'unknown',
    ],
    ['any, where a list is excluded', { subnet: ['10.0.0.0/24'], exclude: ['/l/keep.csv'] }, '10.0.0.9', 'unknown'],
    ['any, where a list of another kind is', { subnet: ['10.0.0.0/24'], exclude: ['/l/keep'] }, '10.0.0.9', 'unknown'],
    [
      'an address that is excluded by itself, and others by a list',
      { subnet: ['10.0.0.0/24'], exclude: ['10.0.0.9', '/l/keep.csv'] },
      '10.0.0.9',
      'no',
    ],
    [
      'one of no subnet, where a list is excluded',
      { subnet: ['10.0.0.0/24'], exclude: ['/l/k.csv'] },
      '10.9.0.1',
      'no',
    ],
    ['any, where a list limits the run', { subnet: ['10.0.0.0/24'], limit: '/l/first.txt' }, '10.0.0.9', 'unknown'],
    [
      'any, where a number of phones that was not reached does',
      { subnet: ['10.0.0.0/24'], limit: 50 },
      '10.0.0.9',
      'yes',
    ],
    ['the same number as it was typed', { subnet: ['10.0.0.0/24'], limit: '50' }, '10.0.0.9', 'yes'],
    // A phone of a list, a name or a cluster is listed, whether it answered or not.
    ['any, of a run of a list', { inventory: ['/l/phones.csv'] }, '10.0.0.9', 'no'],
    ['any, of a run of host names', { target: ['desk.lan'] }, '10.0.0.9', 'no'],
    ['any, of a run of a cluster', { ucm: 'ucm.lan' }, '10.0.0.9', 'no'],
    ['one of the subnet beside a list', { inventory: ['/l/p.csv'], subnet: ['10.0.0.0/24'] }, '10.0.0.9', 'yes'],
    // A later version may write targets that this one cannot read.
    ['any, where it is not understood what it was given', { target: ['10.0.0.x-y/z'] }, '10.0.0.9', 'unknown'],
    ['one that is asked for by another word than that', { target: ['?', '10.0.0.9'] }, '10.0.0.9', 'yes'],
    [
      'any, where it is not understood what is excluded',
      { subnet: ['10.0.0.0/24'], exclude: ['?'] },
      '10.0.0.9',
      'unknown',
    ],
    ['what is no address', { subnet: ['10.0.0.0/24'] }, 'desk.lan', 'no'],
    ['any, of a run without targets', {}, '10.0.0.9', 'no'],
  ];

  it.each(table)('%s', (_name, args, address, expected) => {
    expect(asks(args, address)).toBe(expected);
  });

  describe('of the phones of an earlier run', () => {
    const ofRun = [
      { address: '10.0.0.5', hint: { mac } },
      { address: '10.0.0.6', hint: {} },
    ];
    const fromRun = { 'from-run': '2026' };

    it('asked where they were then', () => {
      expect(asks(fromRun, '10.0.0.5', { ofRun, phone: mac })).toBe('yes');
      expect(asks(fromRun, '10.0.0.6', { ofRun, phone: null })).toBe('yes');
    });

    it('asked there whoever is there now', () => {
      expect(asks(fromRun, '10.0.0.5', { ofRun, phone: '00CCFC999999' })).toBe('yes');
    });

    it('asked nobody else', () => {
      expect(asks(fromRun, '10.0.0.7', { ofRun, phone: '00CCFC999999' })).toBe('no');
    });

    it('asked nothing at the place to which one of them has moved, and cannot say that it is gone', () => {
      expect(asks(fromRun, '10.0.0.9', { ofRun, phone: mac })).toBe('unknown');
    });

    it('looked for one without an address, but not everywhere', () => {
      const sought = [{ address: null, hint: { mac } }];
      expect(asks(fromRun, '10.9.0.9', { ofRun: sought, phone: mac })).toBe('unknown');
      expect(asks({ ...fromRun, subnet: ['10.9.0.0/24'] }, '10.9.0.9', { ofRun: sought, phone: mac })).toBe('yes');
    });

    it('asked none that was excluded', () => {
      expect(asks({ ...fromRun, exclude: ['10.0.0.5'] }, '10.0.0.5', { ofRun, phone: mac })).toBe('no');
      expect(asks({ ...fromRun, exclude: ['10.0.0.0/24'] }, '10.0.0.9', { ofRun, phone: mac })).toBe('no');
      expect(asks({ ...fromRun, exclude: ['desk.lan'] }, '10.0.0.5', { ofRun, phone: mac })).toBe('unknown');
    });
  });
});

describe('what a run that did not get to all of its targets asked', () => {
  const unfinished = { isWhole: false };

  it('is not known of what it was given', () => {
    expect(asks({ subnet: ['10.0.0.0/24'] }, '10.0.0.9', unfinished)).toBe('unknown');
    expect(asks({}, '10.0.0.5', { ...unfinished, ofRun: [{ address: '10.0.0.5', hint: {} }] })).toBe('unknown');
  });

  it('is nothing of what it was not given', () => {
    expect(asks({ subnet: ['10.0.0.0/24'] }, '10.0.1.9', unfinished)).toBe('no');
    expect(asks({ subnet: ['10.0.0.0/24'], exclude: ['10.0.0.9'] }, '10.0.0.9', unfinished)).toBe('no');
    expect(asks({ subnet: ['10.0.0.0/24'], limit: '3' }, '10.0.1.9', unfinished)).toBe('no');
  });

  it.each([
    ['a list', { inventory: ['/l/phones.csv'] }],
    ['a name', { target: ['desk.lan'] }],
    ['a cluster', { ucm: 'ucm.lan' }],
  ])('may be anything, of %s', (_name, args) => {
    expect(asks(args, '10.0.0.9', unfinished)).toBe('unknown');
    expect(asks({ ...args, exclude: ['10.0.0.9'] }, '10.0.0.9', unfinished)).toBe('no');
  });
});

it.each([[null], [{}]])('nothing is known of a run of which only %j is kept', (kept) => {
  expect(askedOf(kept, true)('10.0.0.9', mac)).toBe('unknown');
});
