import { parseLogTarget } from '../../../log/log-target.js';
import { choice, plainText, sameFileForm, textForm } from '../../../config/settings/forms.js';
import { logTargetCheck, mailCertificateCheck, metricsCheck } from '../checks/files.js';
import { readReceiver } from '../../../report/notify/receiver.js';
import { variableForm } from '../access/variable-name.js';
import { mailAddressForm, mailServerForm, mailUsernameForm } from '../mail-forms.js';
import type { Rows } from '../row.js';

const group = 'Output';

/** Who is told of a run besides the one who started it: monitors, logs of the machine or a server, people. */
export const toldRows = {
  metrics: {
    group,
    form: sameFileForm,
    resume: 'anew',
    file: 'written',
    check: metricsCheck,
    text: "Keep metrics of the run in a file for Prometheus' textfile collector (.prom), readable for all; the label name is its name",
  },
  'log-to': {
    group,
    form: textForm('journald|syslog|URL', parseLogTarget, {
      example: 'syslog://10.0.0.9:514',
      expected: 'journald, syslog, or a URL such as syslog://10.0.0.9:514 or syslog+tcp://10.0.0.9:514',
    }),
    many: true,
    resume: 'anew',
    check: logTargetCheck,
    text: "Where the log goes as well: syslog (of this machine), syslog://HOST[:PORT] (UDP), syslog+tcp://HOST[:PORT]; journald: standard error in the journal's form, by itself where the journal reads it",
  },
  notify: {
    group,
    form: textForm('URL', readReceiver, {
      example: 'https://chat.example.com/hooks/fleet',
      expected: 'a URL such as https://chat.example.com/hooks/fleet, or mailto:voice-team@example.com',
      // The addresses of one mail have commas between them.
      cut: /,(?=\s*(?:(?:[a-z]+\+)?https?:|mailto:))/i,
    }),
    many: true,
    resume: 'anew',
    text: 'Tell somebody when the run has ended: a webhook (JSON), Slack or Teams (slack+URL, teams+URL where the host does not tell), or mailto:ADDRESS,ADDRESS; a failure there never changes the exit code',
  },
  'mail-server': {
    group,
    form: mailServerForm,
    resume: 'anew',
    text: 'Server that takes the mails of --notify mailto:, such as mail.example.com; port 587, or as --mail-tls has it, unless given',
  },
  'mail-tls': {
    group,
    form: choice('starttls', 'tls', 'none'),
    resume: 'anew',
    default: 'starttls',
    text: 'How it is spoken to: starttls (587), tls from the start (465), none (25), for a server that takes mail without an account',
  },
  'mail-ca': {
    group,
    form: plainText('FILE'),
    many: true,
    resume: 'anew',
    file: 'read',
    check: mailCertificateCheck,
    idleBeside: {
      any: ['mail-tls=none'],
      say: 'does nothing with --mail-tls none, which checks no certificate; leave one of them out.',
      elsewhere: 'warning',
    },
    text: "PEM file with the mail server's own certificate, or that of its authority",
  },
  'mail-from': {
    group,
    form: mailAddressForm,
    resume: 'anew',
    text: 'The address that the mails come from',
  },
  'mail-username': {
    group,
    form: mailUsernameForm,
    resume: 'anew',
    text: 'The account at the mail server, where it wants one',
  },
  'mail-password-env': {
    group,
    form: variableForm('MAIL_PASSWORD'),
    resume: 'anew',
    text: "Environment variable with that account's password",
  },
  'mail-password-file': {
    group,
    form: plainText('FILE'),
    resume: 'anew',
    file: 'read',
    isPrivate: true,
    text: 'File with that password as its only line; a relative path starts at the working folder, in the configuration file at its folder',
  },
} as const satisfies Rows;
