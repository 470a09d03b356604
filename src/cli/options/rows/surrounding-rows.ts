import { UsageError } from '../../../domain/text/usage-error.js';
import { parseFileMode } from '../../../domain/text/file-mode.js';
import {
  choice,
  duration,
  plainText,
  portForm,
  switchForm,
  textForm,
  usernameForm,
  wholeNumber,
} from '../../../config/settings/forms.js';
import { checkNotifyUrl } from '../../../report/notify/notify.js';
import {
  certificateCheck,
  lockFolderCheck,
  logCheck,
  phoneProfilesCheck,
  reportCheck,
  storeCheck,
} from '../checks/files.js';
import type { Rows } from '../row.js';

/** Connections, output and the store. */
export const surroundingRows = {
  scheme: {
    group: 'Connection',
    form: choice('auto', 'http', 'https'),
    default: 'auto',
    text: 'How to reach the web pages; auto tries http, then https',
  },
  'http-port': { group: 'Connection', form: portForm, default: 80, text: 'Port for http' },
  'https-port': { group: 'Connection', form: portForm, default: 443, text: 'Port for https' },
  timeout: {
    group: 'Connection',
    form: duration(50),
    default: '3s',
    text: 'Time to connect; a response may take twice, a whole session eight times as long',
  },
  username: {
    group: 'Connection',
    form: usernameForm,
    resume: 'anew',
    needs: {
      any: ['password-env', 'password-file'],
      say: 'does nothing without --password-env or --password-file; add one of them.',
      elsewhere: 'fine',
    },
    default: 'admin',
    text: "The account on the phones' admin pages",
  },
  'password-env': {
    group: 'Connection',
    form: textForm('NAME', readVariableName),
    resume: 'anew',
    text: 'Environment variable with the password of the admin pages; it is tried once per phone and run',
  },
  'password-file': {
    group: 'Connection',
    form: plainText('FILE'),
    resume: 'anew',
    file: 'read',
    isPrivate: true,
    text: 'File with that password as its only line; a relative path starts at the working folder, in the configuration file at its folder',
  },
  'try-passwords': {
    group: 'Connection',
    form: switchForm,
    needs: {
      any: ['password-env', 'password-file', 'credentials'],
      say: 'does nothing without a password; name one with --password-env or --password-file, or credentials in the configuration file, or leave it out.',
      elsewhere: 'warning',
    },
    default: false,
    text: 'Try all passwords for an address, in order, each once per phone and run, instead of only the first',
  },
  ca: {
    group: 'Connection',
    form: plainText('FILE'),
    many: true,
    file: 'read',
    check: certificateCheck,
    idleBeside: {
      any: ['insecure'],
      say: 'does nothing with --insecure, which checks no certificate; leave one of them out.',
      elsewhere: 'warning',
    },
    text: "PEM file with further certificate authorities, such as the phones' manufacturing CA",
  },
  insecure: {
    group: 'Connection',
    form: switchForm,
    default: false,
    text: 'Do not check certificates in this run, of file servers only without --files-ca; the report says so',
  },
  'allow-expired-mic': {
    group: 'Connection',
    form: switchForm,
    default: false,
    needs: {
      any: ['ca'],
      say: "does nothing without --ca FILE, the phones' manufacturing CA; name it, or leave this out.",
      elsewhere: 'warning',
    },
    idleBeside: {
      any: ['insecure'],
      say: 'does nothing with --insecure, which checks no certificate; leave one of them out.',
      elsewhere: 'warning',
    },
    text: 'Take a manufacturing certificate that has expired if it names the MAC and an authority of --ca signed it; the report says so',
  },
  'tls-legacy': {
    group: 'Connection',
    form: switchForm,
    // Not a mistake: current phones redirect plain http to https, where it applies.
    idleBeside: {
      any: ['scheme=http'],
      say: 'with --scheme http only concerns phones that redirect to https.',
      elsewhere: 'warning',
      onFlag: 'warning',
    },
    default: false,
    text: 'Offer TLS 1.0 and 1.1, old ciphers and short keys to phones too; the report says so',
  },
  'phone-profiles': {
    group: 'Connection',
    form: plainText('DIR'),
    file: 'read',
    check: phoneProfilesCheck,
    text: 'Folder with labels and patterns of your own for pages that are not understood yet, added to the shipped ones: multiplatform*.yaml, enterprise*.yaml',
  },
  output: {
    group: 'Output',
    form: choice('table', 'json', 'ndjson', 'csv'),
    resume: 'anew',
    default: 'table',
    text: 'Format on standard output; ndjson streams events as they happen',
  },
  report: {
    group: 'Output',
    form: plainText('FILE'),
    many: true,
    resume: 'anew',
    file: 'written',
    check: reportCheck,
    text: 'Write the report to a file too; its ending (.json, .csv) says the format',
  },
  'report-mode': {
    group: 'Output',
    form: textForm('MODE', (text, flag) => parseFileMode(flag, text)),
    resume: 'anew',
    default: '600',
    text: 'Rights of report files and of a new log file, whatever the umask: 600, 640 (the group may read), 644; on Windows they have those of their folder',
  },
  'log-file': {
    group: 'Output',
    form: plainText('FILE'),
    resume: 'anew',
    file: 'written',
    check: logCheck,
    text: 'Append the log to a file',
  },
  'log-level': {
    group: 'Output',
    form: choice('debug', 'info', 'warn', 'error'),
    resume: 'anew',
    text: 'Lowest level to log; by default warn on standard error and info in the file',
  },
  'log-format': {
    group: 'Output',
    form: choice('text', 'json'),
    resume: 'anew',
    default: 'text',
    text: 'How log lines are written',
  },
  quiet: {
    group: 'Output',
    form: switchForm,
    resume: 'anew',
    default: false,
    text: 'No live line and no closing summary, only results and errors',
  },
  'detailed-exitcode': {
    group: 'Output',
    form: switchForm,
    writes: true,
    needsProfile: true,
    needs: { any: ['dry-run'], say: 'needs --dry-run; add it, or leave this out.', elsewhere: 'mistake' },
    default: false,
    text: 'With --dry-run: exit code 5 when there is work to do',
  },
  notify: {
    group: 'Output',
    form: textForm('URL', checkNotifyUrl, { expected: 'a URL such as https://chat.example.com/hooks/fleet' }),
    resume: 'anew',
    text: 'Post a summary as JSON to a webhook when the run has ended; a failure there never changes the exit code',
  },
  db: {
    group: 'Memory',
    form: plainText('PATH'),
    resume: 'anew',
    file: 'written',
    check: storeCheck,
    text: 'Where runs are remembered; a file in the state folder ($XDG_STATE_HOME, on Windows %LOCALAPPDATA%) unless given',
  },
  keep: {
    group: 'Memory',
    form: wholeNumber(1, 1_000_000),
    resume: 'anew',
    default: 100,
    text: 'Finished runs to keep; older ones are deleted, but not what is known about their phones',
  },
  'lock-folder': {
    group: 'Memory',
    form: plainText('PATH'),
    writes: true,
    needsProfile: true,
    resume: 'anew',
    check: lockFolderCheck,
    text: 'Folder where runs on this machine lock the phones they work on; must be the same for all runs. Default: fleet-migrate in /run/lock, else /dev/shm, else /tmp; on Windows in the temporary folder of the user',
  },
  config: {
    group: 'Memory',
    form: plainText('FILE'),
    resume: 'anew',
    file: 'read',
    text: 'Configuration file; fleet-migrate.yaml in the working folder or the configuration folder unless given',
  },
} as const satisfies Rows;

/** The name of an environment variable. @throws UsageError, which does not repeat it: some give the password itself */
function readVariableName(text: string, flag: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return text;
  throw new UsageError(`${flag} takes the name of an environment variable, not the password itself.`);
}
