import { type Advice, leftForWantOfTime, type RehearsedNight } from '../../domain/rehearsal/rehearsal.js';
import { parseWaves, type WaveSpec } from '../../domain/pacing/waves.js';
import type { Pacing } from '../../fleet/pacing/pacing.js';

/** So many numbers of slots are tried. */
const mostTries = 4;

/**
 * What would make the first night fit into its window, found out by playing it so; nothing where it fits already.
 * @param play plays the first night at another pace
 */
export async function adviceFor(
  first: RehearsedNight,
  pacing: Pacing,
  play: (pacing: Pacing) => Promise<RehearsedNight>,
): Promise<Advice[]> {
  if (leftForWantOfTime(first) === 0) return [];
  const advice: Advice[] = [];
  for (const limit of ['maxUpgrading', 'maxUpgradingPerSubnet'] as const) {
    if (Number.isFinite(pacing[limit])) advice.push(...(await moreSlots(first, pacing, limit, play)));
    if (advice.some(({ fits }) => fits)) return advice;
  }
  const waves = fewerWaves(pacing);
  if (waves === null) return advice;
  const one = told(`--waves ${waves.text}`, await play({ ...pacing, waves }));
  return one.outsideWindow < leftForWantOfTime(first) ? [...advice, one] : advice;
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
    const one = told(`${optionOf[limit]} ${slots}`, night);
    // What does not help by now is not what holds the night up; nor is a night of use that stops itself.
    if (night.stopped !== null || one.outsideWindow >= (best?.outsideWindow ?? leftForWantOfTime(first))) break;
    best = one;
    if (one.fits) break;
    before = night;
  }
  return best === null ? [] : [best];
}

/** By how much more slots a night would move what it leaves for want of time; a little more, as waves begin with few. */
function factorFor(night: RehearsedNight): number {
  const written = night.waves.reduce((sum, { phones }) => sum + phones, 0);
  return 1.1 * ((written + leftForWantOfTime(night)) / Math.max(1, written));
}

/** Canaries, then all: the waves between them cost the most time. */
function fewerWaves({ waves }: Pacing): WaveSpec | null {
  const [first] = waves?.text.split(',') ?? [];
  return waves === null || first === undefined || waves.sizes.length < 3 ? null : parseWaves(`${first},100%`);
}

function told(option: string, night: RehearsedNight): Advice {
  const outsideWindow = leftForWantOfTime(night);
  return { option, endsAt: night.endsAt, outsideWindow, fits: outsideWindow === 0 && night.stopped === null };
}
