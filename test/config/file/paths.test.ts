import { describe, expect, it } from '@jest/globals';
import { pathFromFile } from '../../../src/config/file/paths.js';

describe('a path in a file', () => {
  const from = (text: string, kind: string): string =>
    pathFromFile(text, kind, '/etc/fleet/fleet-migrate.yaml', '/home/op');

  it.each([
    ['is relative to the folder of the file', 'ca.pem', 'FILE', '/etc/fleet/ca.pem'],
    ['may lead out of it', '../ca.pem', 'FILE', '/etc/ca.pem'],
    ['may be absolute', '/srv/ca.pem', 'FILE', '/srv/ca.pem'],
    ['may begin at home', '~/ca.pem', 'PATH', '/home/op/ca.pem'],
    ['may be a folder', 'pages', 'DIR', '/etc/fleet/pages'],
    ['is a file where it could be a number', 'first.txt', 'N|FILE', '/etc/fleet/first.txt'],
    ['is a file where it could be a name', 'my.yaml', 'NAME|FILE', '/etc/fleet/my.yaml'],
    ['is a file in a folder where it could be a name', 'mine/it', 'NAME|FILE', '/etc/fleet/mine/it'],
  ])('%s', (_name, text, kind, expected) => {
    expect(from(text, kind)).toBe(expected);
  });

  it.each(['csv', 'json', 'txt', 'xlsx', 'leases', 'xml', 'tsv'])(
    'is a list where it could be an address: by the ending .%s',
    (ending) => {
      expect(from(`keep.${ending}`, 'CIDR|HOST|RANGE|FILE')).toBe(`/etc/fleet/keep.${ending}`);
    },
  );

  it('is a list where it could be an address: by a folder in it', () => {
    expect(from('lists/keep', 'CIDR|HOST|RANGE|FILE')).toBe('/etc/fleet/lists/keep');
    expect(from('~/keep', 'CIDR|HOST|RANGE|FILE')).toBe('/home/op/keep');
  });

  it.each([
    ['a number', '5', 'N|FILE'],
    ['a name', 'mpp-to-enterprise', 'NAME|FILE'],
    ['an address', '10.0.0.5', 'CIDR|HOST|RANGE|FILE'],
    ['a range', '10.0.0.5-40', 'CIDR|HOST|RANGE|FILE'],
    ['a subnet', '10.0.0.0/24', 'CIDR|HOST|RANGE|FILE'],
    ['a host name', 'phone7.example.com', 'CIDR|HOST|RANGE|FILE'],
    ['a URL', 'http://10.0.0.5/x.csv', 'PATH|URL'],
    ['any other text', 'first', 'TEXT'],
  ])('is not meant by %s', (_name, text, kind) => {
    expect(from(text, kind)).toBe(text);
  });
});
