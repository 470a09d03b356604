import { describe, expect, it } from '@jest/globals';
import { isClosed, knownByUcm } from '../../../src/fleet/unified-cm/unseen.js';
import type { KnownInUcm, UcmAtWork } from '../../../src/fleet/unified-cm/ucm-at-work.js';
import type { Mac } from '../../../src/domain/network/mac.js';
import { mac } from '../support/fleet.js';

function known(number: number, seen: Partial<KnownInUcm['registration']>, isBehindProxy = false): [Mac, KnownInUcm] {
  const registration = { registered: 'yes', address: `10.0.0.${number}`, httpd: false, ...seen };
  return [mac(number), { phone: { name: `SEP${mac(number)}` }, registration, isBehindProxy } as KnownInUcm];
}

const ucm = {
  phones: new Map([known(1, {}), known(2, { registered: 'no' }), known(3, {}, true), known(4, { httpd: true })]),
} as unknown as UcmAtWork;
const nameAt = (address: string, named?: Mac): string | undefined =>
  knownByUcm({ address, hint: named === undefined ? {} : { mac: named }, scope: '', named: true, source: '' }, ucm)
    ?.phone.name;

describe('the phone that Unified CM sees at the address of a target', () => {
  it('is the one that the target names', () => {
    expect(nameAt('10.0.0.1', mac(1))).toBe(`SEP${mac(1)}`);
  });

  it('may be another one than a list names there', () => {
    expect(nameAt('10.0.0.1', mac(9))).toBe(`SEP${mac(1)}`);
    expect(nameAt('10.0.0.1', mac(2))).toBe(`SEP${mac(1)}`);
  });

  it('is none that is not registered, is behind a proxy, or is somewhere else', () => {
    expect([nameAt('10.0.0.2', mac(2)), nameAt('10.0.0.3', mac(3)), nameAt('10.0.0.7', mac(1))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is not asked for where nothing names a phone', () => {
    expect(nameAt('10.0.0.1')).toBeUndefined();
  });
});

describe('an address that takes no connection', () => {
  it.each([
    ['connect-refused', true],
    ['connect-reset', true],
    ['connect-timeout', false],
  ] as const)('may be that of a phone whose web server is off: %s %s', (code, expected) => {
    expect(isClosed({ code, message: '' })).toBe(expected);
  });
});
