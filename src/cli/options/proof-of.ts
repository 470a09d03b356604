import type { Proof } from '../../domain/report/report.js';
import type { FleetSettings } from '../../fleet/run/assemble.js';

/** How a move to Enterprise may be proven with these settings; `null` where nothing is moved there. */
export function proofOf({ profile, pacing }: Pick<FleetSettings, 'profile' | 'pacing'>): Proof | null {
  if (profile?.goal !== 'convert' || profile.direction !== 'm2e') return null;
  return {
    sources: ['phone-web-page'],
    accept: pacing.accept,
    waves: pacing.waves?.text ?? null,
    abortAfter: pacing.thresholds.map(({ text }) => text),
  };
}
