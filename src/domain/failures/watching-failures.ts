import { type FailureCode, licensing } from './failure.js';

/** Codes of phones that were written to, and of the program itself. */
export const watchingFailures = {
  'write-refused': {
    meaning: 'The phone refused the settings in words, and still shows its old ones.',
    hint: 'Set them by hand in the browser to see what the phone says.',
    kind: 'observed',
  },
  'write-ignored': {
    meaning: 'Up to the deadline the phone still showed its old settings, in whatever way it was told.',
    hint: 'Set them by hand in the browser; provisioning may be writing them back.',
    kind: 'observed',
  },
  'not-taken-yet': {
    meaning:
      'At the deadline the phone still showed its old settings, but had not had the time yet in which phones may take what they were sent.',
    hint: 'Look at it again: it may have taken them since. Give --deadline more than the patience of the profile, which is twice as long for each further way to write.',
    kind: 'observed',
  },
  'write-differs': {
    meaning: 'At the deadline the settings were neither as before nor as sent.',
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
  'silent-after-upgrading': {
    meaning:
      'After the write the phone said that it was upgrading to Enterprise, then it vanished: the usual end where Web Access is off, but no proof.',
    hint: 'Look for it in Unified CM: registered with its load, it is done. To let such phones open the next wave: --accept silent-after-upgrading. To have proof: Web Access on in Unified CM before the move.',
    kind: 'observed',
  },
  silent: {
    meaning: 'The phone was written to and vanished before the deadline, without proof of where it went.',
    hint: 'Look for its MAC in Unified CM first, then in DHCP, then at the phone.',
    kind: 'observed',
  },
  'not-recognized': {
    meaning: 'After the write something answers at the address that cannot be read as this phone.',
    hint: 'Open the address in a browser: a page that asks for a first password is a phone after a factory reset. Then look for its MAC in Unified CM and in DHCP.',
    kind: 'observed',
  },
  'identity-lost': {
    meaning: 'After the write another phone answered at the address, and this one was not found in its subnet.',
    hint: 'Look for its MAC in DHCP or in Unified CM. Where the evidence has a line other-phone, look at that phone as well: it may have got what was sent.',
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
    hint: 'Please report it with the log of --log-level debug. A phone that nothing was written to is taken again by fleet-migrate resume.',
    kind: 'ours',
  },
} as const satisfies Record<string, FailureCode>;
