import pc from 'picocolors';

/** What tells a terminal from a pipe or a file; there `isTTY` is missing, whatever its type says. */
interface Screen {
  isTTY?: boolean;
}

/**
 * Whether to color what goes to a stream: on terminals, as the environment wishes (`NO_COLOR`). A pipe stays plain even where `CI` or
 * `FORCE_COLOR` is set: what reads there is a program.
 */
export function isColored({ isTTY }: Screen): boolean {
  return Boolean(isTTY) && pc.isColorSupported;
}

/** Whether a stream is a terminal that can be drawn over. */
export function isRedrawable({ isTTY }: Screen): boolean {
  return Boolean(isTTY) && process.env['TERM'] !== 'dumb';
}
