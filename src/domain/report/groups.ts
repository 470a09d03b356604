import { type Outcome, outcomes } from '../progress/outcome.js';
import { type Verdict, verdicts } from '../plan/eligibility.js';
import type { PhoneReport } from './report.js';

/** What phones may be grouped by, and what of a phone that is. */
const values = {
  model: ({ model }: PhoneReport) => model,
  firmware: ({ softwareVersion }: PhoneReport) => softwareVersion,
  site: ({ site }: PhoneReport) => site,
  authorization: ({ transitionAuthorizationType }: PhoneReport) => transitionAuthorizationType,
} as const;

export type GroupKey = keyof typeof values;

export const groupKeys = Object.keys(values) as readonly GroupKey[];

/** Phones that have the same in all of the keys. */
export interface PhoneGroup {
  /** In the order of the keys; `null`: not shown, or not known. */
  values: readonly (string | null)[];
  phones: number;
  byOutcome: Partial<Record<Outcome, number>>;
  /** Of those that were judged. */
  byVerdict: Partial<Record<Verdict, number>>;
}

/** The phones counted by each combination of values that occurs, the most first. */
export function groupPhones(phones: readonly PhoneReport[], keys: readonly GroupKey[]): PhoneGroup[] {
  const groups = new Map<string, { values: (string | null)[]; phones: PhoneReport[] }>();
  for (const phone of phones) {
    const of = keys.map((key) => values[key](phone));
    const name = JSON.stringify(of);
    const group = groups.get(name);
    if (group) group.phones.push(phone);
    else groups.set(name, { values: of, phones: [phone] });
  }
  const counted = [...groups].map(([name, { values: of, phones: those }]) => ({
    name,
    values: of,
    phones: those.length,
    byOutcome: counts(
      outcomes,
      those.map(({ outcome }) => outcome),
    ),
    byVerdict: counts(
      verdicts,
      those.flatMap(({ eligibility }) => eligibility?.verdict ?? []),
    ),
  }));
  return counted
    .sort((a, b) => b.phones - a.phones || (a.name < b.name ? -1 : 1))
    .map(({ name: _name, ...group }) => group);
}

/** Whether an entry is, or may be, a phone: other devices and addresses that a subnet happened to hold are none. */
export function mayBePhone({ outcome, named }: Pick<PhoneReport, 'outcome' | 'named'>): boolean {
  return (outcome !== 'not-a-phone' && outcome !== 'no-answer') || named;
}

/** How often each word occurs, in their usual order, without those that do not. */
function counts<Word extends string>(words: readonly Word[], all: readonly Word[]): Partial<Record<Word, number>> {
  const counted = words.map((word) => [word, all.filter((one) => one === word).length] as const);
  return Object.fromEntries(counted.filter(([, times]) => times > 0)) as Partial<Record<Word, number>>;
}
