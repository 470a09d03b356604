import { siteOf, siteOfTarget } from '../domain/network/site.js';
import type { Target } from '../inventory/target.js';
import type { RunContext } from './context.js';

/**
 * The target with its site of the configuration file, whose limits, window, file server and passwords apply to the phone. A site name of
 * the inventory that the configuration file does not have is kept only if the address is in no configured site.
 */
export function withSite(target: Target, context: Pick<RunContext, 'options' | 'sited'>): Target {
  const site = siteOfTarget(target, context.options.sites)?.name;
  if (site === undefined) return target;
  tellSite(target.address, site, context);
  return site === target.hint.site ? target : { ...target, hint: { ...target.hint, site } };
}

/** Tells the run the site of the phone at an address, unless the address itself shows it. */
export function tellSite(
  address: string,
  site: string | undefined,
  { options, sited }: Pick<RunContext, 'options' | 'sited'>,
): void {
  if (site !== undefined && siteOf(address, options.sites)?.name !== site) sited?.(address, site);
}
