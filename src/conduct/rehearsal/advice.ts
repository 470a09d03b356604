import type { Advice, RehearsedNight } from '../../domain/rehearsal/rehearsal.js';
import { parseWaves } from '../../domain/pacing/waves.js';
import type { Pacing } from '../../fleet/pacing/pacing.js';

/** Failure codes of phones that were left for want of time. */
const forWantOfTime = ['outside-window'] as const;

/** So many numbers of slots are tried. */
const mostTries = 4;

/** What changes a night. */
interface Change {
  option: string;
  pacing: Pacing;
}

/** How many phones a night leaves for want of time. */
export function outOfTime({ failures }: Pick<RehearsedNight, 'failures'>): number {
  return forWantOfTime.reduce((sum, code) => sum + (failures[code] ?? 0), 0);
}

/**
 * What would make the first night fit into its window, found out by playing it so; nothing where it fits already.
 * @param play plays the first night at another pace
 */
export async function adviceFor(
  first: RehearsedNight,
  pacing: Pacing,
  play: (pacing: Pacing) => Promise<RehearsedNight>,
): Promise<Advice[]> {
  if (outOfTime(first) === 0) return [];
  const advice: Advice[] = [];
  for (const limit of ['maxUpgrading', 'maxUpgradingPerSubnet'] as const) {
    if (Number.isFinite(pacing[limit])) advice.push(...(await moreSlots(first, pacing, limit, play)));
    if (advice.some(({ fits }) => fits)) return advice;
  }
  const waves = fewerWaves(pacing);
  if (waves) advice.push(told(waves, await play(waves.pacing)));
  return advice;
}

const optionOf = { maxUpgrading: '--max-upgrading', maxUpgradingPerSubnet: '--max-upgrading-per-subnet' } as const;

/** The fewest slots found that fit, else those that helped most; none where more did not help. */
async function moreSlots(
  first: RehearsedNight,
  pacing: Pacing,
  limit: keyof typeof optionOf,
  play: (pacing: Pacing) => Promise<RehearsedNight>,
): Promise<Advice[]> {
  let best: Advice | null = null;
  let [slots, before] = [pacing[limit], first];
  for (let tries = 0; tries < mostTries; tries += 1) {
    slots = Math.max(slots + 1, Math.ceil(slots * factorFor(before)));
    const night = await play({ ...pacing, [limit]: slots });
    const one = told({ option: `${optionOf[limit]} ${slots}` }, night);
    // What does not help by now is not what holds the night up.
    if (one.outsideWindow >= (best?.outsideWindow ?? outOfTime(first))) break;
    best = one;
    if (one.fits) break;
    before = night;
  }
  return best === null ? [] : [best];
}

/** By how much more slots a night would move what it leaves for want of time; a little more, as waves begin with few. */
function factorFor(night: RehearsedNight): number {
  const written = night.waves.reduce((sum, { phones }) => sum + phones, 0);
  return 1.1 * ((written + outOfTime(night)) / Math.max(1, written));
}

/** Canaries, then all: the waves between them cost the most time. */
function fewerWaves(pacing: Pacing): Change | null {
  const { waves } = pacing;
  const [first] = waves?.text.split(',') ?? [];
  if (waves === null || first === undefined || waves.sizes.length < 3) return null;
  const text = `${first},100%`;
  return { option: `--waves ${text}`, pacing: { ...pacing, waves: parseWaves(text) } };
}

function told({ option }: Pick<Change, 'option'>, night: RehearsedNight): Advice {
  const left = outOfTime(night);
  return { option, endsAt: night.endsAt, outsideWindow: left, fits: left === 0 };
}
