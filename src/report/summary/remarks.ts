import { isDisagreement } from '../../domain/phone/inventory-disagreement.js';
import type { RunReport } from '../../domain/report/report.js';
import { printable } from '../../domain/text/printable.js';
import { isNotInUcm } from '../../domain/unified-cm/not-in-ucm.js';
import { phonesText, whereTo } from '../plain-text.js';
import { someAddresses } from './causes.js';

/** What casts doubt on a run as a whole, one sentence each: that it ended before its time, or was told to check less. */
export function warnings({ run }: RunReport): string[] {
  // An audit asks no file server.
  const but = run.profile === null ? '' : ' (except by --files-ca)';
  return [
    ...(run.interrupted === null ? [] : [interruptionText(run.interrupted)]),
    ...(run.abortedBy === null ? [] : [`STOPPED ITSELF: ${printable(run.abortedBy, 600)}`]),
    ...(run.preflightSkipped ? ['WARNING: --skip-preflight: firmware and licenses were not checked first.'] : []),
    ...(run.insecure ? [`WARNING: --insecure: certificates were not checked${but}.`] : []),
    ...(run.ucmInsecure ? ['WARNING: --ucm-insecure: the certificate of Unified CM was not checked.'] : []),
    ...(run.tlsLegacy ? ['WARNING: --tls-legacy: TLS that is too old to be safe was offered to phones.'] : []),
    ...(run.expiredMicAllowed
      ? ["WARNING: --allow-expired-mic: a phone's certificate counts although it has expired, where all else fits."]
      : []),
  ];
}

/** A signal interrupted by itself; anything else, such as a full disk, is the reason. */
function interruptionText(reason: string): string {
  const isSignal = /^SIG[A-Z]+$/.test(reason);
  return `INTERRUPTED${isSignal ? ' by' : ':'} ${printable(reason, 240)}${isSignal ? '' : ','} before all targets were done.`;
}

/** What is to be known of a run's phones as a whole: sentences, those of one matter together. */
export function remarks(report: RunReport): string[][] {
  return [auditResult(report), webAccess(report), disagreements(report), notInUcm(report)].filter(
    (sentences) => sentences.length > 0,
  );
}

/** The result of an audit: the verdicts of each way, whether or not a profile leads there, and how many may return without a license (G10). */
function auditResult({ run, phones }: RunReport): string[] {
  if (run.profile !== null) return [];
  const ways = (['m2e', 'e2m'] as const).flatMap((direction) => {
    const verdicts = tally(
      phones.flatMap(({ eligibility }) => (eligibility?.direction === direction ? eligibility.verdict : [])),
    );
    return verdicts === '' ? [] : [`By the rules, ${whereTo(direction)}: ${verdicts}`];
  });
  const returns = tally(
    phones.flatMap(({ family, eligibility, returnWithoutLicense }) =>
      family === 'multiplatform' && eligibility?.verdict !== 'ineligible' ? [returnWithoutLicense] : [],
    ),
  );
  return [...ways, ...(returns === '' ? [] : [`May return to Enterprise without a license: ${returns}`])];
}

/** What was changed on Unified CM only to read phones. */
function webAccess({ run }: RunReport): string[] {
  if (!run.webAccess) return [];
  const { switched, notPutBack } = run.webAccess;
  const said =
    switched === 0
      ? 'Web access that an earlier run switched on is'
      : `Web access was switched on for ${phonesText(switched)} to read their hardware, and is`;
  const back =
    notPutBack === 0
      ? 'put back'
      : `NOT PUT BACK for ${phonesText(notPutBack)}: do that with fleet-migrate ucm restore`;
  return [`${said} ${back}.`];
}

/** How many phones are not as their list says; which ones and how is in the report. */
function disagreements({ phones }: RunReport): string[] {
  const others = phones.filter(({ failure }) => failure?.code === 'inventory-mismatch').length;
  const warned = phones.filter(({ eligibility }) => eligibility?.warnings.some(isDisagreement)).length;
  const parts = [
    ...(others > 0 ? [`${others} with another MAC or model`] : []),
    ...(warned > 0 ? [`${warned} with another hardware version or serial number`] : []),
  ];
  return parts.length === 0 ? [] : [`Inventory and phone disagree: ${parts.join(', ')}`];
}

/** Phones on the network that Unified CM should have and does not. */
function notInUcm({ phones }: RunReport): string[] {
  const absent = phones.filter(({ evidence }) => evidence.some(isNotInUcm));
  if (absent.length === 0) return [];
  return [`On the network, but not in Unified CM: ${phonesText(absent.length)}, at ${someAddresses(absent)}`];
}

function tally(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([value, count]) => `${count} ${value}`)
    .join(', ');
}
