import { parseExclusion, parseSubnet, parseTarget } from '../network/address-forms.js';
import { type AddressRange, parseIpv4 } from '../network/ipv4.js';
import { namesList } from '../network/list-path.js';

/** Whether a run asked for a phone: shown, shown not, not known. */
export type Asked = 'yes' | 'no' | 'unknown';

/** What is kept of a run's targets, as far as it is understood. */
export interface KeptTargets {
  args?: Readonly<Record<string, unknown>> | undefined;
  ofRun?: { phones?: readonly { address: string | null; hint: { mac?: string } }[] } | undefined;
}

/**
 * Tells of addresses that a run does not list whether it asked them: dark ones of a subnet are only counted.
 * @param isWhole whether the run got to all of its targets: it lists all that a list or a cluster named then
 */
export function askedOf(kept: KeptTargets | null, isWhole: boolean): (address: string, mac: string | null) => Asked {
  const args = kept?.args;
  if (args === undefined) return () => 'unknown';
  const texts = (name: string): string[] => [args[name] ?? []].flat().map(String);
  const places = [
    ...texts('subnet').map((text) => read(text, parseSubnet)),
    ...texts('target').map((text) => read(text, parseTarget)),
  ];
  const asked = places.filter((place) => typeof place !== 'string');
  const excludes = texts('exclude');
  const excluded = excludes
    .filter((text) => !namesList(text))
    .map((text) => read(text, parseExclusion))
    .filter((place) => typeof place !== 'string');
  // What a list or a name stood for then is not kept.
  const mayBeExcluded =
    excludes.some(namesList) || excluded.length < excludes.length || /\D/.test(texts('limit').join(''));
  // What these stood for is listed by a run that got to all of its targets.
  const isListed = texts('inventory').length > 0 || texts('ucm').length > 0 || places.includes('host');
  const isUnclear = places.includes('unclear');
  const ofRun = kept?.ofRun?.phones ?? [];
  const [addresses, macs] = [
    new Set(ofRun.map(({ address }) => address)),
    new Set(ofRun.flatMap(({ hint }) => hint.mac ?? [])),
  ];
  return (address, mac) => {
    const number = parseIpv4(address);
    const isIn = (all: readonly AddressRange[]): boolean =>
      number !== null && all.some(({ first, last }) => first <= number && number <= last);
    if (isIn(excluded)) return 'no';
    if (isIn(asked) || addresses.has(address)) return isWhole && !mayBeExcluded ? 'yes' : 'unknown';
    // Asked for elsewhere: it may have been here all the time.
    const isSought = mac !== null && macs.has(mac);
    return isSought || isUnclear || (isListed && !isWhole) ? 'unknown' : 'no';
  };
}

function read(text: string, parse: typeof parseTarget): AddressRange | 'host' | 'unclear' {
  try {
    const form = parse(text, text);
    return form.kind === 'addresses' ? form.range : 'host';
  } catch {
    return 'unclear';
  }
}
