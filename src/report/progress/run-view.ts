import {
  countsOf,
  currentWave,
  endedIn,
  kindOfState,
  type LongUnderWay,
  type Problem,
  type RunNow,
  type WaveNow,
  wavesOf,
} from '../../domain/progress/run-now.js';
import { formatDuration } from '../../domain/text/duration.js';
import { printable } from '../../domain/text/printable.js';
import { cutTo } from '../table/cut.js';
import { fitParts, runLine } from './run-line.js';
import type { Fetching, ToldRun } from './told-run.js';
import {
  type Colors,
  countParts,
  dot,
  elapsedText,
  fetchedText,
  fetchLeftText,
  leftText,
  type Part,
  pausedParts,
  stoppingParts,
  surveyParts,
} from './words.js';

/** Where it is drawn: characters a line, and lines. */
export interface Room {
  columns: number;
  rows: number;
}

/** With less than this there is one line. A terminal of 40 columns has room for 39. */
const leastRoom = { columns: 39, rows: 5 };

/** Most waves, phones and problems that are told. */
const most = { waves: 6, longest: 4, problems: 4 };

/**
 * A run as lines for a terminal: what it is and how long it takes, a bar, counts, its waves, the phones that have been under way the longest,
 * the last problems. No line is longer than `columns`; from below, what does not fit into `rows` is left out, whole lists first.
 */
export function runView(told: ToldRun, room: Room, colors: Colors): string[] {
  if (room.columns < leastRoom.columns || room.rows < leastRoom.rows) return [runLine(told, room.columns, colors)];
  const { run } = told;
  const lines = [headLine(told, room.columns, colors), barLine(run, room.columns, colors)];
  if (run.phase !== 'survey') lines.push(fitParts(countParts(countsOf(run.phones), colors), room.columns));
  if (told.fetching !== null) lines.push(colors.dim(cutTo(fetchLine(told.fetching, run), room.columns)));
  const problems = problemLines(told.problems, room.columns, colors);
  const longest = longestLines(told.longest, run, room.columns, colors);
  const waves = waveLines(run, room.columns, colors);
  for (const list of [waves, problems, longest]) if (lines.length + list.length <= room.rows) lines.push(...list);
  return lines;
}

function headLine(told: ToldRun, columns: number, colors: Colors): string {
  const { run } = told;
  const left = leftText(run);
  const what = `${run.profile ?? 'audit'}${run.dryRun && run.profile !== null ? ', dry run' : ''}`;
  const parts: Part[] = [
    { text: `Run ${run.id}`, paint: colors.bold },
    { text: printable(what, 40), paint: (text) => text },
    ...stoppingParts(run, colors),
    ...pausedParts(run, colors),
    {
      text: run.phase === 'question' && run.goesOn ? `${elapsedText(run)}, waits for an answer` : elapsedText(run),
      paint: colors.dim,
    },
    ...(left === null ? [] : [{ text: left, paint: colors.dim }]),
  ];
  return fitParts(parts, columns);
}

function fetchLine(fetching: Fetching, { now, pausedSince }: RunNow): string {
  const left = pausedSince === null ? fetchLeftText(fetching, now) : null;
  return `${fetchedText(fetching)}${left === null ? '' : `${dot}${left}`}`;
}

/** What is done with, of what there is, with the pace. */
function barLine(run: RunNow, columns: number, colors: Colors): string {
  const { survey, phones } = run;
  const isSurvey = run.phase === 'survey';
  const counts = countsOf(phones);
  const [ended, all] = isSurvey ? [survey.probed, survey.targets] : [endedIn(counts), phones.length];
  const pace = paceText(run);
  const text = isSurvey
    ? surveyParts(run)
        .map((part) => part.text)
        .join(dot)
    : `${ended} of ${all} phones ended`;
  const room = roomForBar(run, all, columns);
  const words = pace === null || (room.width > 0 && !room.withPace) ? text : `${text}${dot}${pace}`;
  const width = Math.min(room.width, columns - words.length - 2);
  if (all === null || width < leastBar) return cutTo(words, columns);
  // Full only when nothing is left.
  const part = (count: number): number => (all === 0 ? width : Math.floor((count / all) * width));
  const good = isSurvey ? part(ended) : part(counts.done);
  const other = Math.max(0, part(ended) - good);
  const bar = `${colors.green('█'.repeat(good))}${colors.yellow('▒'.repeat(other))}${colors.dim('░'.repeat(width - good - other))}`;
  return `${bar}  ${words}`;
}

/** A shorter bar tells nothing, a longer one no more. */
const leastBar = 10;
const mostBar = 40;

