import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkCapture } from '../../../src/contact/capture/check.js';
import { checkInWords } from '../../../src/contact/capture/check-words.js';
import { about, type Manifest } from '../../../src/contact/capture/manifest.js';
import { runs } from '../../support/depth.js';
import { disguisedPage, newDisguise, words } from '../support/disguise.js';
import { profiles } from '../support/meet.js';

const manifest: Manifest = {
  schema: 'fleet-migrate/capture@1',
  about,
  version: '0.0.0',
  madeAt: '2026-11-28T00:00:00.000Z',
  address: '192.0.2.1',
  ports: [],
  access: null,
  exchanges: [],
  readings: [],
  replaced: [{ kind: 'mac', times: 2, files: ['pages/001-start.html'] }],
  standIns: ['192.0.2.1', '02a1b2c3d4e5', 'qwbtz', 'host1.example', '7316'],
};

const exchange: Manifest['exchanges'][number] = {
  method: 'GET',
  path: '/admin/advanced',
  endpoint: { scheme: 'http', port: 80 },
  sent: [],
  status: 200,
  headers: {},
  charset: 'utf8',
  file: null,
  failure: null,
  tookMs: 1,
};

const access: NonNullable<Manifest['access']> = {
  endpoint: { scheme: 'https', port: 443 },
  protocol: 'TLSv1.3',
  scheme: 'https',
  checked: true,
  signedInBy: null,
  certified: null,
};

function check(page: string): ReturnType<typeof checkCapture> {
  return checkCapture({ manifest, files: new Map([['pages/001-start.html', page]]) }, profiles, words);
}

const row = (label: string, value: string): string => `<table><tr><td>${label}</td><td>${value}</td></tr></table>`;

