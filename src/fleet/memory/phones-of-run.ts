import { type Outcome, outcomes } from '../../domain/progress/outcome.js';
import { endedSo, type Ending, endingsOf } from '../../domain/report/endings.js';
import type { PhoneReport } from '../../domain/report/report.js';
import { inAddressOrder } from '../../domain/network/address-order.js';
import { reportedLabelVid } from '../../domain/phone/hardware.js';
import { shellWord } from '../../domain/text/shell-word.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { parseIpv4 } from '../../domain/network/ipv4.js';
import { parseMac } from '../../domain/network/mac.js';
import type { KnownPhone, OfRun, TargetHint } from '../../inventory/target.js';
import type { RunRow, TargetRow } from '../../store/store-rows.js';
import type { Store } from '../../store/store.js';

/** The phones of an earlier run, and what should be said about them. */
export interface SelectedPhones {
  ofRun: OfRun;
  /** One sentence each. */
  remarks: string[];
}

/**
 * The phones of an earlier run: those that it read, or that may be phones, and every target that was named to it. Other devices that a
 * subnet happened to hold are left out. What the run has read of a phone is a hint, never a fact.
 * @param only outcomes and failure codes; empty: all phones
 * @throws UsageError when the run has not ended, and when it has no such phone
 */
export async function phonesOfRun(
  store: Pick<Store, 'targetsOf' | 'path'>,
  run: Pick<RunRow, 'id' | 'state' | 'totals'>,
  only: readonly string[],
): Promise<SelectedPhones> {
  if (run.state === 'running')
    throw new UsageError(
      `The run ${run.id} has not ended, so it is not known yet how all of its phones end; wait for it, or if it was cut off, continue it with: fleet-migrate resume ${run.id} --db ${shellWord(store.path)}`,
    );
  const phones: KnownPhone[] = [];
  const had = new Map<string, number>();
  let listed = 0;
  let listedSilent = 0;
  for await (const row of store.targetsOf(run.id)) {
    listed += 1;
    if (row.outcome === 'no-answer') listedSilent += 1;
    for (const word of endingsOf(endingOf(row))) had.set(word, (had.get(word) ?? 0) + 1);
    if (isWanted(row, only)) phones.push(knownPhone(row));
  }
  if (phones.length === 0)
    throw new UsageError(
      only.length === 0
        ? `The run ${run.id} found no phone; name another run (fleet-migrate runs lists them), or its targets anew.`
        : `The run ${run.id} has no phone that ended with ${only.join(' or ')}; ${endingsText(had)}.`,
    );
  // As a subnet is asked: the first few of a fleet are the same, however it is named. Phones without an address come last.
  const inOrder = inAddressOrder(phones, ({ address }) => address ?? '\uffff');
  return { ofRun: { run: run.id, phones: inOrder }, remarks: remarksOn(run, listed - listedSilent) };
}

function endingOf({ outcome, report }: TargetRow): Ending {
  return { outcome, failure: report?.failure ?? null };
}

function isWanted(row: TargetRow, only: readonly string[]): boolean {
  if (only.length > 0) return endedSo(endingOf(row), only);
  return row.outcome !== 'not-a-phone' || row.report?.named === true;
}

function knownPhone({ address, mac, report }: TargetRow): KnownPhone {
  // A phone that a list or Unified CM gave by its MAC alone, and that was not found, stands under it.
  const code = report?.failure?.code ?? '';
  const isByMac = code === 'not-found-by-mac' || code.startsWith('ucm-');
  // The digits of an address may be as many.
  const sought = isByMac && parseIpv4(address) === null ? parseMac(address) : null;
  return { address: sought === null ? address : null, hint: hintOf(mac ?? sought, report) };
}

/**
 * What is remembered of a phone. A hardware version only as it stands on the label: what a Multiplatform page shows need not be that.
 */
function hintOf(mac: string | null, report: PhoneReport | null): TargetHint {
  const { model, serial, site, note } = report ?? {};
  const known = { mac, model, serial, site, note, vid: report && reportedLabelVid(report) };
  return Object.fromEntries(Object.entries(known).filter(([, text]) => typeof text === 'string' && text !== ''));
}

/** `it had 5 done, 2 blocked (license-missing 2)`. */
function endingsText(had: ReadonlyMap<string, number>): string {
  const isOutcome = (word: string): word is Outcome => (outcomes as readonly string[]).includes(word);
  const text = (words: readonly string[]): string => words.map((word) => `${had.get(word) ?? 0} ${word}`).join(', ');
  const ends = outcomes.filter((outcome) => had.has(outcome));
  const codes = [...had.keys()].filter((word) => !isOutcome(word)).sort();
  if (ends.length === 0) return 'it has none at all';
  return `it had ${text(ends)}${codes.length === 0 ? '' : ` (with ${text(codes)})`}`;
}

/** Targets that a stopped run did not get to were only counted: nobody knows whether phones are among them. */
function remarksOn({ id, totals }: Pick<RunRow, 'id' | 'totals'>, answered: number): string[] {
  if (totals === null) return [];
  const unread = totals.targets - answered - (totals.byOutcome['no-answer'] ?? 0);
  if (unread <= 0) return [];
  const were = unread === 1 ? '1 target was' : `${unread} targets were`;
  return [`The run ${id} ended before ${were} looked at: what is there is not known, and is no target of this run.`];
}
