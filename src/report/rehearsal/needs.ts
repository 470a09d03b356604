import type { Rehearsal, RehearsedFiles } from '../../domain/rehearsal/rehearsal.js';
import { formatBitRate } from '../../domain/text/bit-rate.js';
import { formatBytes } from '../../domain/text/bytes.js';
import { printable } from '../../domain/text/printable.js';
import { type LocalTimes, localTimes } from '../local-times.js';
import type { Section } from './section.js';
import { firstNight, isOrAre, many, number } from './words.js';

/** From such a share of its speed on a link is full: what is fetched is only known to the second. */
const full = 0.98;

/** What the first night fetches from each file server, and what its link makes of that. */
export function fileSection(rehearsal: Rehearsal): Section {
  const { files, startsAt } = firstNight(rehearsal);
  const times = localTimes(rehearsal.zone);
  return {
    ...{ id: 'files', title: files.length === 1 ? 'The file server' : 'The file servers' },
    sentences: files.map((one) => fileSentence(one, startsAt, times)),
  };
}

function fileSentence(told: RehearsedFiles, startsAt: string, { clock }: LocalTimes): string {
  const { server, phones, bytes, peakBitsPerSecond, peakAt, timesSlower, linkBitsPerSecond: link } = told;
  const much = `${many(phones, 'phone')} would fetch ${formatBytes(bytes)} from ${printable(server, 120)}`;
  const at = clock(peakAt, startsAt);
  if (link === null) return `${much}, at most ${formatBitRate(peakBitsPerSecond)} (at ${at}).`;
  const slower = timesSlower > 1 ? `: phones fetch ${timesSlower} times as long as without it` : '';
  if (peakBitsPerSecond >= full * link)
    return `${much}; its link of ${formatBitRate(link)} would be full at times, first at ${at}${slower}.`;
  return `${much}, at most ${formatBitRate(peakBitsPerSecond)} (at ${at}) over a link of ${formatBitRate(link)}.`;
}

/** More missing licenses than this are counted. */
const mostLicenses = 5;

/** Licenses that would be missing. */
export function licenseSection({ licenses }: Rehearsal): Section {
  const section = { id: 'licenses', title: 'Licenses' };
  const { needed, held, missing } = licenses ?? { needed: 0, held: null, missing: [] };
  if (needed === 0) return { ...section, sentences: [] };
  const all = `${many(needed, 'license')} ${isOrAre(needed)} needed`;
  if (held === null)
    return {
      ...section,
      sentences: [
        `${all}. None is held, so ${needed === 1 ? 'it is' : 'all are'} taken to be on the file server (fleet-migrate licenses check asks it).`,
      ],
    };
  if (missing.length === 0) return { ...section, sentences: [`${all} and held.`] };
  const more = missing.length - mostLicenses;
  return {
    ...section,
    sentences: [
      `${all}, and ${number(missing.length)} would be missing. Their phones would not be written to; fleet-migrate licenses plan says what to order.`,
    ],
    table: {
      columns: ['address', 'MAC', 'model'],
      numbers: [],
      rows: missing
        .slice(0, mostLicenses)
        .map(({ address, mac, model }) => [printable(address, 39), printable(mac, 20), printable(model ?? '-', 15)]),
    },
    ...(more > 0 ? { after: [`… and ${number(more)} more (--output json lists all).`] } : {}),
  };
}