describe('the check of a capture', () => {
  it.each([
    ['a MAC', row('Host', '00:CC:FC:12:34:56')],
    ['a MAC in a name', row('Host', 'SEP00CCFC123456')],
    ['an IP address', row('Host', '10.1.2.3')],
    ['an address of a documentation range that is no stand-in', row('Host', '192.0.2.99')],
    ['an e-mail address', row('Contact', 'john@example.com')],
    ['a serial number', row('Anything', 'FCH2012ABCD')],
    ['a host name', row('Rule', 'http://files.corp.com/a.loads')],
    ['a user in a URL', row('Rule', 'http://me:word@host1.example/a.loads')],
    ['a long token', '<a href="/x?sid=9f8a7b6c5d4e3f2a1b0c9d8e">x</a>'],
    ['a phone number', '<p>Call 00493012345678</p>'],
    ['a name beside a label', row('Station Name', 'John Smith')],
    ['an extension', row('Extension', '4711')],
    ['a comment', '<p>x</p><!-- by Ottilie -->'],
    ['a comment in a script', '<script>// by Ottilie\n</script>'],
    ['a name in a status', row('Upgrade Status', 'Asked for by Ottilie')],
    ['a name after a product name', row('Product Name', 'CP-8841-OTTILIE')],
    ['a phone number in pairs', row('Anything', '01 42 68 53 71')],
    ['a phone number in a status', row('Upgrade Status', 'Registered (030) 385-5688')],
    ['an extension in a status', row('Upgrade Status', 'Registered 4082')],
    ['a password', '<input type="password" value="hunter2">'],
    ['a host in a script', '<script>var at = "cucm.corp.example.com";</script>'],
  ])('finds %s', (_what, page) => {
    expect(check(page).suspicious).not.toEqual([]);
  });

  it('finds nothing in stand-ins and in what readers need', () => {
    const page = [
      row('Station Name', 'Qwbtz'),
      row('MAC Address', '02:A1:B2:C3:D4:E5'),
      row('Rule', 'http://host1.example/$MA.loads'),
      row('Extension', '7316'),
      row('Software Version', 'sip88xx.12-0-3MPP0001-87'),
      row('Subnet Mask', '255.255.255.0'),
      '<input type="password" value="********">',
    ].join('');
    const { suspicious, left } = check(page);
    expect(suspicious).toEqual([]);
    expect(left.values.map(({ text }) => text)).toEqual([
      '255.255.255.0',
      'http://host1.example/$MA.loads',
      'sip88xx.12-0-3MPP0001-87',
    ]);
    expect(left.labels.map(({ text }) => text)).toEqual(['Extension', 'Rule', 'Station Name', 'Subnet Mask']);
  });

  it('finds nothing in what a capture made, whatever the page was', () => {
    const piece = fc.constantFrom(
      ...[
        '<tr>',
        '<td>',
        '</td>',
        '<p>',
        '<h2>',
        '</h2>',
        '<b>',
        '<script>',
        '</script>',
        '"',
        "'",
        '`',
        '// ',
        '/* ',
        '<!--',
        '-->',
      ],
      ...[
        'Ottilie',
        'Hagenbeck',
        'Station Name',
        'Ext 5012',
        '00CCFC123456',
        '10.1.2.3',
        'me@corp.com',
        'FCH2012ABCD',
        'is',
      ],
      ...[
        '<input value="',
        '<option>',
        '<a href="/x/',
        '?a=',
        '">',
        ':',
        ' ',
        '<?xml ',
        '<tag a="',
        '/>',
        '{"a":',
        '%41',
        '&amp;',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), fc.boolean(), (pieces, isXml) => {
        const disguise = newDisguise();
        const page = disguisedPage(`${isXml ? '<?xml version="1.0"?>' : ''}${pieces.join('')}`, disguise);
        const made = { ...manifest, standIns: [manifest.address, ...disguise.standIns.all] };
        const { suspicious } = checkCapture(
          { manifest: made, files: new Map([['pages/001-start.html', page]]) },
          profiles,
          words,
        );
        expect({ page, suspicious }).toEqual({ page, suspicious: [] });
      }),
      { numRuns: runs(100, 1_000) },
    );
  });

  it.each([
    ['who the certificate names', { access: { ...access, certified: '00CCFC123456' } }, '00ccfc123456'],
    ['what it says of itself', { about: 'The phone of Ottilie' }],
    ['names of headers', { exchanges: [{ ...exchange, headers: { 'x-ottilie': 'yes' } }] }],
    ['the path of a cookie', { exchanges: [{ ...exchange, headers: { 'set-cookie': 'a=1; path=/ottilie' } }] }],
    ['what was sent', { exchanges: [{ ...exchange, sent: ['ottilie'] }] }],
  ])('finds a name in a manifest: %s', (_where, changed, text = 'ottilie') => {
    const { suspicious } = checkCapture({ manifest: { ...manifest, ...changed }, files: new Map() }, profiles, words);
    expect(suspicious.map((one) => one.text.toLowerCase())).toContain(text);
  });

  it('shows a file that somebody put into it', () => {
    const { suspicious } = checkCapture({ manifest, files: new Map(), foreign: ['pages/notes.txt'] }, profiles, words);
    expect(suspicious).toEqual([
      { text: 'pages/notes.txt', why: 'a file that is not part of the capture', files: ['pages/notes.txt'] },
    ]);
  });

  it('shows long texts to their end', () => {
    const text = `${'upgrade failed because the server was not found '.repeat(8)}Page Park`;
    const shown = checkInWords(check(row('Upgrade Status', text)), manifest, 'phone.zip');
    expect(shown.replace(/\s+/g, ' ')).toContain(text.replace(/\s+/g, ' '));
    expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThan(200);
  });

  it('shows everything that is left, and never a password', () => {
    const found = check(`<h1>Phone of somebody</h1>${row('Room', 'Attic')}<input type="password" value="hunter2">`);
    const text = checkInWords(found, manifest, 'phone.zip');
    expect(text).toContain('Phone of somebody');
    expect(text).toMatch(/Suspicious \(3\)/);
    expect(text).toMatch(/Attic {3}\[pages\/001-start\.html\]: .*perhaps a name/);
    expect(text).not.toContain('hunter2');
  });
});
