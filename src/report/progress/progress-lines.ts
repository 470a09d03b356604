import pc from 'picocolors';
import type { Clock } from '../../domain/ports/clock.js';
import { countsOf, currentWave, endedIn, type RunNow, wavesOf } from '../../domain/progress/run-now.js';
import { dot } from './fit-parts.js';
import { passTo } from './pass-to.js';
import type { LiveView } from './live-view.js';
import { runLine } from './run-line.js';
import type { ToldRun } from './told-run.js';

/** So often (ms) a run is looked at between two lines. */
const lookEveryMs = 5_000;

/**
 * Where there is no terminal: how far a run is, as one line now and then, the first after the first interval. It keeps a timer, as does the
 * view of a terminal.
 * @param everyMs `null`: never
 */
export function progressLines(stream: NodeJS.WritableStream, clock: Clock, everyMs: number | null): LiveView {
  const colors = pc.createColors(false);
  let latest: ToldRun | null = null;
  let cancel: (() => void) | null = null;
  const say = (): void => {
    if (latest === null || everyMs === null) return;
    const { run } = latest;
    stream.write(
      `fleet-migrate: ${new Date(run.now).toISOString().slice(0, 16)}Z run ${run.id}: ${placeText(run)}${runLine(latest, Number.POSITIVE_INFINITY, colors)}\n`,
    );
    cancel = clock.after(everyMs, say);
  };
  return {
    // When phones are written to, and when they end, is seen by looking.
    everyMs: Math.min(everyMs ?? lookEveryMs, lookEveryMs),
    update: (told) => {
      latest = told;
      if (everyMs !== null) cancel ??= clock.after(everyMs, say);
    },
    withHidden: (write) => write(),
    above: passTo(stream, (write) => write()),
    stop: () => {
      cancel?.();
      cancel = null;
      latest = null;
    },
  };
}

/** `wave 2 of 3 · 13 of 45 phones ended · `; nothing while it looks. */
function placeText({ phase, phones }: RunNow): string {
  if (phase === 'survey') return '';
  const waves = wavesOf(phones);
  const current = currentWave(waves) ?? waves.at(-1);
  const wave = waves.length < 2 || !current ? '' : `wave ${current.number} of ${waves.at(-1)?.number}${dot}`;
  return `${wave}${endedIn(countsOf(phones))} of ${phones.length} phones ended${dot}`;
}
