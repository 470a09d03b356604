import type { FailureCodeName } from '../failures/failure-codes.js';
import { inAddressOrder } from '../network/address-order.js';
import { type Outcome, outcomes, usuallyNeedsAttention } from '../progress/outcome.js';
import type { Asked } from './asked.js';
import type { PhoneReport } from './report.js';

/** One phone, with just enough to identify it; `mac` is `null` for one that has not shown it: it goes by its address. */
export interface PhoneRef {
  mac: string | null;
  address: string;
  model: string | null;
}

/** The run that a comparison starts from or leads to. */
export interface RunRef {
  id: string;
  /** ISO 8601. */
  startedAt: string;
  /** `null`: an audit. */
  profile: string | null;
  /** Somebody said no to it: how its phones ended says nothing. */
  declined: boolean;
}

/** What a phone showed for one field in both runs; `null` if it showed nothing. */
export interface PhoneChange {
  mac: string | null;
  /** Where it is now. */
  address: string;
  from: string | null;
  to: string | null;
}

/** How a phone ended in both runs. */
export interface OutcomeChange {
  mac: string | null;
  address: string;
  from: Outcome;
  to: Outcome;
  /** Its failure code now. */
  code: string | null;
}

/** What changed in the fleet from one run to a later one. Phones are told apart by MAC; one without a MAC by its address. */
export interface RunDiff {
  from: RunRef;
  to: RunRef;
  outcomes: OutcomeChange[];
  /** Seen in the later run only; the earlier one had asked for them. */
  added: PhoneRef[];
  /** Seen in the earlier run only, with their address of then; the later one had asked for them. */
  notSeen: PhoneRef[];
  /** Other address. */
  moved: { mac: string; from: string; to: string }[];
  /** Other software version. */
  firmware: PhoneChange[];
  /** Other transition authorization type (`""` is shown empty). */
  authorization: PhoneChange[];
  /** Eligible now, and not before. */
  newlyEligible: PhoneRef[];
  /** How many phones were seen in one run only, as the other had not asked for them. */
  askedOnlyIn: { from: number; to: number };
  /** Seen in one run only; it is not known whether the other asked for them, or who answered it there. */
  notKnown: (PhoneRef & { seenIn: 'from' | 'to' })[];
  /** How many phones were seen in both runs. */
  compared: number;
  /**
   * Whether both runs asked the same of phones, and did it, so that other outcomes are news: an audit answers another question than a
   * profile, and a run that somebody said no to none.
   */
  outcomesCompared: boolean;
}

/** What is compared about a phone. */
export type ComparedPhone = Pick<
  PhoneReport,
  'mac' | 'address' | 'family' | 'model' | 'softwareVersion' | 'transitionAuthorizationType' | 'outcome'
> & {
  code: string | null;
  eligibility: Pick<NonNullable<PhoneReport['eligibility']>, 'direction' | 'verdict'> | null;
};

/** One of the runs that are compared. */
export interface ComparedRun {
  run: RunRef;
  phones: readonly ComparedPhone[];
  /** What the run says of an address at which it lists no phone. */
  asked: (address: string, mac: string | null) => Asked;
}

/** Compares two runs; each list by address. */
export function compareReports(before: ComparedRun, after: ComparedRun): RunDiff {
  const [then, now] = [index(before.phones), index(after.phones)];
  const diff: RunDiff = {
    ...{ from: before.run, to: after.run, outcomes: [], added: [], notSeen: [], moved: [], firmware: [] },
    ...{ authorization: [], newlyEligible: [], askedOnlyIn: { from: 0, to: 0 }, notKnown: [] },
    ...{ compared: 0, outcomesCompared: isSameQuestion(before.run, after.run) },
  };
  for (const phone of inAddressOrder(after.phones, ({ address }) => address)) {
    const earlier = counterpart(phone, then, now);
    if (earlier) compare(earlier, phone, diff);
    else file(phone, before, 'to', diff);
  }
  for (const phone of inAddressOrder(before.phones, ({ address }) => address))
    if (!counterpart(phone, now, then)) file(phone, after, 'from', diff);
  diff.notKnown = inAddressOrder(diff.notKnown, ({ address }) => address);
  return diff;
}

function isSameQuestion(then: RunRef, now: RunRef): boolean {
  return then.profile === now.profile && !then.declined && !now.declined;
}

interface Index {
  byMac: ReadonlyMap<string, ComparedPhone>;
  byAddress: ReadonlyMap<string, ComparedPhone>;
}

