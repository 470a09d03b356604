import { type FailureCode, licensing } from './failure-code.js';

/** Codes of phones that were written to, and of the program itself. */
export const watchingFailures = {
  'write-refused': {
    meaning: 'The phone refused the settings.',
    hint: 'Set them by hand in the browser to see what the phone says.',
    kind: 'observed',
  },
  'write-ignored': {
    meaning: 'The phone answered, but its settings did not change.',
    hint: 'Set them by hand in the browser; provisioning may be writing them back.',
    kind: 'observed',
  },
  'write-differs': {
    meaning: 'Reading back showed other values than were sent.',
    hint: 'Compare the settings by hand in the browser before the phone acts on them.',
    kind: 'observed',
  },
  'upgrade-failed': {
    meaning: 'The phone says that the upgrade failed.',
    hint: "The phone's own words are in the message; check the file server's log for what it fetched.",
    kind: 'observed',
  },
  'authorization-failed': {
    meaning: 'The phone says that the license was not accepted.',
    hint: `A license holds for one MAC and one direction (guide G4). ${licensing}`,
    kind: 'observed',
  },
  'still-on-old-firmware': {
    meaning: 'The settings were taken, yet the phone still answered with its old firmware at the deadline.',
    hint: 'Upgrades may be disabled (Upgrade Enable), or the phone was in use; look at its Download Status.',
    kind: 'observed',
  },
  'wrong-load': {
    meaning: 'The phone came back with another load than the plan says.',
    hint: 'Look at the Download Status and at the file server; the phone works, but is not where it should be.',
    kind: 'observed',
  },
  'not-authorized': {
    meaning: 'The rule was taken, but at the deadline the phone had not said that it is authorized.',
    hint: `Look at Info > Download Status > Transition Authorization Status. ${licensing}`,
    kind: 'observed',
  },
  'not-seen-again': {
    meaning: 'The phone was written to and not seen again before the deadline.',
    hint: 'After a move to Enterprise web access is off by default: look for it in Unified CM. Else look for its MAC in DHCP, then at the phone.',
    kind: 'observed',
  },
  'identity-lost': {
    meaning: 'After the write another phone answered at the address, and this one was not found in its subnet.',
    hint: 'Look for its MAC in DHCP or in Unified CM.',
    kind: 'observed',
  },
  'stopped-watching': {
    meaning: 'The run was stopped while this phone was under way.',
    hint: 'fleet-migrate resume, or the next run by itself, watches it on from there; nothing is posted again blindly.',
    kind: 'observed',
  },
  'stopped-between-steps': {
    meaning: 'The first of two steps is proven; the run was stopped, or the way was blocked, before the second.',
    hint: 'The phone works on its new firmware; run again to finish.',
    kind: 'observed',
  },
  'internal-error': {
    meaning: 'fleet-migrate itself failed on this phone: a bug.',
    hint: 'Please report it with the log of --log-level debug.',
    kind: 'permanent',
  },
} as const satisfies Record<string, FailureCode>;
