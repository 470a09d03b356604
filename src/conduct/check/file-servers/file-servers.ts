import { formatIpv4, parseAddressRange } from '../../../domain/network/ipv4.js';
import { hostKey, type Site, siteOf, siteOfTarget } from '../../../domain/network/site.js';
import type { MigrationProfile } from '../../../domain/plan/migration-profile.js';
import { ruleFrom } from '../../../domain/plan/rule.js';
import type { RunSettings } from '../../options/table.js';

/** A file server that the rules of a run name. */
export interface RuleServer {
  /** As its rule begins: `http://10.0.0.5:6970`. */
  url: string;
  /** What named it; `site` is the site's name. */
  from: { option: 'files' | 'authorization-rule' } | { site: string } | { profile: string };
  /** Phones of this run certainly fetch from it. Otherwise only some list may name phones of its site. */
  isCertain: boolean;
}

type Settings = Pick<
  RunSettings,
  'files' | 'authorizationRule' | 'skipPreflight' | 'subnet' | 'target' | 'inventory' | 'fromRun'
>;

/**
 * The file servers that phones of a run will be told to fetch from, each once: by `--files`, by sites with one of their own, and by rules that
 * name another server. Nothing for a run that does not look at files first.
 */
export function fileServersOf(
  settings: Settings,
  profile: MigrationProfile | null,
  sites: readonly Site[],
): RuleServer[] {
  if (profile === null || settings.skipPreflight) return [];
  const rules = rulesOf(settings, profile);
  const found = new Map<string, RuleServer>();
  const add = (server: RuleServer): void => {
    const known = found.get(server.url);
    if (!known || (server.isCertain && !known.isCertain)) found.set(server.url, server);
  };
  const reached = reachedBy(settings, sites);
  for (const { template, named } of rules) {
    const whole = serverIn(ruleFrom(template, null, ''));
    if (!template.includes('{files}')) {
      if (whole !== null) add({ url: whole, from: named, isCertain: true });
      continue;
    }
    const own = serverIn(ruleFrom(template, settings.files, ''));
    if (own !== null && reached.others) add({ url: own, from: { option: 'files' }, isCertain: true });
    for (const site of sites) {
      const at = site.files === null ? null : serverIn(ruleFrom(template, site.files, ''));
      const isCertain = reached.sites.has(site);
      if (at !== null && (isCertain || reached.lists)) add({ url: at, from: { site: site.name }, isCertain });
    }
  }
  return [...found.values()];
}

function rulesOf(
  { authorizationRule }: Settings,
  { name, goal, upgradeRule, authorizationRule: usual }: MigrationProfile,
): { template: string; named: RuleServer['from'] }[] {
  const profile = { profile: name };
  const license = goal === 'upgrade' ? null : (authorizationRule ?? usual);
  return [
    ...(upgradeRule === null ? [] : [{ template: upgradeRule, named: profile }]),
    ...(license === null
      ? []
      : [
          {
            template: license,
            named: authorizationRule === null ? profile : { option: 'authorization-rule' as const },
          },
        ]),
  ];
}

/** Scheme and server of a rule; `null` where only phones know them. A rule without a scheme means tftp. */
function serverIn(rule: string | null): string | null {
  const [, scheme = 'tftp://', host = ''] = /^(https?:\/\/|tftp:\/\/)?([^/?#\s]+)(?:[/?#]|$)/i.exec(rule ?? '') ?? [];
  const url = `${scheme.toLowerCase()}${host}`;
  return host === '' || host.includes('$') || !URL.canParse(url) ? null : url;
}

/** Whose phones a run certainly contacts. */
interface Reached {
  sites: ReadonlySet<Site>;
  /** Phones of no site, or of one without a file server of its own. */
  others: boolean;
  /** Lists may name phones of any site. */
  lists: boolean;
}

function reachedBy({ subnet, target, inventory, fromRun }: Settings, sites: readonly Site[]): Reached {
  const reached = new Set<Site>();
  // Without targets there are phones of no site to think of.
  let others = fromRun !== null || subnet.length + target.length + inventory.length === 0;
  const reach = (site: Site | null): void => {
    if (site) reached.add(site);
    others ||= site === null || site.files === null;
  };
  for (const text of [...subnet, ...target]) {
    const range = parseAddressRange(text);
    if (range === null) {
      reach(siteOfTarget({ address: '', host: hostKey(text), hint: {} }, sites));
      continue;
    }
    sites.filter((site) => overlaps(site, range)).forEach(reach);
    const [first, last] = [range.first, range.last].map((at) => siteOf(formatIpv4(at), sites));
    if (first === null || first !== last) reach(null);
  }
  for (const path of inventory) reach(sites.find(({ inventories }) => inventories.includes(path)) ?? null);
  return { sites: reached, others, lists: inventory.length > 0 || fromRun !== null };
}

function overlaps(site: Site, { first, last }: { first: number; last: number }): boolean {
  return [...site.subnets, ...site.targets]
    .map(parseAddressRange)
    .some((range) => range !== null && range.first <= last && first <= range.last);
}
