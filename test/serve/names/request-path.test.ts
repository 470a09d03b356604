import { posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { requestPath } from '../../../src/serve/names/request-path.js';

describe('the path of an HTTP request', () => {
  it.each([
    ['/a.loads', 'a.loads'],
    ['/image/a.loads?again=1', 'image/a.loads'],
    ['/a.lic#x', 'a.lic'],
    ['//image///a.loads', 'image/a.loads'],
    ['/one%20two.sbn', 'one two.sbn'],
    ['http://10.0.0.5:6970/a.loads', 'a.loads'],
    ['/', ''],
    // Decoded once: a name with a percent sign, which no file has.
    ['/%252e%252e/etc/passwd', '%2e%2e/etc/passwd'],
  ])('%j is %j', (target, path) => {
    expect(requestPath(target, 'url')).toBe(path);
  });

  it.each([
    '/../etc/passwd',
    '/a/../../etc/passwd',
    '/%2e%2e/etc/passwd',
    '/%2E%2e%2fetc/passwd',
    '/..%5c..%5cetc',
    '/a\\b',
    '/.',
    '/.git/config',
    '/image/.hidden',
    '/a%00.loads',
    '/a%0d%0aSet-Cookie:x',
    '/%zz',
    '/%ff%fe',
    '/image/',
    `/${'a'.repeat(2_000)}`,
  ])('%j is none', (target) => {
    expect(requestPath(target, 'url')).toBeNull();
  });

  it('of TFTP is taken as it is written, but for a query and slashes at its start', () => {
    expect(requestPath('/image/a.loads?again=1', 'plain')).toBe('image/a.loads');
    expect(requestPath('a%20b.sbn', 'plain')).toBe('a%20b.sbn');
    expect(requestPath('../etc/passwd', 'plain')).toBeNull();
    expect(requestPath('image\\a.loads', 'plain')).toBeNull();
    expect(requestPath('\ud800', 'plain')).toBeNull();
  });

  it('never leaves the folder, whatever is asked for', () => {
    const bits = fc.constantFrom('..', '.', '/', '%2e', '%2f', '%5c', '\\', '%252e', 'a', '%00', '?', 'C:', '~');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(bits).map((parts) => parts.join('')),
        ),
        (target) => {
          for (const spelling of ['url', 'plain'] as const) {
            const path = requestPath(target, spelling);
            if (path === null) continue;
            expect(posix.join('/srv', path)).toBe(path === '' ? '/srv' : posix.normalize(`/srv/${path}`));
            expect(path).not.toMatch(/^\/|(?:^|\/)\.|\\|\0/);
          }
        },
      ),
    );
  });
});
