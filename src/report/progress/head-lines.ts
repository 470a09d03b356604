import type { RunNow } from '../../domain/progress/run-now.js';
import { printable } from '../../domain/text/printable.js';
import { cutTo } from '../table/cut.js';
import { dot, fitParts, keep, type Part, widthOf } from './fit-parts.js';
import { type Colors, elapsedText, leftText, pausedParts, stoppingParts } from './words.js';

/**
 * With fewer columns than this it always takes two lines, whatever there is to say now: beside the id of a run and its age there is no room
 * for every time left, and the lines below must not jump when one comes.
 */
const leastForOneLine = 76;

/**
 * Which run it is, what it does, for how long it has been going on and how long it takes: `Run 20261130020000-abcdef · mpp-to-enterprise · 30s ·
 * about 6m left`. Where there is no room, the profile gives way to all else.
 */
export function headLines(run: RunNow, columns: number, colors: Colors): string[] {
  const id: Part = { text: `Run ${run.id}`, paint: colors.bold, keep: keep.done };
  const elapsed: Part = { text: elapsedText(run), paint: colors.dim, keep: keep.elapsed };
  const left = leftText(run);
  const leftParts: Part[] = left === null ? [] : [{ text: left, paint: colors.dim, keep: keep.left }];
  const stopping = [...stoppingParts(run, colors), ...pausedParts(run, colors)];
  const waits: Part[] =
    run.phase === 'question' && run.goesOn ? [{ text: 'waits for an answer', paint: colors.dim, keep: keep.left }] : [];
  if (columns < leastForOneLine) {
    const second = [...stopping, ...waits, ...leftParts];
    return [fitParts([id, elapsed], columns), fitParts([...second, profilePart(run, columns, second)], columns)];
  }
  const rest = [...stopping, elapsed, ...waits, ...leftParts];
  return [fitParts([id, profilePart(run, columns, [id, ...rest]), ...rest], columns)];
}

/** What the run does, as long as there is room for it beside these. */
function profilePart({ profile, dryRun }: RunNow, columns: number, beside: readonly Part[]): Part {
  const name = printable(profile ?? 'audit', 40);
  const ending = dryRun && profile !== null ? ', dry run' : '';
  const room = Math.max(1, columns - (beside.length === 0 ? 0 : widthOf(beside) + dot.length));
  // That nothing is written says more than the end of a name.
  const text = room > ending.length ? `${cutTo(name, room - ending.length)}${ending}` : cutTo(`${name}${ending}`, room);
  return { text, paint: String, keep: keep.fetched };
}
