import type { Proof } from '../../domain/report/report.js';

/**
 * What can prove a move to Enterprise, how a phone ends without proof, and how to change that: shown with the plan, before
 * anything is written. One sentence each.
 * @param phones how many are to be moved
 */
export function proofSentences({ sources, accept, waves, abortAfter }: Proof, phones: number): string[] {
  if (sources.includes('unified-cm'))
    return [
      'Unified CM proves a move to Enterprise: the phone registers there with its load, whether its web page is on or off.',
      'A phone that has not registered by its deadline ends unverified: not-registered. It needs DHCP option 150 or an alternate TFTP address, and must be a device of Unified CM.',
    ];
  return [
    "Proof of a move to Enterprise can only come from the phone's own web page, and Unified CM leaves that off (Web Access) unless told otherwise.",
    'A phone whose page is off ends unverified: silent-after-upgrading, if it reported the upgrade before it vanished.',
    whatFollows(accept, waves, abortAfter, phones),
  ];
}

function whatFollows(
  accept: Proof['accept'],
  waves: string | null,
  abortAfter: readonly string[],
  phones: number,
): string {
  const gates = [...(waves === null ? [] : [`the waves ${waves}`]), ...abortAfter.map((one) => `--abort-after ${one}`)];
  if (gates.length === 0)
    return `Neither --waves nor --abort-after was given: all ${phones} are written to, whether or not any of them is proven.`;
  if (accept.length > 0) return `Such phones count as good for ${gates.join(' and ')} (--accept ${accept.join(', ')}).`;
  const stops =
    waves === null
      ? 'they count as bad, and the run stops itself'
      : 'the run stops after the first wave, of which nothing was proven';
  return `If all end like this, ${stops}. To let them count as good: --accept silent-after-upgrading. To have proof: Web Access on in Unified CM first.`;
}
