import type { FirmwareFamily } from '../firmware/load.js';
import type { Direction, Models } from '../phone/models.js';
import type { MigrationProfile } from '../plan/migration-profile.js';
import type { Verdict } from '../plan/eligibility.js';

/** What is asked of a phone in a report to know which profile moves it. */
interface Judged {
  family: FirmwareFamily | null;
  model: string | null;
  eligibility: { direction: Direction | 'none'; verdict: Verdict } | null;
}

/** The profile that moves a phone to the other family; `null`: none does. */
export type ProfileFor = (phone: Judged) => string | null;

/** Finds the profile that moves a phone: one that starts from its family, leads its way, and has a load for its model. */
export function profileFinder(
  profiles: readonly Pick<MigrationProfile, 'name' | 'goal' | 'direction' | 'requires' | 'loads'>[],
  { models }: Pick<Models, 'models'>,
): ProfileFor {
  const moving = profiles.filter(({ goal }) => goal === 'convert');
  return ({ family, model, eligibility }) => {
    const loadFamily = model === null ? null : (models.get(model)?.loadFamily ?? null);
    if (loadFamily === null || eligibility === null) return null;
    const fits = moving.find(
      ({ direction, requires, loads }) =>
        direction === eligibility.direction && requires.family === family && loads[loadFamily] !== undefined,
    );
    return fits?.name ?? null;
  };
}

const mayMove: ReadonlySet<Verdict> = new Set<Verdict>(['eligible', 'needs-upgrade']);

/** How many phones may move one way. */
export interface MayMove {
  direction: Direction;
  phones: number;
  /** Of them, those that a profile moves; `null`: not known, and all are told. */
  moved: number | null;
  /** Of those that a profile moves, those that must step up first. */
  stepUp: number;
  /** Which profiles that are. */
  profiles: readonly string[];
}

/** How many phones may move, per direction; directions in which none may are left out. */
export function countMoves(phones: readonly Judged[], profileFor: ProfileFor | null): MayMove[] {
  return (['m2e', 'e2m'] as const).flatMap((direction): MayMove[] => {
    const those = phones.filter(
      ({ eligibility }) => eligibility?.direction === direction && mayMove.has(eligibility.verdict),
    );
    if (those.length === 0) return [];
    const names = profileFor && those.map(profileFor);
    const found = names?.filter((name) => name !== null) ?? [];
    const moving = names === null ? those : those.filter((_phone, at) => names[at] !== null);
    return [
      {
        direction,
        phones: those.length,
        stepUp: moving.filter(({ eligibility }) => eligibility?.verdict === 'needs-upgrade').length,
        moved: names && found.length,
        profiles: [...new Set(found)].sort(),
      },
    ];
  });
}
