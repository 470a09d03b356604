import { parseLogTarget } from '../../../log/log-target.js';
import { plainText, textForm } from '../../../config/settings/forms.js';
import { logTargetCheck, metricsCheck } from '../checks/files.js';
import type { Rows } from '../row.js';

const group = 'Output';

/** Who is told of a run besides the one who started it: monitors, logs of the machine or a server, people. */
export const toldRows = {
  metrics: {
    group,
    form: plainText('FILE'),
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
} as const satisfies Rows;
