import { describe, expect, it } from '@jest/globals';
import { cannotListen } from '../../src/serve/listening.js';

describe('a port that cannot be had', () => {
  const said = (code: string): string =>
    cannotListen(
      { protocol: 'tftp', address: '0.0.0.0', port: 69 },
      Object.assign(new Error('bind: it failed'), { code }),
    ).message;

  it('below 1024 needs a right: which, and what to do without it', () => {
    expect(said('EACCES')).toMatch(
      /^--tftp-port 69: ports below 1024 need a right .* choose another with --tftp-port .* --no-tftp, .*AmbientCapabilities=CAP_NET_BIND_SERVICE.*setcap/,
    );
  });

  it('is told with the options that set it', () => {
    const names = {
      ...{ http: '--serve-http-port', tftp: '--serve-tftp-port', address: '--serve-at' },
      without: { http: 'leave --serve out', tftp: 'leave it out' },
    };
    const place = { protocol: 'http', address: '0.0.0.0', port: 6970 } as const;
    const inUse = Object.assign(new Error('listen'), { code: 'EADDRINUSE' });
    expect(cannotListen(place, inUse, names).message).toBe(
      '--serve-http-port 6970: another program has this port already; end it, choose another with --serve-http-port (0: any free one), or leave --serve out.',
    );
  });

  it('for another reason is told with that reason', () => {
    expect(said('EAFNOSUPPORT')).toBe(
      '--tftp-port 69 cannot be used (bind: it failed); choose another with --tftp-port (0: any free one), or leave it out with --no-tftp.',
    );
  });
});
