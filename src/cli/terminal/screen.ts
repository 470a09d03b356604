import pc from 'picocolors';

/** What tells a terminal from a pipe or a file; there `isTTY` is missing, whatever its type says. */
interface Screen {
  isTTY?: boolean;
}

/** What a process is told of its terminal. */
interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  platform: string;
}

/**
 * Whether to color what goes to a stream: on terminals, as the environment wishes (`NO_COLOR`). A pipe stays plain even where `CI` or
 * `FORCE_COLOR` is set: what reads there is a program.
 */
export function isColored(screen: Screen, surroundings: Surroundings = process): boolean {
  return isRedrawable(screen, surroundings) && pc.isColorSupported;
}

/** Whether a stream is a terminal that obeys codes. One of which nobody says what it is may print them; Windows never says. */
export function isRedrawable({ isTTY }: Screen, { env, platform }: Surroundings = process): boolean {
  const term = env['TERM'] ?? '';
  return Boolean(isTTY) && term !== 'dumb' && (term !== '' || platform === 'win32');
}
