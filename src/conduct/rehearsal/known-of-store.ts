import type { Mac } from '../../domain/network/mac.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { Rehearsal } from '../../domain/rehearsal/rehearsal.js';
import type { StepTime } from '../../domain/rehearsal/step-times.js';
import type { PhoneReport, RunSummary } from '../../domain/report/report.js';
import { knownDurations } from '../../fleet/run/run-with-store.js';
import type { RehearsalParts } from '../../rehearse/parts.js';
import type { Store } from '../../store/store.js';

/** How much a phone fetches for a load where nobody has looked at it: a guess (docs/knowledge/firmware.md#images-and-their-weight). */
const guessedBytes = 75_000_000;

/** How long a phone takes to show a page where no audit tells (ms): a guess. */
const guessedReadMs = 700;

/** How long the phones of an audit took to be read (ms): as the quickest quarter did, since the others waited for each other, too. */
export function readMsOf(reports: readonly Pick<PhoneReport, 'outcome' | 'durationMs'>[]): number {
  const times = reports.flatMap(({ outcome, durationMs }) => (outcome === 'audited' ? [durationMs] : []));
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 4)] ?? guessedReadMs;
}

/** So many runs are looked at for one that knows the size of its firmware. */
const mostRuns = 100;

/** What a store knows for a rehearsal besides the phones. */
export type KnownOfStore = Pick<RehearsalParts, 'history' | 'durations' | 'licensed' | 'deferrals'> & {
  size: Rehearsal['size'];
};

/** @param store `null`: there is none. @param givenBytes the size to be assumed; `null`: none was given */
export async function knownOfStore(
  store: Store | null,
  profile: MigrationProfile,
  givenBytes: number | null,
): Promise<KnownOfStore> {
  const guess: Rehearsal['size'] =
    givenBytes === null ? { bytes: guessedBytes, from: 'guess' } : { bytes: givenBytes, from: 'given' };
  if (store === null)
    return {
      ...{ history: [], licensed: null, deferrals: new Map(), size: guess },
      durations: { usually: () => profile.timing.usual, soonest: () => null },
    };
  const history: StepTime[] = await store.stepTimes(profile.name);
  const { usually, soonest } = await knownDurations(store, profile);
  return {
    ...{ history, durations: { usually, soonest }, licensed: await heldFor(store, profile) },
    deferrals: new Map((await store.deferrals()).map(({ mac, ...deferral }) => [mac, deferral])),
    size: givenBytes === null ? ((await sizeSeen(store, profile)) ?? guess) : guess,
  };
}

/** The phones whose license is held; `null`: none is at all, so nothing is known of licenses. */
async function heldFor(store: Store, { direction }: MigrationProfile): Promise<ReadonlySet<Mac> | null> {
  const held = (await store.licenses()).filter((one) => one.direction === direction);
  return held.length === 0 ? null : new Set(held.map(({ mac }) => mac));
}

/** What the last run with this profile has seen of its files, for each load of its plans; `null`: none has. */
async function sizeSeen(store: Store, { name }: MigrationProfile): Promise<Rehearsal['size'] | null> {
  for (const { id, profile, summary, state } of await store.runs({ limit: mostRuns })) {
    const { firmware = [] } = summary as Partial<Pick<RunSummary, 'firmware'>>;
    const bytes = firmware.reduce((sum, one) => sum + one.knownBytes, 0);
    if (profile !== name || bytes === 0 || state === 'running') continue;
    const { phones } = await store.report(id);
    const loads = phones.flatMap(({ plan }) => plan).filter(({ load }) => load !== null).length;
    if (loads > 0) return { bytes: Math.round(bytes / loads), from: 'earlier-run' };
  }
  return null;
}
