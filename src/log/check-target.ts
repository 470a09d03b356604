import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UsageError } from '../domain/text/usage-error.js';
import { parseLogTarget } from './log-target.js';

/**
 * Makes sure, before anything is contacted, that a log can go to a target. Servers are not asked: they may be away, and a run goes on without.
 * @param path the folders where commands are, as in `PATH`
 * @throws UsageError when the syslog of this machine cannot be written to from here
 */
export function checkLogTarget(text: string, path = process.env['PATH'] ?? ''): void {
  const target = parseLogTarget(text, '--log-to');
  if (target.kind !== 'syslog' || target.over !== 'local' || isThere('logger', path)) return;
  throw new UsageError(
    '--log-to syslog needs the logger command of util-linux, and it is not on this machine; install it, or send to the port of the syslog with syslog://127.0.0.1.',
  );
}

function isThere(command: string, path: string): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      const file = join(folder, command);
      accessSync(file, constants.X_OK);
      return statSync(file).isFile();
    } catch {
      return false;
    }
  });
}
