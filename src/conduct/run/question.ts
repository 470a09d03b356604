import { stepText } from '../../report/formats/flatten.js';
import { phonesText, wrap } from '../../report/plain-text.js';
import { firmwareSentences } from '../../report/summary/firmware.js';
import { proofSentences } from '../../report/summary/proof.js';
import type { Proof } from '../../domain/report/report.js';
import { printable } from '../../domain/text/printable.js';
import type { Question } from '../../fleet/run/question.js';
import type { PhoneRecord } from '../../fleet/record/phone-record.js';

/** What else of a run the question tells. */
export interface AskedRun {
  profile: string;
  /** The file servers, the run's first. */
  files: readonly string[];
  /** Certificates are not checked. */
  insecure: boolean;
  /** Nor that of Unified CM. */
  ucmInsecure: boolean;
  /** Files are not fetched by us first. */
  skipPreflight: boolean;
  /** `null` where the profile moves nothing to Enterprise. */
  proof: Proof | null;
}

/** Longest line of a sentence, however wide the terminal is. */
const widest = 78;

/**
 * The question before a run writes: what it would do to how many phones and in what order, what stays as it is, and what that means.
 * @param columns of the terminal, which would break lines within words
 */
export function questionText(
  { phones, waves, stay, underWay, firmware }: Question,
  { profile, files, insecure, ucmInsecure, skipPreflight, proof }: AskedRun,
  columns = Number.POSITIVE_INFINITY,
): string {
  const room = columns - 1;
  const plans = phones.map(({ plan }) => plan);
  const moved = plans.filter((plan) => plan.some(({ step }) => step === 'convert')).length;
  // A load of Unified CM is on the way to Multiplatform firmware.
  const reset = plans.filter((plan) => plan.some(({ step }) => step === 'convert' || step === 'load')).length;
  const sentences = [
    ...firmwareSentences(firmware),
    ...(insecure
      ? ['Certificates are not checked (--insecure): anything could answer as one of these phones or servers.']
      : []),
    ...(ucmInsecure
      ? ['The certificate of Unified CM is not checked (--ucm-insecure): whoever answers gets its password.']
      : []),
    ...(skipPreflight ? ['Firmware and licenses were not looked at first (--skip-preflight).'] : []),
    ...(underWay > 0
      ? [`${phonesText(underWay)} that this run has written to before ${underWay === 1 ? 'is' : 'are'} watched on.`]
      : []),
    ...(reset > 0 ? ['A conversion resets the phone: its contacts and call history are lost.'] : []),
    ...(moved > 0 && proof ? proofSentences(proof, moved) : []),
  ];
  const from = files.length === 0 ? '' : `, files from ${files.map((url) => printable(url, 120)).join(', ')}`;
  return [
    ...wrap(`Profile ${profile}${from}`, room),
    ...wrap(`About to write to ${phonesText(phones.length)}${wavesText(waves)}:`, room),
    ...counted(
      plans.map((plan) => plan.map(stepText).join(', then ')),
      room,
    ),
    ...(stay.length === 0
      ? []
      : [`${stay.length} other${stay.length === 1 ? ' stays as it is' : 's stay as they are'}:`]),
    ...counted(stay.map(whyItStays), room),
    ...sentences.flatMap((sentence) => wrap(sentence, Math.min(widest, room))),
    '',
  ].join('\n');
}

/** The last line, at which the answer is typed. */
export function askText({ phones }: Pick<Question, 'phones'>): string {
  return `Write to ${phones.length === 1 ? 'this phone' : `these ${phones.length} phones`}? (y/n) `;
}

function wavesText(waves: readonly number[]): string {
  if (waves.length < 2) return '';
  const shown = waves.length > 8 ? [...waves.slice(0, 7), '…', waves.at(-1)] : waves;
  return ` in ${waves.length} waves (${shown.join(', ')})`;
}

function whyItStays({ outcome, failure, eligibility }: PhoneRecord): string {
  if (failure !== null && failure.code !== outcome) return `${outcome}: ${failure.code}`;
  const [reason] = outcome === 'ineligible' ? (eligibility?.reasons ?? []) : [];
  return reason === undefined ? String(outcome) : `${outcome}: ${reason.rule} ${printable(reason.text, 100)}`;
}

/** Each text once with how often it occurs, the most frequent first. */
function counted(texts: readonly string[], room: number): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const rows = [...counts].sort(([, a], [, b]) => b - a);
  return rows.flatMap(([text, count]) => wrap(text, room, `${String(count).padStart(7)}  `));
}
