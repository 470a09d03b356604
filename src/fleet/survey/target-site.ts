import { siteOf, siteOfTarget } from '../../domain/network/site.js';
import type { Target } from '../../inventory/target.js';
import type { RunContext } from '../run/context.js';

/**
 * The target with the site of the configuration file that it is in: its limits, window, file server and passwords hold for the phone. A
 * word of the inventory that names none of these sites stays only where the phone is in none.
 */
export function withSite(target: Target, context: Pick<RunContext, 'options' | 'sited'>): Target {
  const site = siteOfTarget(target, context.options.sites)?.name;
  if (site === undefined) return target;
  tellSite(target.address, site, context);
  return site === target.hint.site ? target : { ...target, hint: { ...target.hint, site } };
}

/** Tells in which site the phone at an address is, where the address itself does not show it. */
export function tellSite(
  address: string,
  site: string | undefined,
  { options, sited }: Pick<RunContext, 'options' | 'sited'>,
): void {
  if (site !== undefined && siteOf(address, options.sites)?.name !== site) sited?.(address, site);
}
