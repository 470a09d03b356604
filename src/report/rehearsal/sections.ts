import type { Rehearsal, RehearsedNight, WindowEnd } from '../../domain/rehearsal/rehearsal.js';
import { formatDuration } from '../../domain/text/duration.js';
import { printable } from '../../domain/text/printable.js';
import { localTimes } from '../local-times.js';
import { stopSentence } from './answer.js';
import { fileSection, licenseSection } from './needs.js';
import type { Section } from './section.js';
import { adviceSection, spreadSection } from './varied.js';
import { countsOf, firstNight, number, windowText } from './words.js';

/** All that is said of a rehearsal after its answer, but for what it rests on; parts with nothing in them are left out. */
export function sectionsOf(rehearsal: Rehearsal): Section[] {
  const { nights } = rehearsal;
  const first = firstNight(rehearsal);
  const which = nights.length === 1 ? '' : ' of the first night';
  return [
    nightSection(rehearsal),
    windowSection(rehearsal, which),
    endSection(which, first),
    waveSection(rehearsal, which),
    placeSection(rehearsal),
    fileSection(rehearsal),
    licenseSection(rehearsal),
    stopSection(nights),
    spreadSection(rehearsal),
    adviceSection(rehearsal),
  ].filter(({ sentences, table }) => sentences.length > 0 || (table !== undefined && table.rows.length > 0));
}

function nightSection({ nights, zone }: Rehearsal): Section {
  const { minute } = localTimes(zone);
  // Of several windows a table of their own tells.
  const hasWindow = nights.some(({ window, siteWindows }) => window !== null && siteWindows.length === 0);
  return {
    ...{ id: 'nights', title: nights.length === 1 ? 'The night' : 'Night by night', sentences: [] },
    table: {
      columns: ['night', 'begins', 'ends', ...(hasWindow ? ['window left'] : []), 'moved', 'left'],
      numbers: ['night', 'moved', 'left'],
      rows: nights.map(({ night, startsAt, endsAt, window, moved, left }) => [
        ...[number(night), minute(startsAt), minute(endsAt)],
        ...(hasWindow ? [windowLeft(window)] : []),
        ...[number(moved), number(left)],
      ]),
    },
  };
}

function windowLeft(window: Pick<WindowEnd, 'leftMs'> | null): string {
  if (window === null) return '-';
  if (window.leftMs === null) return 'not open yet';
  return window.leftMs < 0 ? `${formatDuration(-window.leftMs)} over` : formatDuration(window.leftMs);
}

/** Only where sites have windows of their own: else the night says it. */
function windowSection(rehearsal: Rehearsal, which: string): Section {
  const { window, siteWindows, startsAt } = firstNight(rehearsal);
  const { clock } = localTimes(rehearsal.zone);
  const rows = siteWindows.length === 0 ? [] : [...siteWindows, ...(window ? [{ site: null, ...window }] : [])];
  return {
    ...{ id: 'windows', title: `Windows${which}`, sentences: [] },
    table: {
      columns: ['phones of', 'window', 'end', 'window left', 'left outside'],
      numbers: ['left outside'],
      rows: rows.map(({ site, left, ...own }) => [
        ...[site === null ? 'all others' : printable(site, 40), printable(windowText(own, rehearsal), 30)],
        ...[own.leftMs === null ? '-' : clock(own.endsAt, startsAt), windowLeft(own), number(left)],
      ]),
    },
  };
}

function endSection(which: string, { byOutcome, failures }: RehearsedNight): Section {
  const codes = countsOf(
    Object.fromEntries(Object.entries(failures).map(([code, count]) => [printable(code, 60), count])),
  );
  return {
    ...{ id: 'ends', title: `How phones${which} would end` },
    sentences: [
      ...(Object.keys(byOutcome).length === 0 ? [] : [`${countsOf(byOutcome)}.`]),
      ...(codes === '' ? [] : [`What would stand in the way: ${codes} (fleet-migrate explain WORD).`]),
    ],
  };
}

function waveSection(rehearsal: Rehearsal, which: string): Section {
  const { waves, startsAt } = firstNight(rehearsal);
  const { clock } = localTimes(rehearsal.zone);
  const hasWaves = waves.some(({ wave }) => wave !== null);
  return {
    ...{ id: 'waves', title: `${hasWaves ? 'Waves' : 'Phones written to'}${which}`, sentences: [] },
    table: {
      columns: [...(hasWaves ? ['wave'] : []), 'phones', hasWaves ? 'opens' : 'first', 'ends', 'would end'],
      numbers: ['wave', 'phones'],
      rows: waves.map(({ wave, phones, firstWriteAt, lastEndAt, byOutcome }) => [
        ...(hasWaves ? [wave === null ? 'none' : number(wave)] : []),
        ...[number(phones), clock(firstWriteAt, startsAt)],
        ...[lastEndAt === null ? 'not yet' : clock(lastEndAt, startsAt), countsOf(byOutcome)],
      ]),
    },
  };
}

function placeSection(rehearsal: Rehearsal): Section {
  const { mostAtOnce, startsAt } = firstNight(rehearsal);
  const { clock } = localTimes(rehearsal.zone);
  const places = mostAtOnce.filter(({ place }) => place !== null);
  // One place alone is everywhere.
  const [only] = places.length === 1 ? places : [];
  const shown = only ? [only] : mostAtOnce;
  return {
    ...{ id: 'at-once', title: 'The most phones under way at once', sentences: [] },
    table: {
      columns: ['where', 'phones', 'at'],
      numbers: ['phones'],
      rows: shown.map(({ place, phones, at }) => [
        ...[place === null ? 'everywhere' : printable(place, 40)],
        ...[number(phones), clock(at, startsAt)],
      ]),
    },
  };
}

/** That of the first night stands in the answer. */
function stopSection(nights: readonly RehearsedNight[]): Section {
  const later = nights
    .slice(1)
    .flatMap(({ night, stopped }) => (stopped ? [stopSentence(`Night ${night}`, stopped)] : []));
  return { id: 'stops', title: 'What the thresholds would do later', sentences: later };
}
