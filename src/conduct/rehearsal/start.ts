import { parseInstant } from '../../fleet/pacing/window/instant.js';
import type { Window } from '../../fleet/pacing/window/window.js';

/**
 * When the first night begins (ms since the epoch): as given, else when the window opens next, else now.
 * @throws UsageError for a time that cannot be read
 */
export function startOf(at: string | null, window: Window | null, zone: string, now: number): number {
  if (at !== null) return parseInstant(at, zone, now);
  const opens = window?.opensAt(now) ?? now;
  return Number.isFinite(opens) ? opens : now;
}