function index(phones: readonly ComparedPhone[]): Index {
  return {
    byMac: new Map(phones.flatMap((phone) => (phone.mac === null ? [] : [[phone.mac, phone] as const]))),
    byAddress: new Map(phones.map((phone) => [phone.address, phone])),
  };
}

/** The same phone in the other run; where one of the two has not shown its MAC, what was at its address, unless that one was elsewhere. */
function counterpart(phone: ComparedPhone, other: Index, own: Index): ComparedPhone | null {
  const same = phone.mac === null ? undefined : other.byMac.get(phone.mac);
  if (same) return same;
  const there = other.byAddress.get(phone.address);
  if (!there || (phone.mac !== null && there.mac !== null)) return null;
  return there.mac !== null && own.byMac.has(there.mac) ? null : there;
}

/** Notes a phone that only one run saw: that says nothing where the other did not ask for it. */
function file(phone: ComparedPhone, other: ComparedRun, seenIn: 'from' | 'to', diff: RunDiff): void {
  const asked = other.asked(phone.address, phone.mac);
  if (asked === 'no') diff.askedOnlyIn[seenIn] += 1;
  else if (asked === 'unknown') diff.notKnown.push({ ...refTo(phone), seenIn });
  else diff[seenIn === 'to' ? 'added' : 'notSeen'].push(refTo(phone));
}

function compare(then: ComparedPhone, now: ComparedPhone, diff: RunDiff): void {
  const { mac, address } = now;
  diff.compared += 1;
  const isNews = then.outcome !== now.outcome && !(isGood(then) && isGood(now));
  if (isNews && diff.outcomesCompared && !isRefused(then) && !isRefused(now))
    diff.outcomes.push({ mac: mac ?? then.mac, address, from: then.outcome, to: now.outcome, code: now.code });
  // Only a MAC on both sides shows that it is the same phone.
  if (mac === null || then.mac === null) return;
  if (then.address !== address) diff.moved.push({ mac, from: then.address, to: address });
  const [firmware, firmwareNow] = [then.softwareVersion, now.softwareVersion];
  // A look that could not read the version says nothing about a change.
  if (firmware !== null && firmwareNow !== null && firmware !== firmwareNow)
    diff.firmware.push({ mac, address, from: firmware, to: firmwareNow });
  const [type, typeNow] = [authorizationOf(then), authorizationOf(now)];
  if (then.family === 'multiplatform' && now.family === 'multiplatform' && type !== typeNow)
    diff.authorization.push({ mac, address, from: type, to: typeNow });
  if (isNewlyEligible(then, now)) diff.newlyEligible.push(refTo(now));
}

const good: readonly Outcome[] = ['done', 'already-done'];

/** Whether it is where the profile leads; whether it was there before is no news. */
function isGood({ outcome }: ComparedPhone): boolean {
  return good.includes(outcome);
}

/** Whether somebody said no before anything was done with it: that is no outcome to compare with. */
function isRefused({ outcome, code }: ComparedPhone): boolean {
  return outcome === 'aborted' && code === ('not-confirmed' satisfies FailureCodeName);
}

function isNewlyEligible({ eligibility: then }: ComparedPhone, { eligibility: now }: ComparedPhone): boolean {
  // After a move the verdict is about the way back, which is not news about the way there.
  const sameQuestion = then === null || then.direction === now?.direction;
  return sameQuestion && now?.verdict === 'eligible' && then?.verdict !== 'eligible';
}

/** The transition authorization type; `''` is none. */
function authorizationOf({ transitionAuthorizationType }: ComparedPhone): string {
  return transitionAuthorizationType?.trim() ?? '';
}

function refTo({ mac, address, model }: ComparedPhone): PhoneRef {
  return { mac, address, model };
}

/** Changes of outcome by what they mean, the ones to read first ahead; the rest by what they lead to. */
export function byNews(changes: readonly OutcomeChange[]): { title: string; changes: OutcomeChange[] }[] {
  const bad: readonly Outcome[] = [...usuallyNeedsAttention];
  const others = outcomes.filter((outcome) => !good.includes(outcome) && !bad.includes(outcome));
  const titles: readonly (readonly [title: string, to: readonly Outcome[]])[] = [
    ['Done now', good],
    ...bad.map((outcome) => [`Newly ${outcome}`, [outcome]] as const),
    ...others.map((outcome) => [`Now ${outcome}`, [outcome]] as const),
  ];
  return titles
    .map(([title, to]) => ({ title, changes: changes.filter((change) => to.includes(change.to)) }))
    .filter(({ changes: of }) => of.length > 0);
}
