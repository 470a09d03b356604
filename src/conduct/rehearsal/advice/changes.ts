import { parseWaves } from '../../../domain/pacing/waves.js';
import { type Limit, limitsOf } from './limits.js';
import type { Pace, ReckonedNight } from './reckoned-night.js';

/** A pace at which a night might do better. */
export interface Change {
  /** What is changed, as it is written. */
  options: string[];
  pace: Pace;
  /** Phones that it would leave for want of time, as reckoned. */
  left: number;
  /** The same with somewhat more; `null`: it raises no limit, or that was all. */
  more: (() => Change) | null;
}

/** In which part of its time a night is to fit: the reckoning knows less than the night that is played. If the first does not do, the next. */
const parts = [0.95, 0.85, 0.75];

/** Limits are raised in such steps, all alike. */
const steps = 20;

/**
 * What is worth playing of a night that leaves phones for want of time: more slots here or there, more connections, fewer waves, or several of
 * these. The most promising first, and of equals what changes least. What exactly is reckoned when it is asked for.
 */
export function* changesFor(night: ReckonedNight, pace: Pace): Generator<Change> {
  const before = night.at(pace).left;
  const limits = limitsOf(pace, night.latePlaces, night.size);
  const choices = [...limits.map((limit) => [limit]), ...(limits.length > 1 ? [limits] : [])];
  const fewer = fewerWaves(pace);
  const attempts = [
    ...choices.map((chosen) => attempt(night, pace, chosen, [])),
    ...(fewer ? [[], ...choices].map((chosen) => attempt(night, fewer.pace, chosen, [fewer.text])) : []),
  ];
  const tried = new Set<string>();
  for (const one of attempts.filter(({ left }) => left < before).sort((a, b) => a.left - b.left)) {
    const change = one.change();
    const text = change.options.join(' ');
    if (!tried.has(text)) yield change;
    tried.add(text);
  }
}

/** @returns how many phones no limit there would leave, and the least of these limits that leaves as few */
function attempt(
  night: ReckonedNight,
  pace: Pace,
  limits: readonly Limit[],
  others: readonly string[],
): { left: number; change: () => Change } {
  const at = (values: readonly number[]): Pace =>
    limits.reduce((paced, limit, index) => limit.with(paced, values[index] ?? limit.now), pace);
  const unlimited = at(limits.map(({ now, most }) => Math.max(now, most)));
  const { left } = night.at(unlimited);
  const changeAt = ([within, ...later]: readonly number[]): Change => {
    const most = night.at(unlimited, within).left;
    const values = leastOf(limits, (some) => night.at(at(some), within).left <= most);
    const raised = limits.flatMap(({ now, text }, index) =>
      values[index] === now ? [] : [text(values[index] ?? now)],
    );
    return {
      ...{ options: [...others, ...raised], pace: at(values), left },
      more: raised.length === 0 || later.length === 0 ? null : () => changeAt(later),
    };
  };
  return { left, change: () => changeAt(parts) };
}

/** The least of each limit that is enough: all raised alike, then each alone as far back as it may, those of branches before that of all. */
function leastOf(limits: readonly Limit[], isEnough: (values: readonly number[]) => boolean): number[] {
  const raised = (step: number): number[] =>
    limits.map(({ now, most }) => Math.max(now, Math.min(most, Math.ceil(now * (1 + step / steps)))));
  const most = Math.max(0, ...limits.map((limit) => steps * (limit.most / limit.now)));
  const values = raised(least(0, Math.ceil(most), (step) => isEnough(raised(step))));
  for (const [index, { now }] of [...limits.entries()].reverse())
    values[index] = least(now, values[index] ?? now, (one) => isEnough(values.with(index, one)));
  return values;
}

/** The least whole number for which something holds, where it holds for all above it, too. */
function least(from: number, to: number, holds: (number: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

/** Canaries, then all: the waves between them cost the most time. */
function fewerWaves({ pacing, ...others }: Pace): { pace: Pace; text: string } | null {
  const { waves } = pacing;
  const [first] = waves?.text.split(',') ?? [];
  if (waves === null || first === undefined || waves.sizes.length < 3) return null;
  const fewer = parseWaves(`${first},100%`);
  return { pace: { pacing: { ...pacing, waves: fewer }, ...others }, text: `--waves ${fewer.text}` };
}
