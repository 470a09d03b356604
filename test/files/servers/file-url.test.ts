import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fileNameOf, readFileUrl, serverOf } from '../../../src/files/servers/file-url.js';

describe('the URL of a file', () => {
  it('is http or https', () => {
    const file = readFileUrl(' https://10.0.0.5:6970/sip88xx.14-2-1-0101-26.loads?try=2#x ');
    expect(file).toMatchObject({ ok: true });
    if (!file.ok) return;
    expect(file.url.href).toBe('https://10.0.0.5:6970/sip88xx.14-2-1-0101-26.loads?try=2');
    expect(fileNameOf(file.url)).toBe('sip88xx.14-2-1-0101-26.loads');
  });

  it.each([
    ['tftp://10.0.0.5/a.loads', 'tftp://10.0.0.5/a.loads'],
    ['TFTP://h/a', 'tftp://h/a'],
    ['10.0.0.5/a.loads', 'tftp://10.0.0.5/a.loads'],
    ['files.example.com:69/image/a.loads', 'tftp://files.example.com:69/image/a.loads'],
  ])('%s is fetched by tftp', (text, href) => {
    const file = readFileUrl(text);
    expect(file.ok && file.url.href).toBe(href);
    expect(serverOf(file.shown)).toBe(href.split('/').slice(0, 3).join('/'));
  });

  it.each([
    '',
    'a.loads',
    'ftp://h/a.loads',
    'http://',
    'http://h:99999/a',
    'http:/h/a',
    'http://h/a b',
    '($SWVER ne x)? http://h/a',
    '[--uid $A --pwd $B]http://h/a',
    'http://h/$MAU.lic',
    'http://h/$(SN:1:2).lic',
    'http://h/$$MA',
    'file:///etc/passwd',
    'tftp://',
    'tftp:///a',
    'h:99999/a',
    'h/$MAU.lic',
  ])('%j is none', (text) => {
    expect(readFileUrl(text)).toMatchObject({ ok: false, code: 'files-bad-url' });
  });

  it('names the macros that were not expanded', () => {
    expect(readFileUrl('http://h/$PN/$MAU.lic')).toMatchObject({
      message: expect.stringContaining('holds $PN, $MAU,'),
    });
  });

  it('never shows a password', () => {
    const file = readFileUrl('http://admin:secret@h/a.loads');
    expect(file).toMatchObject({ ok: false, code: 'files-bad-url', shown: 'http://***@h/a.loads' });
    expect(JSON.stringify(file)).not.toContain('secret');
  });

  it('reading it never throws', () => {
    const parts = fc
      .array(fc.oneof(fc.string(), fc.constantFrom('http://', '@', '%', '$MA', '[', ':', '/', '\ud800')))
      .map((texts) => texts.join(''));
    fc.assert(
      fc.property(parts, (text) => {
        const file = readFileUrl(text);
        if (file.ok) expect(typeof fileNameOf(file.url)).toBe('string');
      }),
    );
  });
});
