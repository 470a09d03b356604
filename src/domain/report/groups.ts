import { type Outcome, outcomes } from '../progress/outcome.js';
import { type Verdict, verdicts } from '../plan/eligibility.js';
import type { ListedPhone } from './report.js';
import { standingWord, type UnfinishedWord, unfinishedWords } from './unfinished.js';

/** What phones may be grouped by, and what of a phone that is. */
const values = {
  model: ({ model }: ListedPhone) => model,
  firmware: ({ softwareVersion }: ListedPhone) => softwareVersion,
  site: ({ site }: ListedPhone) => site,
  authorization: ({ transitionAuthorizationType }: ListedPhone) => transitionAuthorizationType,
} as const;

export type GroupKey = keyof typeof values;

export const groupKeys = Object.keys(values) as readonly GroupKey[];

/** Phones that have the same in all of the keys. */
export interface PhoneGroup {
  /** In the order of the keys; `null`: not shown, or not known. */
  values: readonly (string | null)[];
  phones: number;
  /** Of those that have not ended. */
  notEnded: Partial<Record<UnfinishedWord, number>>;
  byOutcome: Partial<Record<Outcome, number>>;
  /** Of those that were judged. */
  byVerdict: Partial<Record<Verdict, number>>;
}

/**
 * The phones counted by each combination of values that occurs, the most first.
 * @param as what makes two values the same one; absent: only what is the same to the letter is
 */
export function groupPhones(
  phones: readonly ListedPhone[],
  keys: readonly GroupKey[],
  as: (value: string | null) => string | null = (value) => value,
): PhoneGroup[] {
  const groups = new Map<string, { values: (string | null)[]; phones: ListedPhone[] }>();
  for (const phone of phones) {
    const of = keys.map((key) => as(values[key](phone)));
    const name = JSON.stringify(of);
    const group = groups.get(name);
    if (group) group.phones.push(phone);
    else groups.set(name, { values: of, phones: [phone] });
  }
  const counted = [...groups].map(([name, { values: of, phones: those }]) => ({
    name,
    values: of,
    phones: those.length,
    notEnded: counts(unfinishedWords, those.map(standingWord)),
    byOutcome: counts(outcomes, those.map(standingWord)),
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
export function mayBePhone({ outcome, named }: Pick<ListedPhone, 'outcome' | 'named'>): boolean {
  return (outcome !== 'not-a-phone' && outcome !== 'no-answer') || named;
}

/** How often each word occurs, in their usual order, without those that do not. */
function counts<Word extends string>(words: readonly Word[], all: readonly string[]): Partial<Record<Word, number>> {
  const counted = words.map((word) => [word, all.filter((one) => one === word).length] as const);
  return Object.fromEntries(counted.filter(([, times]) => times > 0)) as Partial<Record<Word, number>>;
}
