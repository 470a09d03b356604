import { UsageError } from '../../domain/text/usage-error.js';
import { safeJson } from '../../domain/text/printable.js';
import { describeEncounter } from '../../contact/probe/describe.js';
import { isUnderstood } from '../../contact/probe/exit.js';
import type { ProbeReport } from '../../contact/probe/probe-report.js';
import { probeInWords } from '../../contact/probe/words.js';
import { encounterFrom } from '../../contact/capture/open.js';
import { meetPhone } from '../../contact/meet/meet-phone.js';
import type { ProbeWords } from '../options/command-rows.js';
import type { Given } from '../../conduct/options/sources.js';
import { onePhone, profilesForFile } from '../run/one-phone.js';
import { systemClock } from '../../conduct/system-clock.js';
import { exitCodes } from '../../conduct/exit-code.js';
import { packageVersion } from '../../conduct/version.js';
import { writeOut } from '../terminal/write-out.js';

/** `probe ADDRESS`: one phone, read-only, in words or JSON. @throws UsageError before anything is contacted */
export async function probeCommand(
  given: Given,
  { output, from }: ProbeWords,
  address: string | null,
): Promise<number> {
  if (from !== null) {
    if (address !== null) throw new UsageError('probe takes an address or --from FILE, not both.');
    const profiles = await profilesForFile(given, 'probe --from');
    const encounter = await encounterFrom(from, { profiles, clock: systemClock });
    return tell(describeEncounter(encounter, profiles, packageVersion()), output);
  }
  if (address === null)
    throw new UsageError('probe needs the address of a phone, such as fleet-migrate probe 10.0.0.7, or --from FILE.');
  const { target, options } = await onePhone(given, address);
  const encounter = await meetPhone(target, options);
  return tell(describeEncounter(encounter, options.profiles, packageVersion()), output);
}

async function tell(report: ProbeReport, output: ProbeWords['output']): Promise<number> {
  await writeOut(process.stdout, [output === 'json' ? `${safeJson(report, 2)}\n` : probeInWords(report)]);
  return exitCodeOf(report);
}

/** How `probe` and `capture` end. */
export function exitCodeOf(report: ProbeReport): number {
  if (report.result === 'no-answer') return exitCodes.noAnswer;
  return isUnderstood(report) ? exitCodes.ok : exitCodes.attention;
}
