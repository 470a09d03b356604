import { type FailureCode, licensing } from './failure.js';

/** Codes of phones that were read, but could not be planned for or were not as planned; nothing was written to them. */
export const planningFailures = {
  'inventory-mismatch': {
    meaning: 'The phone at this address is not the one the inventory names.',
    hint: 'The phone may have a new address: correct the inventory, or scan its subnet.',
    kind: 'permanent',
  },
  'mac-unknown': {
    meaning: 'The phone does not show its MAC address, so it cannot be identified.',
    hint: 'Nothing is ever written to a phone without its MAC; look at the page by hand.',
    kind: 'permanent',
  },
  'duplicate-mac': {
    meaning: 'Another address of this run showed the same MAC.',
    hint: 'The phone changed its address during the scan, or a proxy answers for it; run again.',
    kind: 'transient',
  },
  'eligibility-unknown': {
    meaning: 'What must be known to judge this phone is not shown.',
    hint: 'See the reasons of the verdict. A hardware version (VID) that is not shown is on the label of the phone: name it in an inventory. A phone on a transition load is on its way between the families: look again later.',
    kind: 'permanent',
  },
  'wrong-family': {
    meaning: 'The phone runs another firmware family than the profile starts from.',
    hint: 'Use the profile for the other direction, or exclude the phone.',
    kind: 'permanent',
  },
  'firmware-too-old': {
    meaning: 'Below its minimum firmware there is no direct way, and no step-up was possible or allowed.',
    hint: 'Put the step-up load on the file server and leave out --no-step-up, or upgrade with the profile upgrade-mpp first.',
    kind: 'permanent',
  },
  'below-recommended': {
    meaning: 'The phone is below the recommended firmware and could not step up first.',
    hint: 'Put the step-up load on the file server, or accept the direct way with --allow-below-recommended.',
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
    meaning: 'The phone was already upgrading when we came.',
    hint: 'Run again when it is done.',
    kind: 'transient',
  },
  busy: {
    meaning: 'The phone was in a call for as long as we would wait.',
    hint: 'Run again at a quiet hour.',
    kind: 'transient',
  },
  'fields-missing': {
    meaning: 'The fields to be set could not be found by their labels, each exactly once, in the right section.',
    hint: 'Open Voice > Provisioning > Firmware Upgrade in a browser; if the labels differ, add them to profiles/phones. Where the page shows the settings, but no fields, set them by hand, or allow the way resync in a profile of your own.',
    kind: 'permanent',
  },
  'fields-unclear': {
    meaning:
      'The fields to be set are on the page, but something about them is odd, so which control is which is not sure; nothing was written.',
    hint: 'Open Voice > Provisioning > Firmware Upgrade in a browser and set the three fields by hand. A heading that belongs to it goes to sections.firmwareUpgrade in profiles/phones.',
    kind: 'permanent',
  },
  'form-unknown': {
    meaning: 'The form of the page is sent to where no form of a phone is known to be sent; nothing was written.',
    hint: "Set the fields by hand. If the page is a phone's for sure, add the path to firmwareUpgrade.formPaths in profiles/phones and try it with one phone.",
    kind: 'permanent',
  },
  'witnesses-disagree': {
    meaning: 'Two pages of the phone show different values for the same thing, so neither is believed.',
    hint: 'Compare /admin/advanced with /admin/status.xml and /admin/cfg.xml in a browser; restarting the phone usually makes them agree.',
    kind: 'permanent',
  },
  'type-not-offered': {
    meaning: "The page's select does not offer the transition authorization type that the profile wants.",
    hint: 'Look at the select in a browser; the firmware may be too old for this type.',
    kind: 'permanent',
  },
  'rule-unchanged': {
    meaning:
      'The rule is already set as wanted, phones do not evaluate an unchanged rule again, and this URL cannot be varied harmlessly.',
    hint: 'Serve the files under another path, or by http instead of tftp.',
    kind: 'permanent',
  },
  'phone-changed': {
    meaning: 'Just before the write the phone no longer was as planned.',
    hint: 'Run again: the plan is made anew from what it shows now.',
    kind: 'transient',
  },
  'identity-changed': {
    meaning: 'Just before the write another phone answered at the address.',
    hint: 'Addresses moved during the run; run again.',
    kind: 'transient',
  },
  'stopped-before-start': {
    meaning: 'The run was stopped before this phone was started.',
    hint: 'Go on with fleet-migrate resume, or run again: nothing was written to it.',
    kind: 'ours',
  },
  'not-confirmed': {
    meaning: 'Nobody said yes when the run asked, so nothing was written.',
    hint: 'Run again and answer yes, or give --yes.',
    kind: 'transient',
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
    meaning: 'The firmware load is not on the file server.',
    hint: 'Unzip the firmware on the file server; on Unified CM upload each file and restart the TFTP service (guide G6).',
    kind: 'permanent',
  },
  'firmware-image-missing': {
    meaning: 'The load is there, but an image that it lists is not.',
    hint: 'Upload all files of the firmware zip, not only the .loads file.',
    kind: 'permanent',
  },
  'firmware-unreadable': {
    meaning: 'What the file server gave for the load is not a .loads file.',
    hint: 'Upload the file again, in binary mode.',
    kind: 'permanent',
  },
  'firmware-name-mismatch': {
    meaning: 'The .loads file is signed under another name than it was asked for.',
    hint: 'The file was renamed: upload the original.',
    kind: 'permanent',
  },
  'license-missing': {
    meaning: "This phone's license is not on the file server.",
    hint: `Each phone needs its own file, named by its MAC in upper case, for this direction (guide G4). ${licensing}`,
    kind: 'permanent',
  },
  'license-unreadable': {
    meaning: "What the file server gave for this phone's license is not a license file.",
    hint: `Upload the file again. ${licensing}`,
    kind: 'permanent',
  },
  'license-other-phone': {
    meaning: "What the file server gave for this phone's license names another phone's MAC.",
    hint: `A license holds for one MAC only (guide G4): put the file of this phone under its name. ${licensing}`,
    kind: 'permanent',
  },
  'tftp-not-supported': {
    meaning: 'The rule uses tftp, and files served by tftp cannot be checked beforehand yet.',
    hint: 'Serve the files by http (Unified CM: port 6970), or take the risk with --skip-preflight.',
    kind: 'permanent',
  },
  'not-yet': {
    meaning: 'The phone was put off by an earlier run, and its next attempt is still to come.',
    hint: 'Nothing to do: a run after that time tries it again.',
    kind: 'transient',
  },
  'outside-window': {
    meaning: 'The phone could not have finished before the maintenance window closes.',
    hint: 'The next run inside the window takes it; widen --window if this happens often.',
    kind: 'ours',
  },
  'locked-elsewhere': {
    meaning: 'Another run on this machine has this phone in its hands, maybe one with another store.',
    hint: 'Wait for that run to end (the message names its process), then run again.',
    kind: 'ours',
  },
  'lock-unavailable': {
    meaning: 'Whether another run of this machine has the phone could not be found out, so nothing was written to it.',
    hint: 'See to the folder with the locks (--lock-folder: rights, space, was it deleted?), then run again.',
    kind: 'ours',
  },
  'paused-after-wave': {
    meaning: 'The run paused after a wave, as asked.',
    hint: 'Look at the finished wave, then go on with: fleet-migrate resume.',
    kind: 'ours',
  },
  'wave-not-proven': {
    meaning: 'No phone of the wave before was proven, so this one was not started.',
    hint: 'Look for the phones of that wave (Unified CM, DHCP, the phone itself). Where they are fine, go on with fleet-migrate resume RUN; where their web page is off after the move, --accept silent-after-upgrading lets the next waves open.',
    kind: 'ours',
  },
  'threshold-tripped': {
    meaning: 'The run stopped itself because too many phones ended badly.',
    hint: 'Find out what the failed ones have in common before you run again; --abort-after sets the threshold.',
    kind: 'ours',
  },
  'store-failed': {
    meaning: 'The store could not take down what was about to happen, so nothing was written to the phone.',
    hint: 'See to the disk (full? read-only?) and the file (deleted? replaced?), then run again.',
    kind: 'ours',
  },
} as const satisfies Record<string, FailureCode>;
