import type { NamedSite } from '../../domain/network/written-site.js';

/** The sites of a store, as they were imported. */
export interface SitesOfStore {
  /** Its path or its address, as it is named to people. */
  store: string;
  sites: readonly NamedSite[];
}

/** A store whose sites could not be read, and why. */
export interface UnreadSites {
  /** `null`: its command will find that itself. */
  problem: string | null;
  /** They are only looked at, and nothing depends on them. Absent: it does. */
  isWarning?: boolean;
}

/** Whether a store was read. */
export function wereRead(sites: SitesOfStore | UnreadSites | null): sites is SitesOfStore {
  return sites !== null && 'sites' in sites;
}

/** Where one of them is described, as the beginning of a sentence. */
export function placeInStore(site: string, store: string): string {
  return `The site ${site} of ${store}`;
}
