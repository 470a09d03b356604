import { parseExclusion, parseSubnet } from '../../domain/network/address-forms.js';
import { formatIpv4 } from '../../domain/network/ipv4.js';

/**
 * The addresses of a target's `scope`, lowest first and made one at a time: where a phone that came back elsewhere may be.
 * Nothing for the empty scope of a host that did not resolve. Exclusions are not applied: ask `TargetSource.isExcluded`.
 */
export function* addressesInScope(scope: string): Generator<string, void, undefined> {
  if (scope === '') return;
  const form = scope.includes('/') ? parseSubnet(scope, scope) : parseExclusion(scope, scope);
  if (form.kind !== 'addresses') return;
  for (let address = form.range.first; address <= form.range.last; address += 1) yield formatIpv4(address);
}
