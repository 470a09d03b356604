import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loopbackAddresses } from '../../../../src/simulator/scenario/of-run/addresses.js';

const mapped = (...addresses: string[]): string[] => [...loopbackAddresses(addresses).values()];

describe('the addresses of a run, mapped into 127.0.0.0/8', () => {
  it('keep all but their first number', () => {
    expect(mapped('10.1.2.3', '192.168.7.254', '127.20.0.5')).toEqual(['127.1.2.3', '127.168.7.254', '127.20.0.5']);
  });

  it('take the next free one where two would be the same, whoever is further up coming first', () => {
    expect(mapped('10.1.2.3', '11.1.2.3', '10.1.2.4', '12.1.2.3')).toEqual([
      '127.1.2.3',
      // The next one is somebody's own.
      '127.1.2.5',
      '127.1.2.4',
      '127.1.2.6',
    ]);
  });

  it('take the next free one where no phone may have theirs, or they are names', () => {
    expect(mapped('10.1.2.255', '10.1.2.0', 'desk.example.com', 'hall.example.com', '10.255.255.255')).toEqual([
      '127.1.3.1',
      '127.1.2.1',
      '127.0.0.1',
      '127.0.0.2',
      // Behind the last one is the first one.
      '127.0.0.3',
    ]);
  });

  it('are one for each, whatever the run had', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    // Few enough for many to collide.
    const near = fc.constantFrom(0, 1, 2, 254, 255);
    const address = fc.tuple(octet, near, near, near).map((octets) => octets.join('.'));
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(address, fc.domain()), { maxLength: 200 }), (addresses) => {
        const result = loopbackAddresses(addresses);
        expect([...result.keys()]).toEqual(addresses);
        expect(new Set(result.values()).size).toBe(addresses.length);
        for (const one of result.values()) expect(one).toMatch(/^127(?:\.\d{1,3}){2}\.(?!0$|255$)\d{1,3}$/);
      }),
    );
  });
});
