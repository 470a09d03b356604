import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { disguisedPage, newDisguise } from '../support/disguise.js';
import { leaksOf } from '../support/leaks.js';

describe('a page in a capture', () => {
  const names = ['John', 'Smith', '4711', 'Berlin', 'hunter2'];
  const leaks = (page: string): string[] => leaksOf({ mac: '00CCFC123456', address: '10.1.2.3' }, names, page);

  it('keeps labels and markup, and replaces what stands beside them', () => {
    const page = `<html><head><title>CP-8841-3PCC Configuration Utility</title><!-- John was here --></head><body><h3>User Information</h3>
<table><tr><td>Station Name:<td><input name="4711" value="John Smith"><td>Extension:<td>4711</tr>
<TR><TD>Display</TD><td width=20></td><TD><B>Smith, John</B></TD></TR>
<tr><td>Display Name</td><td>Berlin 4711</td></tr><tr><td>Admin Password:</td><td><input type=password value=hunter2></td></tr></table>
<p>Welcome, John!</p><a href="/user?who=John">Back</a><input type="hidden" name="token" value="hunter2"></body></html>`;
    const made = disguisedPage(page);
    expect(leaks(made.replace('name="4711"', ''))).toEqual([]);
    for (const kept of [
      '<title>CP-8841-3PCC Configuration Utility</title>',
      'Station Name:',
      'Extension:',
      'Display',
      'Display Name',
      'User Information',
      'name="4711"',
      '<td width=20></td>',
      '<!-- removed: 15 characters -->',
      'value=********',
    ])
      expect(made).toContain(kept);
    expect(made.replace(/[^<>]/g, '')).toBe(page.replace(/[^<>]/g, ''));
  });

  it('replaces words that pages are not known to have, wherever they stand', () => {
    const page = `<!DOCTYPE html [<!ENTITY who "Ottilie">]><?ottilie hint?><html><head><meta name="author" content="Ottilie Hagenbeck"><title>Ottilie</title></head><body>
<p>The page /ottilie/5012 was not found</p><h1>Ext 5012 Ottilie Hagenbeck</h1><button>Call Ottilie</button><input type="submit" value="Ring 5012">
<label>Ottilie</label><span>Hagenbeck</span> <b>5012</b><select name="1"><option>Ottilie</option><option value="5012">Office</option></select>
<a href="/pictures/ottilie.png?of=ottilie&ext=5012">Hagenbeck</a><img src="photos/ottilie-5012.jpg" onclick="ring('5012') // ottilie">
<script>// Ottilie was here
/* Hagenbeck */ var ottilie = \`Hagenbeck \${5012} of \${"x" + 'Ottilie'}\`, is = /ottilie5012/; go("/phones/ottilie")</script>
<style>/* Hagenbeck */ .ottilie { background: url(ottilie.png) } .a::before { content: "Hagenbeck" }</style>
<table><tr><td>Ottilie Hagenbeck</td><td>yes</td></tr></table></body></html>`;
    const made = disguisedPage(page);
    expect(leaksOf({ mac: '', address: '' }, ['ottilie', 'hagenbeck', '5012'], made)).toEqual([]);
    for (const kept of ['<h1>Ext ', '<p>The page /', ' was not found</p>', '<button>Call ', 'value="Ring ', '.png?of='])
      expect(made).toContain(kept);
    const body = (text: string): string => text.slice(text.indexOf('<body>')).replace(/[^<>]/g, '');
    expect(body(made)).toBe(body(page));
  });

  it('in XML and JSON, too: tags, attributes, instructions, keys', () => {
    const xml =
      '<?xml version="1.0"?><?ottilie 5012?><!DOCTYPE a [<!ENTITY who "Ottilie">]><Phones owner="Ottilie"><Ottilie>5012</Ottilie><x ext="5012"/></Phones>';
    const made = disguisedPage(xml);
    expect(leaksOf({ mac: '', address: '' }, ['ottilie', '5012'], made)).toEqual([]);
    const [, opening, closing] = /<(\w{7})>\d{4}<\/(\w{7})>/.exec(made) ?? [];
    expect(closing).toBe(opening);
    expect(made).toMatch(/^<\?xml version="1\.0"\?>.*<Phones owner="\w{7}">/);
    expect(disguisedPage('{"ottilie":{"ext":5012},"list":["Ottilie"]}')).toMatch(
      /^\{"(?!ottilie)\w{7}":\{"ext":(?!5012)\d{4}\},"list":\["(?!Ottilie)\w{7}"\]\}$/,
    );
  });

  it('leaves XML well-formed, so that it reads as before', () => {
    const xml = (what: string): string => `<?xml version="1.0"?>${what}<DeviceInformation><x>y</x></DeviceInformation>`;
    for (const what of [
      '<?xml-stylesheet type="text/xsl" href="/ottilie.xsl"?>',
      '<!DOCTYPE x [<!ENTITY who "Ottilie">]>',
    ]) {
      const made = disguisedPage(xml(what));
      expect(made).toMatch(/^<\?xml version="1\.0"\?><(?:\?removed removed: \d+ characters \?|!DOCTYPE removed>?)/);
      expect(made).not.toMatch(/ottilie/i);
      expect(disguisedPage(made)).toBe(made);
    }
    expect(disguisedPage(xml('<?xml-stylesheet href="/ottilie.xsl"?>'))).toBe(
      xml('<?removed removed: 34 characters ?>').replace(
        '<x>y</x>',
        disguisedPage(xml('')).match(/<x>.*<\/x>/)?.[0] ?? '',
      ),
    );
  });

  it.each(['<title/>', '<textarea name="1"/>', '<script src="/a.js"/>'])('goes on after %s as after any tag', (tag) => {
    const made = disguisedPage(`${tag}<table><tr><td>User Name</td><td>Page Park</td></tr></table>`);
    expect(made).toContain('<td>User Name</td>');
    expect(made).not.toContain('Page Park');
  });

  it('takes a page that is written as XML for a page', () => {
    const page =
      '<?xml version="1.0"?><!DOCTYPE html><html><body><table><tr><td>Serial Number</td><td>Ottilie</td></tr></table></body></html>';
    expect(disguisedPage(page)).toMatch(/<td>Serial Number<\/td><td>(?!Ottilie)\w{7}<\/td>/);
  });

  it('takes nothing for an explanation that is never closed', () => {
    expect(disguisedPage('<table><tr><td>User Name<details>x</td><td>Page Park</td></tr></table>')).not.toContain(
      'Page Park',
    );
  });

  it('takes what stands in a comment that is never closed for no tag', () => {
    expect(disguisedPage('<?xml version="1.0"?><!--<a href="/x/', newDisguise())).toBe(
      '<?xml version="1.0"?><!-- removed: 12 characters ',
    );
  });

  it('knows the tag around CDATA', () => {
    const xml =
      '<?xml version="1.0"?><a><App_load_ID><![CDATA[Ottilie rules]]></App_load_ID><b><![CDATA[Ottilie]]></b></a>';
    expect(disguisedPage(xml)).toMatch(/<!\[CDATA\[\w{7} rules\]\]>.*<!\[CDATA\[(?!Ottilie)\w{7}\]\]>/);
  });

  it('replaces what stands in attributes that no reader goes by', () => {
    const names = [
      'srcdoc',
      'srcset',
      'poster',
      'ping',
      'list',
      'accept',
      'lang',
      'autocomplete',
      'pattern',
      'headers',
    ];
    const page = `<p ${names.map((name) => `${name}="/pictures/Ottilie-5012.png"`).join(' ')} style="display:none">x</p>`;
    const made = disguisedPage(page);
    expect(leaksOf({ mac: '', address: '' }, ['ottilie', '5012'], made)).toEqual([]);
    expect(made).toContain('style="display:none"');
  });

  it('leaves no number as it is because it happens to stand for another one', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 100, max: 999 }), { minLength: 200, maxLength: 300 }), (numbers) => {
        const page = `<table>${numbers.map((one) => `<tr><td>Extension</td><td>${one}</td></tr>`).join('')}</table>`;
        const made = [...disguisedPage(page).matchAll(/<td>(\d{3})<\/td>/g)].map(([, one]) => Number(one));
        expect(made.filter((one, at) => one === numbers[at])).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  it('keeps labels and headings of another language where that is asked for, but no value and what was one', () => {
    const page = '<h2>Ottilie</h2><table><tr><td>Rufnummer 5012</td><td>Ottilie</td></tr></table>';
    expect(disguisedPage(page, newDisguise(7, true))).toMatch(
      /<h2>(?!Ottilie)\w{7}<\/h2><table><tr><td>Rufnummer (?!5012)\d{4}<\/td><td>(?!Ottilie)\w{7}<\/td>/,
    );
    expect(disguisedPage(page)).not.toContain('Rufnummer');
  });

  it('knows letters by whatever name a page writes them', () => {
    const page =
      '<table><tr><td>Num&eacute;ro de s&eacute;rie</td><td>M&uuml;ller</td></tr><tr><td>Name</td><td>M\u00fcller</td></tr></table><p title="M&uuml;ller">MAC&nbsp;Adress&hellip;</p>';
    const made = disguisedPage(page);
    expect(made).toContain('<td>Num&eacute;ro de s&eacute;rie</td>');
    const names = [...made.matchAll(/<td>(\w{6})<\/td>/g)].map(([, name]) => name);
    expect(names).toHaveLength(2);
    expect(new Set(names).size).toBe(1);
    expect(made).not.toMatch(/amp;|uuml/);
  });

  it('keeps a label that is a letter off, so that a reader can ask whether it was meant', () => {
    const page = '<table><tr><td>Upgrad Rulle</td><td><input name="1" value="x"></td></tr></table>';
    expect(disguisedPage(page)).toContain('<td>Upgrad Rulle</td>');
  });

  it.each([
    ['cut apart by a tag', '<p>00CCFC<b>123456</b></p><p>00:CC:<i>FC:12</i>:34:56</p>'],
    ['percent-encoded in a link', '<a href="/x?mac=00%3ACC%3AFC%3A12%3A34%3A56&amp;n=%30%30CCFC123456">x</a>'],
  ])('finds a MAC %s', (_how, piece) => {
    const made = disguisedPage(`<table><tr><td>MAC Address</td><td>00CCFC123456</td></tr></table>${piece}`);
    const plain = decodeURIComponent(made.replace(/<[bi]>|<\/[bi]>/g, ''));
    expect(leaksOf({ mac: '00CCFC123456', address: '' }, [], plain)).toEqual([]);
  });

  it('finds the same name in headings, scripts, attributes and other pages', () => {
    const disguise = newDisguise();
    const admin = '<table><tr><td>Station Name</td><td>John Smith</td></tr></table>';
    const other =
      '<h1>Phone of John Smith</h1><script>var who="John";greet("John Smith",4711)</script><div title="Smith" class="x">SMITH</div>';
    disguisedPage(admin, disguise);
    const made = disguisedPage(other, disguise);
    expect(leaks(made.replace('4711', ''))).toEqual([]);
    expect(made).toMatch(/^<h1>Phone of [A-Z]\w{3} [A-Z]\w{4}<\/h1>/);
  });

  it('takes what follows a heading for no value, and what follows a label for one', () => {
    const links = ['Ethernet information', 'Access', 'Console logs', 'Core dumps'];
    const page = `${links.map((text) => `<p>${text}</p>`).join('')}<p>Phone DN</p><p>Berlin</p>`;
    const made = disguisedPage(page);
    for (const kept of [...links, 'Phone DN']) expect(made).toContain(`<p>${kept}</p>`);
    expect(leaks(made)).toEqual([]);
  });

  it('keeps the banner and the links of an Enterprise page', () => {
    const page =
      '<table><tr><td><img src="/FS/Logo.png"></td><td><p>Device information</p><p>Cisco IP Phone CP-8811 ( SEP00CCFC123456 )</p></td></tr></table><a href="/CGI/Java/Serviceability?adapter=device.statistics.streaming.0">Stream 1</a><table><tr><td>Host name</td><td></td><td>SEP00CCFC123456</td></tr></table>';
    const made = disguisedPage(page);
    expect(made.replace(/SEP02[0-9A-F]{10}/g, 'SEP00CCFC123456')).toBe(page);
    expect(leaks(made)).toEqual([]);
  });

  it('takes no label for one in a list of people', () => {
    const made = disguisedPage(
      '<div id="Personal Directory"><table><tr><td>John Smith</td><td>4711</td></tr><tr><td>Berlin</td><td>4711</td></tr></table></div><h3>System Configuration</h3><table><tr><td>Host</td><td>John</td></tr></table>',
    );
    expect(leaks(made)).toEqual([]);
    expect(made).toContain('<td>Host</td>');
  });

  it('in XML and JSON goes by tags, names and keys', () => {
    const xml = disguisedPage(
      '<?xml version="1.0"?><DeviceInformation><HostName>SEP00CCFC123456</HostName><phoneDN>4711</phoneDN><versionID>sip88xx.14-2-1-0101-26</versionID><owner role="boss">John Smith</owner><udi>phone\nCisco IP Phone 8811, Global\nCP-8811\nV09\nFCH2012ABCD\n</udi></DeviceInformation>',
    );
    expect(leaks(xml)).toEqual([]);
    expect(xml).toMatch(/<HostName>SEP02[0-9A-F]{10}<\/HostName>/);
    expect(xml).toMatch(/<versionID>sip88xx.14-2-1-0101-26<\/versionID>/);
    expect(xml).toMatch(/phone\nCisco IP Phone 8811, Global\nCP-8811\nV09\n[A-Z]{3}\d{4}[A-Z]{4}\n/);
    const json = disguisedPage(
      '[{"name":"Station Name","value":"John Smith","id":"4711"},{"name":"Product Name","value":"CP-8841-3PCC"},{"name":"Type","value":"1","options":["Classic","WxC"]},{"owner":{"ext":4711}}]',
    );
    expect(leaks(json.replace('"id":"4711"', ''))).toEqual([]);
    expect(JSON.parse(json)).toMatchObject([
      { name: 'Station Name', id: '4711' },
      { value: 'CP-8841-3PCC' },
      { value: '1', options: ['Classic', 'WxC'] },
      { owner: { ext: expect.any(Number) } },
    ]);
  });

  it('never throws, and leaves nothing of a value, whatever the markup is', () => {
    const junk = fc.array(
      fc.constantFrom(
        '<tr>',
        '<td>',
        '</td>',
        '<input value=',
        '"',
        "'",
        '>',
        '<select>',
        '<option value="a">',
        '<!--',
        '-->',
        '<script>',
        '</script>',
        '&amp;',
        '&#74;',
        '<div id="x">',
        '</table>',
        ' ',
        '<?xml',
        '{"a":',
        '[',
        '<textarea>',
        '\u0000',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(junk, (pieces) => {
        const page = `${pieces.join('')}`;
        expect(typeof disguisedPage(page)).toBe('string');
        const made = disguisedPage(
          `<table><tr><td>Station Name</td><td>00CCFC123456</td></tr></table>${page}00:CC:FC:12:34:56`,
        );
        expect(leaksOf({ mac: '00CCFC123456', address: '' }, [], made)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('is done with in proportion to its length, whatever a text is made of', () => {
    // Quadratic work on these takes longer than any test may.
    for (const piece of ['a-', 'a.', 'a@'])
      expect(disguisedPage(`<table><tr><td>Host</td><td>${piece.repeat(100_000)}</td></tr></table>`)).toMatch(
        /^<table>/,
      );
  });
});
