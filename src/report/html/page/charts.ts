import uPlot from 'uplot';
import type { Course } from '../../../domain/report/story/course.js';
import type { Durations } from '../../../domain/report/story/durations.js';
import { formatDuration } from '../../../domain/text/duration.js';
import { localTimes } from '../../local-times.js';
import type { PageCharts } from '../page-row.js';

const heightOfChart = 240;

/** Draws the charts where the page has a place for them, anew when its width, its colors or its medium change. */
export function drawCharts({ course, durations, zone = 'UTC' }: PageCharts): void {
  const drawn: (() => void)[] = [];
  if (course) drawn.push(chartIn('course-chart', () => courseChart(course, zone)));
  if (durations) drawn.push(chartIn('durations-chart', () => durationsChart(durations)));
  const anew = (): void => {
    for (const draw of drawn) draw();
  };
  anew();
  window.addEventListener('resize', anew);
  for (const query of ['(prefers-color-scheme: dark)', 'print']) matchMedia(query).addEventListener('change', anew);
}

/** What is drawn, but for its size. */
interface Drawing {
  options: Omit<uPlot.Options, 'width' | 'height'>;
  data: uPlot.AlignedData;
}

function chartIn(id: string, drawing: () => Drawing): () => void {
  const place = document.getElementById(id);
  return () => {
    if (!place) return;
    const { options, data } = drawing();
    place.replaceChildren();
    new uPlot({ width: place.clientWidth, height: heightOfChart, ...options }, data, place);
  };
}

/** A color of the style sheet, which knows of light and dark. */
function color(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function axis(): uPlot.Axis {
  return {
    stroke: color('text'),
    grid: { stroke: color('line'), width: 1 },
    ticks: { stroke: color('line'), width: 1 },
  };
}

function courseChart({ at, done, notDone, underWay }: Course, zone: string): Drawing {
  const show = wallTimes(zone);
  const series = (label: string, name: string, isFilled: boolean): uPlot.Series => ({
    label,
    stroke: color(name),
    width: 2,
    ...(isFilled ? { fill: `${color(name)}33` } : {}),
    points: { show: false },
    value: shown,
    ...(uPlot.paths.stepped ? { paths: uPlot.paths.stepped({ align: 1 }) } : {}),
  });
  return {
    options: {
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), zone === 'UTC' ? 'Etc/UTC' : zone),
      cursor: { drag: { x: true, y: false } },
      axes: [
        { ...axis(), values: (_plot, ticks, _axis, _space, apart) => timesOf(ticks, apart, show) },
        { ...axis(), incrs: whole },
      ],
      scales: { y: { range: (_plot, _least, most) => [0, Math.max(1, most) * 1.05] } },
      series: [
        { label: zone, value: (_plot, seconds) => (seconds === null ? '' : show(seconds).time) },
        series('done', 'done', true),
        series('ended otherwise', 'failed', false),
        series('under way', 'planned', false),
      ],
    },
    data: [at, done, notDone, underWay],
  };
}

/** Nothing where there is no pointer. */
function shown(_plot: uPlot, value: number | null): string {
  return value === null ? '' : String(value);
}

/** Phones come whole. */
const whole = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000];

/** `22:14`, with seconds where ticks are closer, and the day where a new one begins. */
function timesOf(ticks: readonly number[], apart: number, show: WallTimes): string[] {
  let before = '';
  return ticks.map((seconds) => {
    const { day, time } = show(seconds);
    const text = time.slice(0, apart < 60 ? 8 : 5);
    const isNewDay = day !== before;
    before = day;
    return isNewDay ? `${text}\n${day}` : text;
  });
}

/** `2026-01-31` and `22:14:05`, by seconds since the epoch. */
type WallTimes = (seconds: number) => { day: string; time: string };

function wallTimes(zone: string): WallTimes {
  const { day, time } = localTimes(zone);
  return (seconds) => {
    const at = new Date(seconds * 1_000).toISOString();
    return { day: day(at), time: time(at) };
  };
}

function durationsChart({ widthMs, fromMs, classes }: Durations): Drawing {
  const middles = classes.map((_count, at) => fromMs + (at + 0.5) * widthMs);
  const end = fromMs + classes.length * widthMs;
  return {
    options: {
      cursor: { drag: { x: false, y: false } },
      axes: [
        {
          ...axis(),
          values: (_plot, ticks) => ticks.map((ms) => formatDuration(ms)),
          incrs: [1, 2, 5, 10].map((by) => by * widthMs),
        },
        { ...axis(), incrs: whole },
      ],
      scales: {
        x: { time: false, range: () => [fromMs, end] },
        y: { range: (_plot, _least, most) => [0, Math.max(1, most) * 1.05] },
      },
      series: [
        { label: 'took about', value: (_plot, ms) => (ms === null ? '' : formatDuration(ms)) },
        {
          label: 'phones',
          stroke: color('done'),
          fill: `${color('done')}99`,
          points: { show: false },
          value: shown,
          ...(uPlot.paths.bars ? { paths: uPlot.paths.bars({ size: [0.9, 100] }) } : {}),
        },
      ],
    },
    data: [middles, classes],
  };
}
