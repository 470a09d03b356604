import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { framed, syslogMessage } from '../../../src/log/syslog/message.js';

const sender = { facility: 3, host: 'night-host', pid: 4711 };
const at = Date.parse('2026-01-31T22:14:05.123Z');

describe('a message for syslog', () => {
  it('is as in RFC 5424: facility and severity, time in UTC, host, program, process', () => {
    const message = (level: 'error' | 'debug', facility: number): string =>
      syslogMessage({ at, level, text: '10.0.0.5 00CCFC123456 outcome' }, { ...sender, facility }, 2_048).toString();
    expect(message('error', 3)).toBe(
      '<27>1 2026-01-31T22:14:05.123Z night-host fleet-migrate 4711 - - 10.0.0.5 00CCFC123456 outcome',
    );
    expect(message('debug', 23)).toMatch(/^<191>1 /);
  });

  it('has a host that is one word', () => {
    const headed = (host: string): string =>
      syslogMessage({ at, level: 'info', text: 'x' }, { ...sender, host }, 2_048).toString();
    expect(headed('a b\nä')).toContain('Z ab fleet-migrate ');
    expect(headed('')).toContain('Z - fleet-migrate ');
  });

  it('is cut between two characters, and shows it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 90, max: 300 }), (text, most) => {
        const whole = syslogMessage({ at, level: 'info', text }, sender, 100_000);
        const cut = syslogMessage({ at, level: 'info', text }, sender, most);
        expect(cut.length).toBeLessThanOrEqual(most);
        if (whole.length <= most) return expect(cut.equals(whole)).toBe(true);
        expect(cut.toString()).not.toContain('\ufffd');
        expect(cut.toString().endsWith('…')).toBe(true);
        expect(whole.toString().startsWith(cut.toString().slice(0, -1))).toBe(true);
      }),
    );
  });

  it('goes over TCP with its length in bytes before it', () => {
    expect(framed(Buffer.from('ä!')).toString()).toBe('3 ä!');
  });
});
