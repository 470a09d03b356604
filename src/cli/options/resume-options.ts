/**
 * What a resume takes from the command line, the environment and the configuration file: how it shows itself, the passwords, and how phones
 * may end short of proof, which somebody may know only after the first wave. All else was decided when the run began.
 */
export const resumeOptions: ReadonlySet<string> = new Set([
  ...['db', 'config', 'keep', 'lock-folder', 'yes'],
  ...['output', 'report', 'report-mode', 'quiet', 'notify', 'log-file', 'log-level', 'log-format'],
  ...['username', 'password-env', 'password-file'],
  'accept',
]);
