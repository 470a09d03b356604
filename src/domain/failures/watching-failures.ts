import { type FailureCode, licensing } from './failure.js';

/** Codes of phones that were written to, and of the program itself. */
export const watchingFailures = {
  'write-refused': {
    meaning: 'The phone said that it refused the settings, and still shows its old ones.',
    hint: 'Set them in a browser to see what the phone says.',
    kind: 'observed',
  },
  'write-ignored': {
    meaning: 'The phone still showed its old settings at the deadline, with every write method that was tried.',
    hint: 'Set them in a browser; provisioning may be writing the old ones back.',
    kind: 'observed',
  },
  'not-taken-yet': {
    meaning:
      'At the deadline the phone still showed its old settings, but phones may take longer than that to apply new ones.',
    hint: "Check the phone again: it may have applied them since. Set --deadline above the profile's patience, which doubles with each further write method.",
    kind: 'observed',
  },
  'write-differs': {
    meaning: 'At the deadline the settings were neither as before nor as sent.',
    hint: 'Compare the settings in a browser before the phone acts on them.',
    kind: 'observed',
  },
  'upgrade-failed': {
    meaning: 'The phone says that the upgrade failed.',
    hint: "The message quotes the phone, or what Unified CM says of it; check the file server's log for what it fetched. Where its load was set on Unified CM, the evidence (put-back) says what is set there now.",
    kind: 'observed',
  },
  'authorization-failed': {
    meaning: 'The phone says that the license was not accepted.',
    hint: `A license is valid for one MAC and one direction (guide G4). ${licensing}`,
    kind: 'observed',
  },
  'still-on-old-firmware': {
    meaning: 'The phone took the settings, but still ran its old firmware at the deadline.',
    hint: 'A Multiplatform phone may not upgrade while it is in use, or at all (Upgrade Enable); an Enterprise phone says on its page and to Unified CM how its download went. Look at its Download Status.',
    kind: 'observed',
  },
  'wrong-load': {
    meaning: 'The phone came back on a different load than planned.',
    hint: 'Look at the Download Status and at the file server; the phone works, but on the wrong load.',
    kind: 'observed',
  },
  'not-authorized': {
    meaning: 'The phone took the rule, but had not reported that it is authorized by the deadline.',
    hint: `Look at Info > Download Status > Transition Authorization Status. ${licensing}`,
    kind: 'observed',
  },
  'silent-after-upgrading': {
    meaning:
      'After the write the phone reported an upgrade to Enterprise and then vanished: the usual end where Web Access is off, but no proof.',
    hint: 'Look for it in Unified CM: if it is registered with its load, it is done. To let such phones open the next wave, give --accept silent-after-upgrading. To have proof, switch Web Access on in Unified CM before the move.',
    kind: 'observed',
  },
  silent: {
    meaning: 'The phone vanished after the write and before the deadline, without proof of what became of it.',
    hint: 'Look for its MAC in Unified CM first, then in DHCP, then at the phone.',
    kind: 'observed',
  },
  'not-recognized': {
    meaning: 'After the write something answers at the address, but cannot be recognized as this phone.',
    hint: 'Open the address in a browser: a page that asks for a first password belongs to a phone after a factory reset. Then look for its MAC in Unified CM and in DHCP.',
    kind: 'observed',
  },
  'identity-lost': {
    meaning: 'After the write another phone answered at the address, and this one was not found in its subnet.',
    hint: 'Look for its MAC in DHCP or in Unified CM. If the evidence has a line other-phone, check that phone as well: it may have received the settings.',
    kind: 'observed',
  },
  'stopped-watching': {
    meaning: 'The run was stopped while this phone was under way.',
    hint: 'fleet-migrate resume, or simply the next run, continues watching it; nothing is posted again blindly.',
    kind: 'observed',
  },
  'stopped-between-steps': {
    meaning: 'The first of two steps is proven; the run was stopped, or the second step was blocked, before it began.',
    hint: 'The phone works on its new firmware; run again to finish.',
    kind: 'observed',
  },
  'still-upgrading': {
    meaning:
      'At its deadline the phone still said that it was upgrading to the load that Unified CM names, or Unified CM showed what may mean that. Nothing was taken back.',
    hint: 'It may only be slow: fleet-migrate resume watches it on. For slow links give --deadline more, or have fewer upgrade at once (--max-upgrading-per-subnet).',
    kind: 'observed',
  },
  'left-on-transition-load': {
    meaning:
      'The phone took the transition load, and its page did not let its firmware and license be set. Nothing more was written.',
    hint: 'It is out of service until it has its firmware. Give it that by a profile: put 8841-3PCC.xml (for its model) with Upgrade_Rule and Trans_Auth_Rule where DHCP option 150 leads it, or see docs/without-unified-cm.md; or reset it at the phone. Then fleet-migrate resume, or run again. For the others, bring the firmware to step up to: fleet-migrate ucm check.',
    kind: 'observed',
  },
  'files-gone-between-steps': {
    meaning:
      'The first of two steps is proven, but what the second one fetches was no longer on the file server; nothing more was written.',
    hint: 'The phone works on its new firmware. Put the file that the message names in its place (fleet-migrate firmware check, licenses check), then fleet-migrate resume, or run again.',
    kind: 'observed',
  },
  'internal-error': {
    meaning: 'fleet-migrate itself failed on this phone: a bug.',
    hint: 'Please report it with the log of --log-level debug. fleet-migrate resume takes such a phone again if nothing was written.',
    kind: 'ours',
  },
} as const satisfies Record<string, FailureCode>;
