import type { FailureCode } from './failure.js';

/** Codes of phones by what Unified CM knows of them. */
export const inUcmFailures = {
  'ucm-unregistered': {
    meaning: 'Unified CM has the phone, but does not see it registered, so nothing says where it is.',
    hint: 'Is it plugged in, and does it find Unified CM? One that runs Multiplatform firmware by now is found with --subnet beside --ucm.',
    kind: 'transient',
  },
  'ucm-registration-unknown': {
    meaning: 'Unified CM does not say whether the phone is registered.',
    hint: 'A node that does not answer is a matter for Unified CM (fleet-migrate ucm check); run again when all do.',
    kind: 'transient',
  },
  'ucm-behind-proxy': {
    meaning:
      'Unified CM sees the phone behind an address that it shares with others: that of an Expressway or another proxy.',
    hint: 'It cannot be reached from here, so nothing is known of its hardware. Move it from where its own network is, or bring it in.',
    kind: 'permanent',
  },
  'ucm-not-here': {
    meaning:
      'Unified CM sees the phone registered at this address, but as seen from here nothing is there, or the phone itself is at another.',
    hint: 'Is the address reachable from this machine? A firewall or NAT may be between. It could not be followed after the move, so it is left alone.',
    kind: 'transient',
  },
  'ucm-load-leads-back': {
    meaning:
      'Unified CM names a Multiplatform load for the phone: once it had registered there, it would be moved back at once.',
    hint: 'Set Phone Load Name of this phone on Unified CM to the Enterprise load, or clear it so that the default of its model holds; then run again.',
    kind: 'permanent',
  },
  'ucm-other-load-server': {
    meaning:
      'On Unified CM the phone has a Load Server of its own, so it would take its load from there, where nobody has looked for it.',
    hint: 'Name the server to take loads from with --load-server: it is set for the move. Or clear Load Server of this phone on Unified CM; then run again.',
    kind: 'permanent',
  },
  'ucm-load-left': {
    meaning:
      'The phone did not take its load, and the one from before could not be put back on Unified CM: the phone would take the new one at its next restart.',
    hint: 'fleet-migrate resume puts it back once Unified CM answers. By hand: Phone Load Name of this phone; what it was stands in the changes of the report.',
    kind: 'observed',
  },
  'ucm-not-chosen': {
    meaning: 'Unified CM has the phone, and --device-pool or --match chooses others.',
    hint: 'Nothing is wrong with it. Choose its device pool, or leave the choice out, to have it taken.',
    kind: 'transient',
  },
  'not-registered': {
    meaning: 'The phone left its Multiplatform firmware and had not registered with Unified CM at the deadline.',
    hint: 'It must be told its TFTP server: DHCP option 150, or the alternate TFTP address typed in at the phone (guide G9). It must also be a device of Unified CM. A resume looks again.',
    kind: 'observed',
  },
} as const satisfies Record<string, FailureCode>;
