import { parseSubnet } from '../../domain/network/address-forms.js';
import type { AddressRange } from '../../domain/network/ipv4.js';
import type { Site } from '../../domain/network/site.js';
import { goneAfterMs } from '../../fleet/shared/job-watch.js';
import type { WorkerRow } from '../../store/work.js';

/**
 * Where a worker's configuration has addresses in another site than this one has: its phones would be read with the passwords, and at the pace, of
 * another place. One sentence each.
 */
export function siteContradictions(
  sites: readonly Pick<Site, 'name' | 'subnets'>[],
  workers: readonly Pick<WorkerRow, 'host' | 'sites' | 'seenMsAgo'>[],
): string[] {
  const ours = sites.flatMap(({ name, subnets }) => rangesOf(subnets).map((range) => ({ name, ...range })));
  const found = workers
    .filter(({ seenMsAgo }) => seenMsAgo < goneAfterMs)
    .flatMap(({ host, sites: worked }) =>
      worked.flatMap((site) =>
        rangesOf(site.subnets).flatMap(({ text, range }) => {
          const other = ours.find((one) => one.name !== site.name && overlaps(one.range, range));
          if (other === undefined) return [];
          return [
            `The worker on ${host} has ${text} in its site ${site.name}, and this configuration has ${other.text} in the site ${other.name}; give both the same sites.`,
          ];
        }),
      ),
    );
  return [...new Set(found)];
}

function rangesOf(subnets: readonly string[]): { text: string; range: AddressRange }[] {
  return subnets.flatMap((text) => {
    const form = parseSubnet(text, text);
    return form.kind === 'addresses' ? [{ text, range: form.range }] : [];
  });
}

function overlaps(a: AddressRange, b: AddressRange): boolean {
  return a.first <= b.last && b.first <= a.last;
}
