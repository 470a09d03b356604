import type { ProbeReport } from './probe-report.js';

/**
 * Whether a phone was read and everything about it understood: what is not understood never counts as well. An Enterprise phone has no
 * settings to read.
 */
export function isUnderstood({ result, failure, family, settings }: ProbeReport): boolean {
  if (result !== 'phone' || failure !== null) return false;
  return family?.name === 'enterprise' || settings.length > 0;
}
