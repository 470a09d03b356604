import { type FailureCode, licensing } from './failure.js';

/** Codes of phones that were read, but could not be planned or no longer matched their plan; nothing was written to them. */
export const planningFailures = {
  'inventory-mismatch': {
    meaning: 'The phone at this address is not the one the inventory names.',
    hint: 'The phone may have a new address: correct the inventory, or scan its subnet.',
    kind: 'permanent',
  },
  'lists-disagree': {
    meaning: 'Two rows of the lists say different things of this phone: model, VID or serial number.',
    hint: 'Look at its label and correct one of the two rows, which the message names.',
    kind: 'permanent',
  },
  'mac-unknown': {
    meaning: 'The phone does not show its MAC address, so it cannot be identified.',
    hint: 'Nothing is ever written to a phone without its MAC; open its page in a browser.',
    kind: 'permanent',
  },
  'duplicate-mac': {
    meaning: 'Another address of this run showed the same MAC.',
    hint: 'The phone changed its address during the scan, or a proxy responds for it; run again.',
    kind: 'transient',
  },
  'moved-here': {
    meaning:
      'A phone that an earlier part of this run has written to has come to this address; it is listed where it was asked for.',
    hint: 'Nothing: the address is only counted, as it has no phone of its own.',
    kind: 'ours',
  },
  'eligibility-unknown': {
    meaning: 'The phone does not show everything needed to decide whether it can be moved.',
    hint: 'See the reasons of the verdict. A missing hardware version (VID) is printed on the label of the phone: enter it in an inventory. A phone on a transition load is in the middle of a conversion: check again later.',
    kind: 'permanent',
  },
  'wrong-family': {
    meaning: 'The phone runs a different firmware family than the profile starts from.',
    hint: 'Use the profile for the other direction, or exclude the phone.',
    kind: 'permanent',
  },
  'firmware-too-old': {
    meaning: 'The phone is below the minimum firmware for a direct move, and no step-up was possible or allowed.',
    hint: 'Put the step-up load on the file server and leave out --no-step-up, or upgrade it within its family first (Multiplatform: the profile upgrade-mpp).',
    kind: 'permanent',
  },
  'below-recommended': {
    meaning: 'The phone is below the recommended firmware and could not step up first.',
    hint: 'Put the step-up load on the file server, or accept the direct move with --allow-below-recommended.',
    kind: 'permanent',
  },
  'no-load': {
    meaning: 'The profile names no load for this load family.',
    hint: "Add the load family to the profile's loads.",
    kind: 'permanent',
  },
  'hardware-floor': {
    meaning: 'This hardware can never run firmware as old as the planned load.',
    hint: 'Choose a newer load in the profile.',
    kind: 'permanent',
  },
  'already-upgrading': {
    meaning: 'The phone was already upgrading when the run reached it.',
    hint: 'Run again when the upgrade has finished.',
    kind: 'transient',
  },
  busy: {
    meaning: 'The phone was in a call for longer than the run waits.',
    hint: 'Run again at a quiet hour.',
    kind: 'transient',
  },
  'fields-missing': {
    meaning: 'The fields to be set were not found by their labels exactly once each in the right section.',
    hint: 'Open Voice > Provisioning > Firmware Upgrade in a browser; if the labels differ, add them in a folder of your own with --phone-profiles (docs/first-contact.md). If the page shows the settings without fields, set them on the phone, or allow the write method resync in a profile of your own.',
    kind: 'permanent',
  },
  'fields-unclear': {
    meaning:
      'The fields to be set are on the page, but something about them is odd, so it is not certain which control is which; nothing was written.',
    hint: 'Open Voice > Provisioning > Firmware Upgrade in a browser and set the three fields there. If only the heading of the section is new, add it to sections.firmwareUpgrade in a folder of your own (--phone-profiles).',
    kind: 'permanent',
  },
  'form-unknown': {
    meaning: "The page's form posts to a path that is not known from any phone; nothing was written.",
    hint: "Set the fields in a browser. If this is certainly a phone's page, add the path to firmwareUpgrade.formPaths in a folder of your own (--phone-profiles) and try it with one phone.",
    kind: 'permanent',
  },
  'witnesses-disagree': {
    meaning:
      'The cross-check failed: two pages of the phone show different values for the same thing, so neither is trusted.',
    hint: 'Compare /admin/advanced with /admin/status.xml and /admin/cfg.xml in a browser; restarting the phone usually makes them agree.',
    kind: 'permanent',
  },
  'type-not-offered': {
    meaning: "The page's drop-down list does not offer the transition authorization type that the profile asks for.",
    hint: 'Look at the list in a browser; the firmware may be too old for this type.',
    kind: 'permanent',
  },
  'rule-unchanged': {
    meaning:
      'The rule is already set to this URL, phones do not evaluate an unchanged rule again, and this URL cannot be varied harmlessly.',
    hint: 'Serve the files under another path, or by HTTP instead of TFTP.',
    kind: 'permanent',
  },
  'phone-changed': {
    meaning: 'Just before the write the phone no longer matched its plan.',
    hint: 'Run again: the phone gets a new plan from what it shows now.',
    kind: 'transient',
  },
  'identity-changed': {
    meaning: 'Just before the write a different phone answered at this address.',
    hint: 'Addresses moved during the run; run again.',
    kind: 'transient',
  },
  'stopped-before-start': {
    meaning: 'The run was stopped before this phone was started.',
    hint: 'Continue with fleet-migrate resume, or run again: nothing was written.',
    kind: 'ours',
  },
  'not-confirmed': {
    meaning: 'The run was not confirmed, so nothing was written.',
    hint: 'Run again and confirm with yes, or give --yes.',
    kind: 'ours',
  },
  'files-unreachable': {
    meaning: 'The file server could not be reached from here.',
    hint: 'Check --files and that the server is up; the phones must reach it too.',
    kind: 'transient',
  },
  'files-bad-url': {
    meaning: 'The address of a file is not a usable URL.',
    hint: 'Correct --files or the rule in the profile.',
    kind: 'permanent',
  },
  'firmware-missing': {
    meaning: 'The firmware load is missing on the file server.',
    hint: 'Unzip the firmware on the file server; on Unified CM upload each file and restart the TFTP service (guide G6).',
    kind: 'permanent',
  },
  'firmware-image-missing': {
    meaning: 'The load is on the file server, but an image that it lists is missing.',
    hint: 'Upload all files of the firmware ZIP, not only the .loads file.',
    kind: 'permanent',
  },
  'firmware-unreadable': {
    meaning: 'The file that the file server returned for the load is not a .loads file.',
    hint: 'Upload the file again, in binary mode.',
    kind: 'permanent',
  },
  'firmware-name-mismatch': {
    meaning: 'The .loads file is signed under a different name than the one requested.',
    hint: 'The file was renamed: upload the original.',
    kind: 'permanent',
  },
  'firmware-other-family': {
    meaning: 'The .loads file lists images for phones of another load family than its own, and none for its own.',
    hint: 'It is not the file that its name says: unzip the firmware of this load family and upload all of its files again.',
    kind: 'permanent',
  },
  'load-other-model': {
    meaning: "The profile names a load of another load family than this phone's model takes; nothing was written.",
    hint: 'Correct loads and stepUpLoads in the profile: fleet-migrate profiles lint FILE names what is wrong.',
    kind: 'permanent',
  },
  'license-missing': {
    meaning: "This phone's license is not on the file server.",
    hint: `Each phone needs its own file, named by its MAC in upper case, for this direction (guide G4). ${licensing}`,
    kind: 'permanent',
  },
  'license-unreadable': {
    meaning: "The file that the file server returned for this phone's license is not a license file.",
    hint: `Upload the file again. ${licensing}`,
    kind: 'permanent',
  },
  'license-other-phone': {
    meaning: "The license file under this phone's name is made out to another phone's MAC.",
    hint: `A license is valid for one MAC only (guide G4): put this phone's own file under its name. ${licensing}`,
    kind: 'permanent',
  },
  'beyond-limit': {
    meaning: 'The run took only the phones that --limit allows, and this one is not among them.',
    hint: 'Nothing is wrong with it. Run the same command again for the next phones, or raise --limit or leave it out.',
    kind: 'transient',
  },
  'not-yet': {
    meaning: 'An earlier run deferred the phone, and its next attempt is not due yet.',
    hint: 'Nothing to do: a run after that time tries it again.',
    kind: 'transient',
  },
  'outside-window': {
    meaning: 'The phone could not have finished before the maintenance window closes.',
    hint: 'The next run inside the window takes it; widen --window if this happens often.',
    kind: 'ours',
  },
  'locked-elsewhere': {
    meaning: 'Another run on this machine is working on this phone, perhaps one with a different store.',
    hint: 'Wait for that run to end (the message names its process), then run again.',
    kind: 'ours',
  },
  'lock-unavailable': {
    meaning: 'The lock on the phone could not be checked, so another run might be working on it; nothing was written.',
    hint: 'Check the lock folder (--lock-folder: permissions, space, deleted?), then run again.',
    kind: 'ours',
  },
  'no-worker': {
    meaning: 'No worker of its site was there, so the phone could not be reached, and nothing was written.',
    hint: 'Start one at the site (fleet-migrate worker --site), or look why it ended; the next run takes the phone.',
    kind: 'ours',
  },
  'no-site': {
    meaning: 'The target is in no site, so that no worker is for it.',
    hint: 'Add its subnet to a site of the configuration file, or leave it out.',
    kind: 'ours',
  },
  'worker-failed': {
    meaning: 'The worker of its site could not take it up.',
    hint: "See the message, and the worker's own log; the next run takes the phone.",
    kind: 'ours',
  },
  'paused-after-wave': {
    meaning: 'The run paused after a wave, as asked.',
    hint: 'Look at the finished wave; fleet-migrate resume continues with the next one.',
    kind: 'ours',
  },
  'wave-not-proven': {
    meaning: 'No phone of the previous wave was proven, so this one was not started.',
    hint: 'Look for the phones of that wave (Unified CM, DHCP, the phone itself). If they are fine, continue with fleet-migrate resume RUN; if their web page is off after the move, --accept silent-after-upgrading lets the next waves open.',
    kind: 'ours',
  },
  'threshold-tripped': {
    meaning: 'The run stopped itself because too many phones ended badly.',
    hint: 'Find out what the failed phones have in common before you run again, or continue with fleet-migrate resume RUN; --abort-after sets the threshold.',
    kind: 'ours',
  },
  'store-failed': {
    meaning: 'The store could not record the intent to write, so nothing was written to the phone.',
    hint: 'Check the disk (full? read-only?) and the file (deleted? replaced?), then run again.',
    kind: 'ours',
  },
} as const satisfies Record<string, FailureCode>;
