import uPlot from 'uplot';
import type { Course } from '../../../domain/report/story/course.js';
import type { Durations } from '../../../domain/report/story/durations.js';
import { formatDuration } from '../../../domain/text/duration.js';
import type { PageCharts } from '../page-row.js';

const heightOfChart = 240;

/** Draws the charts where the page has a place for them, anew when its width, its colors or its medium change. */
export function drawCharts({ course, durations }: PageCharts): void {
  const drawn: (() => void)[] = [];
  if (course) drawn.push(chartIn('course-chart', () => courseChart(course)));
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

const utc = (seconds: number): Date => uPlot.tzDate(new Date(seconds * 1_000), 'Etc/UTC');

function courseChart({ at, done, notDone, underWay }: Course): Drawing {
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
      tzDate: utc,
      cursor: { drag: { x: true, y: false } },
      axes: [
        { ...axis(), values: (_plot, ticks, _axis, _space, apart) => timesOf(ticks, apart) },
        { ...axis(), incrs: whole },
      ],
      scales: { y: { range: (_plot, _least, most) => [0, Math.max(1, most) * 1.05] } },
      series: [
        { label: 'UTC', value: (_plot, seconds) => (seconds === null ? '' : clock(seconds)) },
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
function timesOf(ticks: readonly number[], apart: number): string[] {
  return ticks.map((seconds, at) => {
    const time = clock(seconds).slice(0, apart < 60 ? 8 : 5);
    const isNewDay = at === 0 || Math.floor(seconds / day) !== Math.floor((ticks[at - 1] ?? 0) / day);
    return isNewDay ? `${time}\n${new Date(seconds * 1_000).toISOString().slice(0, 10)}` : time;
  });
}

const day = 86_400;

function clock(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(11, 19);
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
