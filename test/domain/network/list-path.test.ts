import { describe, expect, it } from '@jest/globals';
import { namesList } from '../../../src/domain/network/list-path.js';

describe('a text among addresses', () => {
  it.each(['a.csv', 'b.JSON', 'dhcpd.leases', 'hosts.txt', 'scan.xml', 'lists/phones', 'C:\\lists\\phones', './x'])(
    '%s names a file',
    (text) => expect(namesList(text)).toBe(true),
  );

  it.each([
    '10.0.0.5',
    '10.0.0.0/24',
    '10.0.0.5-40',
    'phone1.example.com',
    'fe80::/10',
    'http://10.0.0.5/a',
    'phone/24',
  ])('%s does not', (text) => expect(namesList(text)).toBe(false));
});
