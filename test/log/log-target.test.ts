import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isUsageError } from '../../src/domain/text/usage-error.js';
import { parseLogTarget } from '../../src/log/log-target.js';

const read = (text: string): ReturnType<typeof parseLogTarget> => parseLogTarget(text, '--log-to');

describe('where the log goes', () => {
  it.each([
    ['journald', { kind: 'journald' }],
    ['syslog', { kind: 'syslog', over: 'local', facility: 3 }],
    ['syslog?facility=local7', { kind: 'syslog', over: 'local', facility: 23 }],
    ['syslog://10.0.0.9', { kind: 'syslog', over: 'udp', host: '10.0.0.9', port: 514, facility: 3 }],
    [
      'syslog+udp://log.example.com:5514',
      { kind: 'syslog', over: 'udp', host: 'log.example.com', port: 5514, facility: 3 },
    ],
    ['syslog+tcp://LOG:601/?facility=user', { kind: 'syslog', over: 'tcp', host: 'log', port: 601, facility: 1 }],
  ] as const)('%s', (text, target) => expect(read(text)).toEqual(target));

  it.each([
    [
      'stderr',
      /this is no place that a log can go to; write journald, syslog \(of this machine\), or a server such as syslog:\/\/10\.0\.0\.9:514/,
    ],
    ['http://10.0.0.9', /this is no place that a log can go to/],
    ['syslog+tls://10.0.0.9', /syslog goes over UDP or TCP here, not \+?tls/],
    ['syslog://', /no host name or IPv4 address/],
    ['syslog://10.0.0', /no host name or IPv4 address/],
    ['syslog://[::1]', /no host name or IPv4 address/],
    ['syslog://a..b', /no host name or IPv4 address/],
    ['syslog://10.0.0.9:70000', /port is not from 1 to 65535/],
    ['syslog://10.0.0.9:0', /port is not from 1 to 65535/],
    ['syslog://10.0.0.9/path', /no host name or IPv4 address/],
    ['syslog://10.0.0.9?facility=mail', /after the \? stands facility= and one of user, daemon, local0/],
    ['syslog?severity=3', /after the \? stands facility=/],
  ])('not %s', (text, says) => {
    expect(() => read(text)).toThrow(says);
    expect(() => read(text)).toThrow(/^--log-to .*\.$/);
  });

  it('repeats no password', () => {
    expect(() => read('syslog://me:hunter2@10.0.0.9')).toThrow(/^--log-to holds an @, and syslog knows no password/);
  });

  it('is a target or one sentence, whatever the text', () => {
    const pieces = fc.constantFrom(
      'syslog',
      'journald',
      '+tcp',
      '+',
      '://',
      '10.0.0.9',
      'h',
      ':',
      '514',
      '/',
      '?',
      'facility=',
      'local0',
      '@',
      ' ',
      '\n',
      'ä',
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 8 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          const target = read(text);
          if (target.kind === 'syslog' && target.over !== 'local')
            expect(target).toMatchObject({ host: expect.stringMatching(/^[a-z0-9._-]+$/), port: expect.any(Number) });
        } catch (error) {
          expect(isUsageError(error)).toBe(true);
          expect((error as Error).message).not.toMatch(/[\n\r]/);
        }
      }),
    );
  });
});