/**
 * How long the bar is, beside words as long as they may become: it must not jump when a pace comes, or a digit. The pace gives way to it. 0
 * where there is no room for one.
 */
function roomForBar({ phase }: RunNow, all: number | null, columns: number): { width: number; withPace: boolean } {
  const count = String(all ?? 0);
  const text =
    phase === 'survey' ? `looked at ${count} of ${count}${dot}answered ${count}` : `${count} of ${count} phones ended`;
  const width = columns - text.length - 2;
  const beside = width - `${dot}9999 a ${phase === 'survey' ? 'second' : 'minute'}`.length;
  if (beside >= leastBar) return { width: Math.min(mostBar, beside), withPace: true };
  return { width: width >= leastBar ? Math.min(mostBar, width) : 0, withPace: false };
}

/** How far back (ms) ends count for the pace, and how long it must have been watched. */
const paceWindow = { most: 300_000, least: 30_000 };

/** How many a second or a minute; `null` where there were too few to tell. */
function paceText({ phase, survey, phones, now, goesOn }: RunNow): string | null {
  if (!goesOn) return null;
  if (phase === 'survey') {
    const { earlier, probed } = survey;
    if (earlier === null || now - earlier.at < 5_000) return null;
    const perSecond = (probed - earlier.probed) / ((now - earlier.at) / 1_000);
    return perSecond < 1 ? null : `${Math.round(perSecond)} a second`;
  }
  const written = phones.flatMap(({ writtenAt }) => (writtenAt === null ? [] : [writtenAt]));
  const since = Math.max(now - paceWindow.most, Math.min(...written));
  if (now - since < paceWindow.least) return null;
  const ended = phones.filter(({ endedAt, writtenAt }) => writtenAt !== null && endedAt !== null && endedAt >= since);
  const perMinute = ended.length / ((now - since) / 60_000);
  return ended.length < 3 ? null : `${perMinute < 10 ? perMinute.toFixed(1) : Math.round(perMinute)} a minute`;
}

function waveLines({ phones }: RunNow, columns: number, colors: Colors): string[] {
  const waves = wavesOf(phones);
  if (waves.length < 2) return [];
  const current = currentWave(waves);
  // Around the one that is under way: what is long over and what is far ahead says least.
  const at = current === null ? waves.length - 1 : waves.indexOf(current);
  const from = Math.max(0, Math.min(at - 2, waves.length - most.waves));
  const shown = waves.slice(from, from + most.waves);
  // Of a wave that an interrupted run has ended there may be no phone.
  const last = waves.at(-1)?.number ?? 0;
  const names = shown.map(({ number }) => `wave ${number} of ${last}`);
  const width = Math.max(...names.map((name) => name.length));
  return shown.map((wave, index) => {
    const name = (names[index] ?? '').padEnd(width);
    const text = `${name}  ${waveText(wave, colors, columns - width - 2)}`;
    return wave === current ? text : colors.dim(text);
  });
}

function waveText({ counts, phones }: WaveNow, colors: Colors, columns: number): string {
  const plain = { ...colors, green: String, red: String, magenta: String, yellow: String } as Colors;
  const parts = countParts(counts, plain).filter(({ text }) => !text.endsWith(' 0'));
  return fitParts([{ text: `${endedIn(counts)} of ${phones.length}`, paint: String }, ...parts], columns);
}

function longestLines(longest: readonly LongUnderWay[], run: RunNow, columns: number, colors: Colors): string[] {
  const rows = longest
    .slice(0, most.longest)
    .map(({ phone, says }) => [
      printable(phone.address, 60),
      printable(phone.model ?? '-', 40),
      kindOfState(phone.state) === 'underWay' ? phone.state : '',
      formatDuration(Math.max(1_000, run.now - (phone.writtenAt ?? run.now))),
      says === null ? '' : printable(says, 200),
    ]);
  return listLines('Longest under way', rows, columns, colors);
}

function problemLines(problems: readonly Problem[], columns: number, colors: Colors): string[] {
  const rows = problems
    .slice(0, most.problems)
    .map(({ address, at, code, message }) => [
      new Date(at).toISOString().slice(11, 16),
      printable(address, 60),
      `${code}: ${printable(message, 1_000)}`,
    ]);
  return listLines('Last problems (UTC)', rows, columns, colors);
}

function listLines(title: string, rows: readonly string[][], columns: number, colors: Colors): string[] {
  if (rows.length === 0) return [];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    cutTo(`  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd(), columns),
  );
  return [colors.bold(cutTo(title, columns)), ...lines];
}
