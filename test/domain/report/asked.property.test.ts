import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatIpv4 } from '../../../src/domain/network/ipv4.js';
import { askedOf } from '../../../src/domain/report/asked.js';
import type { KnownPhone, TargetSpec } from '../../../src/inventory/target.js';
import { outcomesOf, worldOf } from '../../inventory/support.js';

/** Few enough that what is asked, excluded and seen often meets. */
const addressAt = (offset: number): string => formatIpv4(0x0a00_0000 + offset);
const macAt = (number: number): string => `00CCFC00000${number}`;
const everywhere = Array.from({ length: 80 }, (_, offset) => addressAt(offset));

describe('what is said of a run is what it asked', () => {
  const address = fc.nat(70).map(addressAt);
  const subnet = fc.tuple(address, fc.integer({ min: 26, max: 32 })).map(([from, prefix]) => `${from}/${prefix}`);
  const range = fc.tuple(fc.nat(60), fc.nat(9)).map(([from, more]) => `${addressAt(from)}-${addressAt(from + more)}`);
  const name = fc.constantFrom('one.lan', 'two.lan');
  const few = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { maxLength: 3 });
  const known: fc.Arbitrary<KnownPhone> = fc.record({
    address: fc.option(address, { freq: 8 }),
    hint: fc.nat(9).map((number) => ({ mac: macAt(number) })),
  });
  const files = fc.record({ rows: few(address), excluded: few(address), limited: few(address) });
  const world = ({ rows, excluded, limited }: { rows: string[]; excluded: string[]; limited: string[] }) =>
    worldOf(
      {
        '/l/rows.csv': `ip,note\n${rows.map((row) => `${row},x`).join('\n')}\n`,
        '/l/excluded.txt': `10.7.7.7\n${excluded.join('\n')}\n`,
        '/l/limit.txt': `10.0.0.1-3\n${limited.join('\n')}\n`,
      },
      { 'one.lan': [addressAt(11)], 'two.lan': [addressAt(22)] },
    );
  const asking = fc.record({
    subnets: few(subnet),
    targets: few(fc.oneof(address, range, name)),
    excludes: few(fc.oneof(address, range, subnet, name, fc.constant('/l/excluded.txt'))),
    inventories: fc.constantFrom<string[]>([], ['/l/rows.csv']),
    limit: fc.constantFrom(null, '/l/limit.txt'),
    phones: few(known),
  });

  it('“yes” of nothing that it did not ask, “no” of nothing that it asked, and both where it can be told', async () => {
    await fc.assert(
      fc.asyncProperty(asking, files, fc.nat(9), async ({ phones, limit, ...lists }, content, number) => {
        if (lists.subnets.length + lists.targets.length + lists.inventories.length + phones.length === 0) return;
        const spec: Partial<TargetSpec> = {
          ...lists,
          ...(phones.length === 0 ? {} : { ofRun: { run: 'a', phones } }),
          ...(limit === null ? {} : { limit: { most: null, list: limit } }),
        };
        const reached = await outcomesOf(spec, world(content)).catch(() => null);
        // Words that a run refuses, such as a list that limits it to nothing.
        if (reached === null) return;
        // Whoever was named is listed by the run itself.
        const listed = new Set(reached.filter(({ target }) => target.named).map(({ target }) => target.address));
        const asked = new Set(reached.map(({ target }) => target.address));
        const args = {
          ...{ subnet: lists.subnets, target: lists.targets, exclude: lists.excludes, inventory: lists.inventories },
          ...(limit === null ? {} : { limit }),
        };
        const kept = { args, ofRun: { phones } };
        const isPlain = limit === null && !lists.excludes.some((text) => /[a-z]/.test(text));
        for (const at of everywhere.filter((one) => !listed.has(one))) {
          const mac = macAt(number);
          const said = askedOf(kept, true)(at, mac);
          if (said !== 'unknown') expect([at, said]).toEqual([at, asked.has(at) ? 'yes' : 'no']);
          // Only a phone that was asked for elsewhere leaves a doubt then.
          else if (isPlain) expect(phones.some(({ hint }) => hint.mac === mac)).toBe(true);
          // Of one that was stopped, nothing is said to have been asked, and nothing denied that was to be.
          const unfinished = askedOf(kept, false)(at, mac);
          expect(unfinished).not.toBe('yes');
          if (unfinished === 'no') expect(asked.has(at)).toBe(false);
        }
      }),
    );
  });
});
