import type { FailureCode } from './failure.js';

/** Codes of what Unified CM did not let us ask or change, each by what to do about it. */
export const ucmFailures = {
  'ucm-unreachable': {
    meaning: 'Unified CM did not answer: no connection, or no complete response in time.',
    hint: 'Check --ucm and --ucm-port, and that this machine may reach the publisher there (8443); then run again.',
    kind: 'transient',
  },
  'ucm-certificate': {
    meaning: "Unified CM's certificate could not be checked, so no password was sent.",
    hint: 'Give the authority that signed its Tomcat certificate (or that certificate itself) with --ucm-ca FILE, and name the publisher as the certificate does; --ucm-insecure skips the check for this run.',
    kind: 'permanent',
  },
  'ucm-not-ucm': {
    meaning: 'What answers at this address and port is not the service of Unified CM that was asked for.',
    hint: 'Check --ucm and --ucm-port (8443). On Unified CM, the Cisco AXL Web Service must be activated on the publisher (Cisco Unified Serviceability > Tools > Service Activation), and no proxy or single sign-on may stand before it.',
    kind: 'permanent',
  },
  'ucm-login-refused': {
    meaning: 'Unified CM refused the user name or the password.',
    hint: 'Give the right ones (--ucm-username, --ucm-password-env or --ucm-password-file). Unified CM locks a user after some wrong ones: look there whether it did.',
    kind: 'permanent',
  },
  'ucm-role-missing': {
    meaning: 'The user may sign in to Unified CM, but lacks the role for what was asked.',
    hint: 'Add the user to groups with Standard AXL API Access and Standard CCM Admin Users; for the real-time service also Standard RealtimeAndTraceCollection or Standard SERVICEABILITY, for services the latter. A read-only role is enough for audits and dry runs only. fleet-migrate ucm check says which are missing.',
    kind: 'permanent',
  },
  'ucm-busy': {
    meaning:
      'Unified CM held requests back for longer than a run waits: its database or its real-time service is busy.',
    hint: 'Nothing was changed by the request. Run again when less goes on there: bulk jobs, other programs that use AXL or RisPort.',
    kind: 'transient',
  },
  'ucm-version': {
    meaning: 'It could not be found out which version of its interface Unified CM speaks, or it refused that version.',
    hint: 'Open https://HOST:8443/cucm-uds/version in a browser: it must show a version. If it does, send us what the log of --log-level debug says.',
    kind: 'permanent',
  },
  'ucm-unreadable': {
    meaning: 'Unified CM sent a response that is cut off or not what its interface is known to send.',
    hint: 'Run again; if it stays, send us what the log of --log-level debug says. If it was the answer to a change, look at the phone in Unified CM first.',
    kind: 'transient',
  },
  'ucm-not-found': {
    meaning: 'Unified CM has no phone of this name.',
    hint: 'Add the phone (SEP and its MAC) on Unified CM, or leave it out.',
    kind: 'permanent',
  },
  'ucm-refused': {
    meaning: 'Unified CM refused the request; nothing was changed.',
    hint: 'The message quotes its reason. Try the same by hand in Cisco Unified CM Administration.',
    kind: 'permanent',
  },
  'ucm-answer-lost': {
    meaning:
      'A change was sent to Unified CM and no answer came back: whether it was made is not known, and it is not sent again blindly.',
    hint: 'The next run or a resume reads what Unified CM has before it does anything. By hand: look at the phone there, its load and its web access.',
    kind: 'observed',
  },
} as const satisfies Record<string, FailureCode>;
