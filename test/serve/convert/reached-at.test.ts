import { describe, expect, it } from '@jest/globals';
import { reachedAt } from '../../../src/serve/convert/reached-at.js';
import type { FileRequest } from '../../../src/serve/source.js';

describe('the address in the rules', () => {
  const request: FileRequest = { path: 'a', client: '127.0.0.1', protocol: 'http', userAgent: null };
  const reached = { address: '10.0.0.5', port: 8080 };

  it.each([
    ['the one that the phone came to', null, { ...request, reached }, 'http://10.0.0.5:8080'],
    ['in brackets', null, { ...request, reached: { address: 'fd00::5', port: 80 } }, 'http://[fd00::5]:80'],
    ['over TFTP by the route to it', null, request, 'http://127.0.0.1:6970'],
    [
      'the advertised one, at our port',
      { host: 'files.example', port: null },
      { ...request, reached },
      'http://files.example:8080',
    ],
    ['the advertised one at its port', { host: '10.0.0.9', port: 80 }, { ...request, reached }, 'http://10.0.0.9:80'],
    ['unknown for a client without an address', null, { ...request, client: '?' }, null],
  ])('is %s', async (_, advertised, asked, expected) => {
    expect(await reachedAt({ address: null, advertised, httpPort: () => 6970 })(asked)).toBe(expected);
  });

  it('is the one that we listen at where a request does not show it, as nothing listens elsewhere', async () => {
    const at = reachedAt({ address: '10.0.0.4', advertised: null, httpPort: () => 6970 });
    expect(await at(request)).toBe('http://10.0.0.4:6970');
    expect(await at({ ...request, reached })).toBe('http://10.0.0.5:8080');
  });

  it('is unknown before the server listens', async () => {
    expect(await reachedAt({ address: null, advertised: null, httpPort: () => null })(request)).toBeNull();
  });
});
