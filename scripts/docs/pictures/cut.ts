/**
 * The lines of a text from the first that matches up to the first after it that matches `before`, without that one and without empty lines at
 * the end; to the end of the text where no `before` is given. @throws RangeError when one of them is not there: a sample shows what it is
 * meant to show, or is not made
 */
export function cut(text: string, from: RegExp, before?: RegExp): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => from.test(line));
  if (start === -1) throw new RangeError(`no line matches ${String(from)} in:\n${text}`);
  const rest = lines.slice(start + 1);
  const length = before === undefined ? rest.length : rest.findIndex((line) => before.test(line));
  if (length === -1) throw new RangeError(`no line after ${String(from)} matches ${String(before)} in:\n${text}`);
  return lines
    .slice(start, start + 1 + length)
    .join('\n')
    .trimEnd();
}

/** A sample: the command as it is typed, and what it printed; `…` on a line of its own stands for what is left out. */
export function shown(command: string, ...parts: readonly string[]): string {
  return [`$ ${command}`, ...parts].join('\n');
}
