import type { Kysely } from 'kysely';
import type { State } from '../../domain/progress/state.js';
import type { AnyEvent } from '../../domain/report/events.js';
import type { PhoneReport } from '../../domain/report/report.js';
import { tellPhones } from '../../domain/report/story/story.js';
import type { StoreTables } from '../schema/tables.js';
import { valueOf } from '../schema/values.js';
import type { PhoneNight } from '../store-rows.js';
import { toEvent } from './targets.js';

type Db = Kysely<StoreTables>;

/** Of so many runs, the latest, a phone is told moment by moment: each means to look through all events of a run. */
export const mostWhole = 20;

/** How a phone fared in each run that saw it, the latest first. @param cutOff runs whose process is dead */
export async function nightsOf(db: Db, mac: string, cutOff: ReadonlySet<string>): Promise<PhoneNight[]> {
  const rows = await db
    .selectFrom('targets')
    .innerJoin('runs', 'runs.id', 'targets.run_id')
    .select(['runs.id', 'runs.started_at', 'runs.profile', 'runs.waves', 'runs.state as run_state'])
    .select(['targets.key', 'targets.address', 'targets.state', 'targets.wave', 'targets.report'])
    .where('targets.mac', '=', mac)
    .orderBy('runs.started_at', 'desc')
    .orderBy('runs.id')
    .execute();
  const nights: PhoneNight[] = [];
  for (const [at, run] of [...new Set(rows.map(({ id }) => id))].entries()) {
    const isWhole = at < mostWhole;
    // At two addresses it is two targets of the run, whose events are told apart.
    const phones = rows
      .filter(({ id }) => id === run)
      .map((row) => {
        const report = valueOf<PhoneReport>(row.report);
        return { ...row, mac, report, failure: report?.failure ?? null, evidence: report?.evidence ?? [] };
      });
    const events = isWhole ? await eventsAbout(db, run, { mac, addresses: phones.map(({ address }) => address) }) : [];
    for (const { phone, moments, wave } of await tellPhones({ phones }, events, waveOf))
      nights.push({
        ...{ run, startedAt: phone.started_at, profile: phone.profile, address: phone.address, wave },
        ...{ state: phone.report?.outcome ?? lastState(events) ?? (phone.state as State) },
        ...{ goesOn: phone.run_state === 'running' && !cutOff.has(run), phone: phone.report, moments, isWhole },
      });
  }
  return nights;
}

/** Events of a phone, and those of its addresses before anybody knew whose they are. */
async function eventsAbout(
  db: Db,
  run: string,
  { mac, addresses }: { mac: string; addresses: readonly string[] },
): Promise<AnyEvent[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('run_id', '=', run)
    .where(({ and, eb, or }) => or([eb('mac', '=', mac), and([eb('mac', 'is', null), eb('address', 'in', addresses)])]))
    .orderBy('seq')
    .execute();
  return rows.map(toEvent);
}

/** Most looks at a phone under way bring an event only: its row is as it was written to. */
function lastState(events: readonly AnyEvent[]): State | undefined {
  const last = events.findLast(({ event }) => event === 'state');
  return last?.['state'] as State | undefined;
}

/** Rows learn their wave when they are stored next. Stored from 0, told from 1. */
function waveOf({ key, wave, waves }: { key: string; wave: number | null; waves: string | null }): number | null {
  const drawn = wave ?? valueOf<Record<string, number>>(waves)?.[key];
  return drawn === undefined ? null : drawn + 1;
}
