/**
 * What a resume takes from the command line, the environment and the configuration file: how it shows itself and the passwords, nothing of
 * what it does. That was decided when the run began.
 */
export const resumeOptions: ReadonlySet<string> = new Set([
  ...['db', 'config', 'keep', 'yes'],
  ...['output', 'report', 'quiet', 'notify', 'log-file', 'log-level', 'log-format'],
  ...['username', 'password-env', 'password-file'],
]);
