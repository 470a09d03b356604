import type { Rehearsal } from '../../domain/rehearsal/rehearsal.js';
import type { TimeSource } from '../../domain/rehearsal/step-times.js';
import { formatBytes } from '../../domain/text/bytes.js';
import { printable } from '../../domain/text/printable.js';
import { localTimes } from '../local-times.js';
import { many, number } from './words.js';

const sourceTexts: Readonly<Record<TimeSource, string>> = {
  given: 'as assumed (duration)',
  'model-and-load': 'as phones of the same model took to the same load',
  model: 'as phones of the same model took',
  step: 'as phones of other models took',
  guess: 'guessed, as nothing is known of earlier runs',
};

const sizeTexts: Readonly<Record<Rehearsal['size']['from'], string>> = {
  given: 'as assumed (size)',
  'earlier-run': 'as in an earlier run',
  guess: 'guessed',
};

/** What a rehearsal rests on: each with its name, in printable words. */
export function restsOn(rehearsal: Rehearsal): [name: string, text: string][] {
  const { id, madeAt, version, zone, seed, assumed, size } = rehearsal;
  const texts = assumed.map(({ text, isUsual }) => `${printable(text, 80)}${isUsual ? ' (usual)' : ''}`);
  const durations = durationText(rehearsal);
  return [
    ['Phones', phonesText(rehearsal)],
    ...(durations === '' ? [] : [['Durations', durations] as [string, string]]),
    ['Firmware', `${formatBytes(size.bytes)} a load, ${sizeTexts[size.from]}`],
    ['Assumed', texts.length === 0 ? 'nothing' : texts.join(', ')],
    ['Seed', `${seed}: the same seed draws the same night again`],
    ['Times', `of ${printable(zone, 60)}`],
    [
      'Rehearsal',
      `${printable(id, 60)}, made ${localTimes(zone).minute(madeAt)} by fleet-migrate ${printable(version, 40)}; no phone or server was contacted`,
    ],
  ];
}

function phonesText({ of, phones, fromList, zone }: Rehearsal): string {
  const listed = fromList === phones ? 'known from lists alone' : `${number(fromList)} of them known from lists alone`;
  const run = of && fromList < phones && `of the run ${printable(of.run, 60)} (${localTimes(zone).minute(of.at)})`;
  return [many(phones, 'phone'), ...(run ? [run] : []), ...(fromList === 0 ? [] : [listed])]
    .join(', ')
    .replace(', of', ' of');
}

/** The surest first. */
function durationText({ timesFrom }: Rehearsal): string {
  const sources = Object.keys(sourceTexts) as TimeSource[];
  const used = sources.filter((source) => (timesFrom[source] ?? 0) > 0);
  return used.map((source) => `${many(timesFrom[source] ?? 0, 'step')} ${sourceTexts[source]}`).join('; ');
}
