import type { SimulatedPhone } from '../../../src/simulator/index.js';

/** What of a phone stands in a text and should not: its MAC in any spelling, its address, and these words. */
export function leaksOf(
  { mac, address }: Pick<SimulatedPhone, 'mac' | 'address'>,
  words: readonly string[],
  text: string,
): string[] {
  const pairs = mac.match(/../g) ?? [];
  const spellings = [
    mac,
    pairs.join(':'),
    pairs.join('-'),
    pairs.join('%3A'),
    (mac.match(/.{4}/g) ?? []).join('.'),
    mac.slice(6),
  ];
  const lower = text.toLowerCase();
  return [...spellings, address, ...words].filter((secret) => secret !== '' && lower.includes(secret.toLowerCase()));
}
