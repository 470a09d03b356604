import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { disguisedPage, newDisguise } from '../support/disguise.js';

const mac = fc
  .array(fc.integer({ min: 0, max: 15 }), { minLength: 12, maxLength: 12 })
  .map((digits) => digits.map((one) => one.toString(16)).join(''));

describe('a MAC', () => {
  it('becomes a locally administered one, the same in every spelling', () => {
    fc.assert(
      fc.property(mac, (digits) => {
        fc.pre(!/^(?:0+|f+)$/.test(digits));
        const disguise = newDisguise();
        disguise.learnMac(digits);
        const pairs = digits.match(/../g) ?? [];
        const spellings = [
          digits,
          digits.toUpperCase(),
          pairs.join(':'),
          pairs.join(' '),
          pairs.join('-').toUpperCase(),
          (digits.match(/.{4}/g) ?? []).join('.'),
        ];
        const made = spellings.map((one) => disguise.value(one, 'Anything'));
        const bare = made.map((one) => one.replace(/[^0-9a-f]/gi, '').toLowerCase());
        expect(new Set(bare).size).toBe(1);
        expect(bare[0]).toMatch(/^02[0-9a-f]{10}$/);
        expect(made.map((one) => one.replace(/[0-9a-f]/gi, ''))).toEqual(
          spellings.map((one) => one.replace(/[0-9a-f]/gi, '')),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('is found within names, files and links', () => {
    const disguise = newDisguise();
    disguise.learnMac('00CCFC123456');
    const made = disguise.standIns.mac('00CCFC123456');
    expect(disguise.label('SEP00CCFC123456', 'alone')).toBe(`SEP${made}`);
    expect(disguise.link('/spa00ccfc123456.cfg')).toBe(`/spa${made.toLowerCase()}.cfg`);
    expect(disguise.mark('row-00%3ACC%3AFC%3A12%3A34%3A56').replace(/%3A/g, '').toUpperCase()).toBe(`ROW-${made}`);
  });
});

describe('what is personal by its form', () => {
  const disguise = newDisguise();

  it('is replaced in texts of attributes, where only a known label is one', () => {
    const page =
      '<img alt="Photo of Adalbert"><a title="Gertrude" href="/x">x</a><input name="7" placeholder="Eleonora" aria-label="Upgrade Rule">';
    const made = disguisedPage(page);
    for (const word of ['Adalbert', 'Gertrude', 'Eleonora']) expect(made).not.toContain(word);
    expect(made).toContain('aria-label="Upgrade Rule"');
  });

  it('is replaced in headers that readers do not need, and in the domain of a cookie', () => {
    expect(disguise.header('set-cookie', 'session=abc123; Path=/; domain=phone7.acme-corp.de')).toMatch(
      /^session=\w{6}; Path=\/; domain=host\d+\.example$/,
    );
    const cookie = disguise.header(
      'set-cookie',
      'sid=a1; Path=/; Comment="Brunhilde Burgund 4711"; User=Giselher; Max-Age=3600; SameSite=Lax; HttpOnly, other=Hagen; Secure',
    );
    expect(cookie).toMatch(
      /^\w{3}=\w\d; Path=\/; Comment="\w{9} \w{7} \d{4}"; User=\w{8}; Max-Age=3600; SameSite=Lax; HttpOnly, other=\w{5}; Secure$/,
    );
    for (const name of ['Brunhilde', 'Burgund', '4711', 'Giselher', 'Hagen']) expect(cookie).not.toContain(name);
    expect(disguise.header('cache-control', 'private, x-user=Anneliese')).not.toContain('Anneliese');
    expect(disguise.header('content-type', 'text/html; charset=utf-8')).toBe('text/html; charset=utf-8');
  });

  it.each([
    'sip.acme-corp.de',
    'sipproxy-2.acme.internal',
    'sip1.acme-corp.de',
    'kern.maria',
    'term-22.whitehall',
    'apps.topsecretword',
  ])('is replaced although a load begins alike: %s', (text) => {
    const made = disguise.value(text, 'Anything');
    for (const word of text.split(/[.-]/).filter((one) => one.length > 3)) expect(made).not.toContain(word);
  });

  it.each([
    ['01 42 68 53 71', '68 53'],
    ['+33 6 12 34 56 78', '12 34'],
    ['01.42.68.53.72', '68.53'],
    ['47 12', '47 12'],
    ['47\u00a011\u00a008', '11\u00a008'],
    ['47\u201111\u201108', '11\u201108'],
    ['23  76  31', '76  31'],
    ['(030) 385-5688', '385-5688'],
    ['012\u201386371', '86371'],
    ['ip10.11.12.13', '11.12'],
    ['_10.11.12.14_', '11.12'],
    ['::ffff:10.11.12.15', '11.12'],
    ['प्रिया शर्मा', 'प्रिया', 'शर्मा'],
    ['王 芳', '王', '芳'],
    ['สมชัย ใจดี', 'สมชัย', 'ใจดี'],
    ['sip1.10thfloor.lefebvre.corp', 'thfloor', 'lefebvre'],
    ['sip01.1.lefebvre-acme.internal', 'lefebvre', 'acme'],
    ['CP-8841-LEFEBVRE-BERLIN', 'LEFEBVRE', 'BERLIN'],
    ['11-2SRobinson_Lefebvre', 'Robinson', 'Lefebvre'],
    ['1971-05-23', '1971'],
    ['5551-23-45', '5551'],
  ])('is replaced in any spelling: %s', (text, ...parts) => {
    for (const made of [
      disguise.value(text, 'Anything'),
      disguise.scriptText(text),
      disguise.label(`Ext ${text}`, 'beside'),
    ])
      for (const part of parts) expect(made).not.toContain(part);
  });

  it('keeps how a link is meant', () => {
    expect(disguise.link('tel:+33-1-42-68-53-75')).toMatch(/^tel:\+\d\d-\d-\d\d-\d\d-\d\d-\d\d$/);
    expect(disguise.link('tel:+33-1-42-68-53-75')).not.toContain('42-68');
  });

  it('is replaced in statuses, too, where the same word was a value', () => {
    disguise.value('Ottilie', 'Station Name');
    expect(disguise.value('Asked for by Ottilie', 'Upgrade Status')).not.toContain('Ottilie');
  });

  it.each([
    ['an address', '10.1.2.3', /^192\.0\.2\.\d+$/],
    ['an IPv6 address', 'fe80::2cc:fcff:fe12:3456', /^2001:db8::[0-9a-f]+$/],
    ['a mail address', 'john@corp.example.com', /^user\d+@mail\.example$/],
    ['a host', 'cucm1.corp.example.com', /^host\d+\.example$/],
    ['a serial number', 'FCH2012ABCD', /^[A-Z]{3}\d{4}[A-Z]{4}$/],
    ['an extension', '4711', /^[1-9]\d{3}$/],
    ['a name', 'Müller', /^[A-Z][a-z]{5}$/],
    ['a phone number', '+49 (30) 1234567', /^\+\d\d \(\d\d\) \d{7}$/],
    [
      'a rule',
      '[--key aB3xyz9] https://me:pw9@files.corp.com:6970/Berlin/$MA.loads',
      /^\[--\w{3} \w{7}\] https:\/\/\w\w:\w\w\w@host\d+\.example:6970\/[A-Z][a-z]{5}\/\$MA\.loads$/,
    ],
  ])('%s keeps its form', (_what, text, form) => {
    const made = disguise.value(text, 'Station Name');
    expect(made).toMatch(form);
    expect(made).not.toBe(text);
    expect(disguise.value(text, 'Another Label')).toBe(made);
    // Read again, nothing is replaced a second time.
    expect(disguise.value(made, 'Station Name')).toBe(made);
  });

  it.each([
    'sip88xx.14-2-1-0101-26',
    'sip8845_65.12-0-7MPP0501-123.loads',
    'sip88xx.TLexE2M-11-2-3C-12',
    'sboot78xx.14-2-1-0101-26',
    'rootfs288xx.12-0-7MPP0501-123',
    'sb28845_65.BEV-01-020',
    'sip8845_65.12.0.1MPP0001.245',
    'sip88xx.11-2-3MSR1-1',
    'rootfs8845_65.14-3-1-0201-246',
    'CP-8841-3PCC',
    'CP-7821-K9=',
    'V04',
    '01/01/2023 12:00:00',
    '3:21:34pm',
    'Yes',
    '$MAU',
    '255.255.255.0',
    '0.0.0.0',
    '7',
  ])('keeps what readers need: %s', (text) => {
    expect(disguise.value(text, 'Whatever')).toBe(text);
  });

  it('keeps labels and statuses, but not what is personal in them', () => {
    expect(disguise.label('Numéro de téléphone', 'beside')).toBe('Numéro de téléphone');
    expect(
      disguise.value(
        '[0][01/01/2023 12:00:00][http://10.0.0.5/00CCFC123456.lic]Authorization Succeeded.',
        'Transition Authorization Status',
      ),
    ).toMatch(
      /^\[0\]\[01\/01\/2023 12:00:00\]\[http:\/\/192\.0\.2\.\d+\/02[0-9A-F]{10}\.lic\]Authorization Succeeded\.$/,
    );
    expect(disguise.value('Upgrade in progress', 'Upgrade Status')).toBe('Upgrade in progress');
  });

  it('of headers replaces cookies, nonces and what is unknown', () => {
    expect(disguise.header('set-cookie', 'session=4fe8a9c0; path=/, id=9; HttpOnly')).toMatch(
      /^session=[0-9a-z]{8}; path=\/, id=\d; HttpOnly$/,
    );
    expect(disguise.header('www-authenticate', 'Digest realm="CP-8841-3PCC", nonce="5f2a77e1", qop="auth"')).toMatch(
      /^Digest realm="CP-8841-3PCC", nonce="(?!5f2a77e1)\w{8}", qop="auth"$/,
    );
    expect(disguise.header('location', 'https://10.9.8.7:443/admin/advanced')).toMatch(
      /^https:\/\/192\.0\.2\.\d+:443\/admin\/advanced$/,
    );
    expect(disguise.header('x-owner', 'John')).not.toContain('John');
    expect(disguise.header('content-type', 'text/html; charset=utf-8')).toBe('text/html; charset=utf-8');
  });
});
