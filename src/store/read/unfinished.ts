import type { Kysely } from 'kysely';
import type { Evidence } from '../../domain/failures/failure.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import { type ActiveState, isActive, isTouched, type State } from '../../domain/progress/state.js';
import { readFields } from '../../domain/report/read-fields.js';
import type { PhoneReport, UnfinishedPhone } from '../../domain/report/report.js';
import { inAddressOrder } from '../../domain/network/address-order.js';
import type { StoreTables } from '../schema/tables.js';
import { valueOf } from '../schema/values.js';

type Db = Kysely<StoreTables>;

/** What is read here of what a run keeps of a phone for its resume; earlier versions kept less. */
interface Kept extends Partial<Pick<PhoneReport, 'eligibility' | 'plan' | 'changes' | 'evidence'>> {
  target?: { hint?: { site?: string; note?: string; vid?: string; mac?: string }; named?: boolean; source?: string };
  /** Of a phone that was written to: what differs from how it was read before that. */
  facts?: Partial<PhoneFacts> | null;
  underWay?: { baseline?: PhoneFacts } | null;
  startedAt?: number;
  traffic?: { requests: number; bytes: number };
}

/** A phone of a run that has not ended, and which run that is. */
export interface UnfinishedOfRun {
  runId: string;
  phone: UnfinishedPhone;
}

/** The phones that have not ended, by address: of one run, or, with their MAC, of all that have not ended. */
export async function unfinishedPhones(
  db: Db,
  { runId, mac }: { runId?: string; mac?: string },
): Promise<UnfinishedOfRun[]> {
  let query = db
    .selectFrom('targets')
    .innerJoin('runs', 'runs.id', 'targets.run_id')
    .selectAll('targets')
    .where('runs.finished_at', 'is', null)
    .where('targets.outcome', 'is', null);
  if (runId !== undefined) query = query.where('targets.run_id', '=', runId);
  if (mac !== undefined) query = query.where('targets.mac', '=', mac);
  const rows = await query.execute();
  const told = new Map<string, Map<string, Told>>();
  for (const id of new Set(rows.filter(({ touched }) => touched === 1).map(({ run_id }) => run_id)))
    told.set(id, await toldOf(db, id));
  return inAddressOrder(rows, ({ key }) => key).flatMap((row) => {
    const { run_id: id, address, mac: shown, updated_at } = row;
    const state = row.state as State;
    // An outcome is what a state leads to, so that a row without one is of a phone under way.
    if (!isActive(state)) return [];
    const kept = valueOf<Kept>(row.snapshot) ?? {};
    // What was read before the write is of no event.
    const since = isTouched(state) ? told.get(id)?.get(shown ?? '') : undefined;
    return [{ runId: id, phone: phoneOf({ address, mac: shown, state, updatedAt: updated_at }, kept, since) }];
  });
}

/** A phone as its row has it. */
interface Row {
  address: string;
  mac: string | null;
  state: ActiveState;
  updatedAt: string;
}

function phoneOf({ address, mac, state, updatedAt }: Row, kept: Kept, since: Told | undefined): UnfinishedPhone {
  const { target = {}, startedAt, traffic, evidence = [] } = kept;
  const { hint = {}, named, source } = target;
  const baseline = kept.underWay?.baseline;
  const facts = kept.facts ? ({ ...baseline, ...kept.facts } as PhoneFacts) : (baseline ?? null);
  // Which types return without a license is known to a run, not to its store.
  const { fields, vidSource } = readFields({ address, mac, facts, hint }, () => 'unknown');
  const known = new Set(evidence.map((one) => JSON.stringify(one)));
  const later = since?.evidence.filter((one) => !known.has(JSON.stringify(one))) ?? [];
  const judged = kept.eligibility ?? null;
  return {
    ...fields,
    eligibility: judged && {
      ...{ direction: judged.direction, verdict: judged.verdict },
      ...{ reasons: judged.reasons, warnings: judged.warnings },
    },
    ...{ plan: kept.plan ?? [], changes: kept.changes ?? [], evidence: [...evidence, ...later] },
    ...{ outcome: null, failure: null, durationMs: null, nextAttemptAt: null, touched: isTouched(state) },
    startedAt: startedAt === undefined ? updatedAt : new Date(startedAt).toISOString(),
    ...{ site: hint.site ?? null, note: hint.note ?? null },
    // A store of 0.1.0 does not tell which targets were named.
    named: named ?? (source !== undefined && !source.startsWith('--subnet ')),
    ...{ vidSource, ucm: null, ...traffic },
    ...{ state: since?.state ?? state, writtenAt: since?.writtenAt ?? null },
    toldAt: since !== undefined && since.at > updatedAt ? since.at : updatedAt,
  };
}

/** What the events of a phone say of it. */
interface Told {
  at: string;
  writtenAt: string;
  state: ActiveState | null;
  /** Since it was last written to. */
  evidence: Evidence[];
}

/** What the events of the phones that were written to and have not ended say, by MAC: most looks bring an event only. */
async function toldOf(db: Db, runId: string): Promise<Map<string, Told>> {
  const rows = await db
    .selectFrom('events')
    .select(['event', 'at', 'mac', 'detail'])
    .where('run_id', '=', runId)
    .where('event', 'in', ['intent', 'state', 'evidence'])
    .where('mac', 'in', ({ selectFrom }) =>
      selectFrom('targets')
        .select('targets.mac')
        .where('targets.run_id', '=', runId)
        .where('targets.outcome', 'is', null)
        .where('targets.touched', '=', 1),
    )
    .orderBy('seq')
    .execute();
  const byMac = new Map<string, Told>();
  for (const { event, at, mac, detail } of rows) {
    const before = byMac.get(mac ?? '');
    if (event === 'intent') byMac.set(mac ?? '', { at, writtenAt: before?.writtenAt ?? at, state: null, evidence: [] });
    else if (before) {
      const said = JSON.parse(detail) as { state?: State; kind?: string; text?: string };
      before.at = at;
      if (event === 'evidence') before.evidence.push({ at, kind: said.kind ?? '', text: said.text ?? '' });
      else if (said.state !== undefined && isActive(said.state)) before.state = said.state;
    }
  }
  return byMac;
}
