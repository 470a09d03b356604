import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bareLine, jsonLine, type LogEntry, textLine } from '../../src/log/line.js';
import { anyText } from '../support/any-text.js';

const at = new Date(2026, 0, 31, 22, 14, 5, 123).getTime();
/** How this machine's zone stands in a line of then. */
const zone = ((east: number) => {
  const two = (value: number): string => String(Math.trunc(Math.abs(value))).padStart(2, '0');
  return `${east < 0 ? '-' : '+'}${two(east / 60)}:${two(east % 60)}`;
})(-new Date(at).getTimezoneOffset());
const stamp = `2026-01-31T22:14:05.123${zone}`;
const entry = (change: Partial<LogEntry> = {}): LogEntry => ({
  at,
  level: 'info',
  address: '10.0.0.5',
  mac: '00CCFC123456',
  message: 'identified',
  fields: {},
  ...change,
});

describe('a text line', () => {
  it('has date and time with the zone, level, address, MAC, message and fields', () => {
    expect(textLine(entry({ fields: { model: '8841', tries: 2 } }))).toBe(
      `${stamp} info  10.0.0.5 00CCFC123456 identified model=8841 tries=2`,
    );
    expect(textLine(entry({ level: 'error' })).slice(stamp.length)).toMatch(/^ error 10\.0\.0\.5 /);
    expect(Date.parse(textLine(entry()).split(' ')[0] ?? '')).toBe(at);
  });

  it('leaves out what is not known', () => {
    expect(textLine(entry({ mac: null }))).toBe(`${stamp} info  10.0.0.5 identified`);
    expect(textLine(entry({ mac: null, address: null, fields: { a: undefined } }))).toBe(`${stamp} info  identified`);
  });

  it('quotes values that would run into the next', () => {
    expect(textLine(entry({ fields: { a: 'x y', b: 'p=q', c: '', d: 'say "hi"', e: { f: [1] }, g: null } }))).toMatch(
      /identified a="x y" b="p=q" c="" d="say \\"hi\\"" e=\{"f":\[1\]\} g=null$/,
    );
  });

  it('shows a forged line, terminal escapes and bidi tricks as text', () => {
    const line = textLine(entry({ message: 'busy\n22:14:06.000 info  all fine\x1b[2J', fields: { says: 'a\u202eb' } }));
    expect(line).toContain('busy\\x0a22:14:06.000 info  all fine\\x1b[2J says=a\\u202eb');
  });

  it('redacts secrets in message and fields', () => {
    const line = textLine(
      entry({ message: 'get http://u:hunter2@h/', fields: { password: 'hunter2', url: 'http://h/?pwd=hunter2' } }),
    );
    expect(line).not.toContain('hunter2');
    expect(line).toContain('password=[redacted]');
  });

  it('is the same without time and level where the log keeps both', () => {
    const one = entry({ fields: { model: '8841' } });
    expect(bareLine(one)).toBe('10.0.0.5 00CCFC123456 identified model=8841');
    expect(textLine(one)).toBe(`${stamp} info  ${bareLine(one)}`);
  });

  it('is bounded', () => {
    expect(
      textLine(entry({ message: 'x'.repeat(1_000_000), fields: { page: 'y'.repeat(1_000_000) } })).length,
    ).toBeLessThan(5_000);
  });
});

describe('a JSON line', () => {
  it('has the same in fixed names, in UTC', () => {
    expect(JSON.parse(jsonLine(entry({ fields: { model: '8841' } })))).toEqual({
      at: new Date(at).toISOString(),
      level: 'info',
      address: '10.0.0.5',
      mac: '00CCFC123456',
      message: 'identified',
      model: '8841',
    });
    expect(Object.keys(JSON.parse(jsonLine(entry())) as object)).toEqual(['at', 'level', 'address', 'mac', 'message']);
  });

  it('never lets a field stand for a fixed name', () => {
    expect(JSON.parse(jsonLine(entry({ fields: { level: 'forged' } })))).toMatchObject({
      level: 'info',
      field_level: 'forged',
    });
  });
});

describe('one event', () => {
  const texts = anyText();
  const entries = fc.record({
    message: texts,
    address: texts,
    mac: texts,
    fields: fc.dictionary(texts, fc.oneof(texts, fc.anything())),
  });

  it('is one line of shown characters, whatever is in it', () => {
    fc.assert(
      fc.property(entries, (change) => {
        for (const line of [textLine(entry(change)), jsonLine(entry(change))]) {
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        }
      }),
    );
  });

  it('never shows what a field with the name of a secret holds', () => {
    const secret = fc.string({ minLength: 3 }).map((text) => `S3cr${text}`);
    const name = fc.constantFrom(
      'password',
      'Admin_Password',
      'authorization',
      'Set-Cookie',
      'client_secret',
      'apiKey',
      'pwd',
    );
    fc.assert(
      fc.property(secret, name, entries, (value, key, change) => {
        const fields = { ...change.fields, [key]: value, inner: [{ [key]: { deep: value } }] };
        expect(textLine(entry({ fields }))).not.toContain('S3cr');
        expect(jsonLine(entry({ fields }))).not.toContain('S3cr');
      }),
    );
  });
});
