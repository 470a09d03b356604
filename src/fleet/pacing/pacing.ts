import type { AcceptableGrade } from '../../domain/pacing/grades.js';
import type { Threshold } from '../../domain/pacing/thresholds.js';
import type { WaveSpec } from '../../domain/pacing/waves.js';
import type { Window } from './window/window.js';

/** How fast a run goes, and when it stops itself. */
export interface Pacing {
  /** `null`: all phones in one wave. */
  waves: WaveSpec | null;
  /** End after the first wave that had phones; the rest waits for a resume. */
  pauseAfterWave: boolean;
  thresholds: readonly Threshold[];
  /** Grades short of proof that open waves and count as good. */
  accept: readonly AcceptableGrade[];
  window: Window | null;
  /** Phones under way at once; `Infinity` for no limit. */
  maxUpgrading: number;
  /** The same per site, or per subnet where a phone has no site. */
  maxUpgradingPerSubnet: number;
  /** Limits of single sites, by name. */
  sites: ReadonlyMap<string, SitePace>;
}

/** The pace of one site; `null`: the run's. */
export interface SitePace {
  maxUpgrading: number | null;
  window: Window | null;
  /** Its own file server. */
  files: string | null;
}

/** No waves, no limits, no window. @internal for tests and benches: a run always has the settings of its options */
export const unpaced: Pacing = {
  waves: null,
  pauseAfterWave: false,
  thresholds: [],
  accept: [],
  window: null,
  maxUpgrading: Number.POSITIVE_INFINITY,
  maxUpgradingPerSubnet: Number.POSITIVE_INFINITY,
  sites: new Map(),
};
