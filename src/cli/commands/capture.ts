import { randomBytes } from 'node:crypto';
import { loadHarmlessWords } from '../../config/profiles/harmless-words.js';
import { buildCapture } from '../../contact/capture/build.js';
import { checkCapture } from '../../contact/capture/check.js';
import { checkInWords } from '../../contact/capture/check-words.js';
import { captureFiles, openCapture } from '../../contact/capture/open.js';
import { checkNewFile, writeZip } from '../../contact/capture/zip.js';
import { meetPhone } from '../../contact/meet/meet-phone.js';
import { describeEncounter } from '../../contact/probe/describe.js';
import { printable } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import type { CaptureWords } from '../options/command-rows.js';
import type { Given } from '../../conduct/options/sources.js';
import { onePhone, profilesForFile } from '../run/one-phone.js';
import { exitCodes } from '../../conduct/exit-code.js';
import { packageVersion } from '../../conduct/version.js';
import { writeOut } from '../terminal/write-out.js';
import { exitCodeOf } from './probe.js';

/**
 * `capture ADDRESS -o FILE`: one phone's pages with what is personal replaced; `capture --check FILE`: what is left in such a file.
 * @throws UsageError before anything is contacted
 */
export async function captureCommand(
  given: Given,
  { out, check, keepLabels }: CaptureWords,
  address: string | null,
): Promise<number> {
  if (check !== null) {
    if (address !== null || out !== null || keepLabels)
      throw new UsageError('capture --check FILE takes neither an address nor --out nor --keep-labels.');
    return checkFile(check, given);
  }
  if (address === null || out === null)
    throw new UsageError(
      'capture needs a phone and a file: fleet-migrate capture 10.0.0.7 -o phone.zip, or capture --check phone.zip.',
    );
  checkNewFile(out);
  const { target, options } = await onePhone(given, address);
  const encounter = await meetPhone(target, options, { further: true });
  const report = describeEncounter(encounter, options.profiles, packageVersion());
  if (encounter.exchanges.length === 0) {
    const why = report.failure ? `${report.failure.code}: ${report.failure.message}` : 'nothing answered';
    process.stderr.write(`fleet-migrate: ${target} was not captured; ${printable(why)}\n`);
    return exitCodeOf(report);
  }
  const words = loadHarmlessWords();
  const capture = buildCapture(encounter, {
    profiles: options.profiles,
    words,
    secret: randomBytes(32),
    version: packageVersion(),
    keepLabels,
  });
  const changedLabels = capture.disguise.changedLabels.size;
  await writeZip(out, captureFiles(capture));
  const { suspicious } = checkCapture(capture, options.profiles, words);
  const what =
    report.result === 'phone'
      ? 'a phone'
      : `${report.result === 'unreadable' ? 'a phone that was not understood' : 'what is not known to be a phone'}${report.failure ? ` (${report.failure.code})` : ''}`;
  await writeOut(process.stdout, [
    `${out}: ${encounter.exchanges.length} exchanges with ${what}; nothing was sent anywhere else\n`,
    `Replaced: ${capture.manifest.replaced.map(({ kind, times }) => `${kind} ${times}×`).join(', ') || 'nothing'}\n`,
    changedLabels > 0 && !keepLabels
      ? `${changedLabels} labels hold words or numbers that are not known, and were replaced. Where they are of another language, capture again with --keep-labels\n`
      : '',
    suspicious.length > 0 ? `Suspicious: ${suspicious.length} texts\n` : '',
    `Before you share it, look it over: fleet-migrate capture --check ${out}\n`,
  ]);
  return exitCodeOf(report);
}

async function checkFile(path: string, given: Given): Promise<number> {
  const profiles = await profilesForFile(given, 'capture --check');
  const capture = await openCapture(path);
  const check = checkCapture(capture, profiles, loadHarmlessWords());
  await writeOut(process.stdout, [checkInWords(check, capture.manifest, path)]);
  return check.suspicious.length > 0 ? exitCodes.attention : exitCodes.ok;
}
