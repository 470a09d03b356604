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

  it('for another reason is told with that reason', () => {
    expect(said('EAFNOSUPPORT')).toBe(
      '--tftp-port 69 cannot be used (bind: it failed); choose another with --tftp-port (0: any free one), or leave it out with --no-tftp.',
    );
  });
});
