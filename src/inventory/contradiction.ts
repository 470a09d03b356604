import { phoneModelIn } from '../domain/phone/facts.js';
import { hardwareNumber } from '../domain/phone/hardware.js';
import { shown } from '../domain/text/printable.js';
import type { TargetHint } from './target.js';

/** What a list says of a phone, and where: `phones.csv:7`. */
export interface Said {
  hint: TargetHint;
  source: string;
}

/** What two rows must not say differently of one phone. */
export type Decisive = 'mac' | 'model' | 'vid' | 'serial';

/** As a value is compared, null for what cannot be; and whether it may be shown. */
const decisive: Readonly<
  Record<Decisive, { what: string; read: (text: string) => string | number | null; isShown: boolean }>
> = {
  // One of them would use up the wrong phone's license.
  mac: { what: 'MAC', read: (text) => text, isShown: true },
  model: { what: 'model', read: phoneModelIn, isShown: true },
  // A floor of firmware may rest on it.
  vid: { what: 'VID', read: hardwareNumber, isShown: true },
  // Any text may stand in such a column.
  serial: { what: 'serial number', read: (text) => text.replace(/\s+/g, '').toUpperCase(), isShown: false },
};

/** All that two rows of lists are held to. */
export const allDecisive: readonly Decisive[] = ['mac', 'model', 'vid', 'serial'];

/**
 * Where two rows contradict each other about one phone: which of them is right cannot be known.
 * @returns `z2.csv:2: 10.0.0.5 has the VID V16 here, but V04 in z1.csv:2`, or null where they agree
 */
export function contradictionOf(
  known: Said,
  other: Said,
  phone: string,
  names: readonly Decisive[] = allDecisive,
): string | null {
  for (const name of names) {
    const { what, read, isShown } = decisive[name];
    const [first, second] = [known.hint[name], other.hint[name]];
    if (first === undefined || second === undefined) continue;
    const [one, two] = [read(first), read(second)];
    if (one === null || two === null || one === two) continue;
    const [here, there] = [other, known].map(({ hint, source }) => hint.from?.[name] ?? source);
    return isShown
      ? `${here}: ${phone} has the ${what} ${shown(second)} here, but ${shown(first)} in ${there}`
      : `${here}: ${phone} has another ${what} here than in ${there}`;
  }
  return null;
}
