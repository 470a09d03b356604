import type { ProbeReport } from './probe-report.js';

/**
 * Whether a phone was read and everything about it understood: what is not understood never counts as well. An Enterprise phone has no
 * settings to read.
 */
export function isUnderstood(report: ProbeReport): boolean {
  const { result, failure, family, facts, settings, crossCheck, didYouMean } = report;
  if (result !== 'phone' || failure !== null) return false;
  if (crossCheck.disagreements.length > 0 || didYouMean.length > 0) return false;
  const isKnown = facts.some(({ name, value }) => name === 'MAC' && value !== null);
  return isKnown && (family?.name === 'enterprise' || settings.some(({ value }) => value !== null));
}
