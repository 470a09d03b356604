import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UsageError } from '../../src/domain/text/usage-error.js';
import { parseExclusion, parseSubnet, parseTarget } from '../../src/domain/network/address-forms.js';
import { formatIpv4, parseIpv4 } from '../../src/domain/network/ipv4.js';
import { openTargets } from '../../src/inventory/open-targets.js';
import { outcomesOf, specOf, worldOf } from './support.js';

describe('properties of targets', () => {
  const base = 0x0a00_0000;
  const address = fc.nat(300).map((offset) => formatIpv4(base + offset));
  const subnet = fc.tuple(address, fc.integer({ min: 25, max: 32 })).map(([from, prefix]) => `${from}/${prefix}`);
  const range = fc
    .tuple(fc.nat(300), fc.nat(40))
    .map(([from, more]) => `${formatIpv4(base + from)}-${formatIpv4(base + from + more)}`);
  const few = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { maxLength: 4 });

  const covered = (texts: string[], parse: typeof parseTarget): Set<string> => {
    const all = new Set<string>();
    for (const text of texts) {
      const form = parse(text, text);
      if (form.kind === 'host') continue;
      for (let at = form.range.first; at <= form.range.last; at += 1) all.add(formatIpv4(at));
    }
    return all;
  };

  it('exactly the addresses asked for and not excluded come out, each once, and count is not exceeded', async () => {
    await fc.assert(
      fc.asyncProperty(
        few(subnet),
        few(fc.oneof(address, range)),
        few(address),
        few(fc.oneof(subnet, range, address)),
        async (subnets, targets, rows, excludes) => {
          if (subnets.length + targets.length + rows.length === 0) return;
          const world = worldOf({ 'p.csv': `ip,note\n${rows.map((row) => `${row},x`).join('\n')}` });
          const inventories = rows.length > 0 ? ['p.csv'] : [];
          const source = await openTargets(specOf({ subnets, targets, inventories, excludes }), world);
          const named = covered(targets, parseTarget);
          const found: string[] = [];
          for await (const { target } of source) {
            found.push(target.address);
            if (rows.includes(target.address)) expect(target.hint).toEqual({ note: 'x' });
            expect(source.isExcluded(target.address)).toBe(false);
            expect(target.named).toBe(rows.includes(target.address) || named.has(target.address));
          }
          const expected = new Set([...covered(subnets, parseSubnet), ...covered(targets, parseTarget), ...rows]);
          for (const excluded of covered(excludes, parseExclusion)) expected.delete(excluded);
          expect(found.toSorted(byAddress)).toEqual([...expected].toSorted(byAddress));
          expect(source.count).toBeGreaterThanOrEqual(found.length);
        },
      ),
    );
  });

  it('no texts end in anything but targets or a UsageError', async () => {
    const text = fc.oneof(
      fc.string(),
      address,
      subnet,
      range,
      fc.constantFrom('p.csv', 'gone.json', 'host', '::1', '10.0.0.0/4'),
    );
    await fc.assert(
      fc.asyncProperty(
        few(text),
        few(text),
        few(text),
        few(text),
        fc.string(),
        async (subnets, targets, inventories, excludes, content) => {
          const error: unknown = await outcomesOf(
            { subnets, targets, inventories, excludes },
            worldOf({ 'p.csv': content }),
          ).then(
            () => null,
            (reason: unknown) => reason,
          );
          if (error !== null) expect(error).toBeInstanceOf(UsageError);
        },
      ),
    );
  });
});

function byAddress(a: string, b: string): number {
  return (parseIpv4(a) ?? 0) - (parseIpv4(b) ?? 0);
}
