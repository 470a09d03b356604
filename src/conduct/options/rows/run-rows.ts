import { columnMeanings } from '../../../domain/network/chosen-column.js';
import { checkAuthorizationRule } from '../../../domain/network/files-url.js';
import { parseThreshold } from '../../../domain/pacing/thresholds.js';
import { parseWaves } from '../../../domain/pacing/waves.js';
import { parseAcceptable } from '../../../domain/pacing/grades.js';
import {
  columnForm,
  duration,
  endingsForm,
  exclusionForm,
  inventoryForm,
  limitForm,
  plainText,
  subnetForm,
  switchForm,
  targetForm,
  textForm,
  timeZoneForm,
  mostUpgrading,
  wholeNumber,
  windowForm,
} from '../../../config/settings/forms.js';
import { exclusionCheck, inventoryCheck, limitCheck } from '../checks/target-lists.js';
import { filesRows } from './files-rows.js';
import { nameOne, type Rows } from '../row.js';

/** What a run is asked to do, with whom and at what pace. */
export const runRows = {
  subnet: { group: 'Targets', form: subnetForm, many: true, text: 'Scan a subnet, such as 10.0.0.0/24' },
  target: {
    group: 'Targets',
    form: targetForm,
    many: true,
    text: 'An address, a host name, or a range such as 10.0.0.5-40',
  },
  inventory: {
    group: 'Targets',
    form: inventoryForm,
    many: true,
    file: 'read',
    check: inventoryCheck,
    text: 'A list of phones that you have: CSV, JSON, one address a line, DHCP leases, an export of Unified CM or Webex, a report',
  },
  column: {
    group: 'Targets',
    form: columnForm,
    many: true,
    needs: {
      any: ['inventory', 'exclude'],
      say: 'needs --inventory, the list that has this column; add it, or leave this out.',
      elsewhere: 'fine',
    },
    text: `Read a column that goes by a name of its own as ${columnMeanings.join(', ').replace(/, (?=\w+$)/, ' or ')}, such as mac="Device Name"`,
  },
  'from-run': {
    group: 'Targets',
    form: plainText('RUN'),
    text: 'The phones of an earlier run in the store (its id, the beginning of it, or latest)',
  },
  only: {
    group: 'Targets',
    form: endingsForm,
    many: true,
    needs: { any: ['from-run'], say: 'needs --from-run, such as --from-run latest.', elsewhere: 'fine' },
    text: 'Of --from-run: only phones that ended so, such as failed,unverified or license-missing',
  },
  limit: {
    group: 'Targets',
    form: limitForm,
    file: 'read',
    check: limitCheck,
    text: 'Take at most this many phones (that would be written to, in an audit: that were read), or only those that a file lists by address or MAC',
  },
  exclude: {
    group: 'Targets',
    form: exclusionForm,
    many: true,
    file: 'read',
    check: exclusionCheck,
    text: 'Never contact these; overrides everything else',
  },
  'max-targets': {
    group: 'Targets',
    form: wholeNumber(1, 16_777_216, 100_000),
    default: 65_536,
    text: 'Refuse more targets than this',
  },
  site: {
    group: 'Targets',
    form: plainText('NAME'),
    many: true,
    text: 'Only the targets of this site of the configuration file, or of the store (sites import)',
  },
  tag: {
    group: 'Targets',
    form: plainText('NAME'),
    many: true,
    text: 'Only the targets of the sites with this tag, besides those of --site',
  },
  profile: {
    group: 'What to do',
    form: plainText('NAME|FILE'),
    writes: true,
    file: 'read',
    text: 'Where to move the phones and how; without one nothing is ever written (see: fleet-migrate profiles list)',
  },
  ...filesRows,
  'dry-run': {
    group: 'What to do',
    form: switchForm,
    writes: true,
    needsProfile: true,
    default: false,
    text: 'Plan everything, check firmware and licenses, write nothing',
  },
  yes: {
    group: 'What to do',
    onlyTyped: true,
    form: switchForm,
    needs: {
      any: ['profile', 'enable-web-access'],
      say: `does nothing without --profile or --enable-web-access, as nothing is written then; ${nameOne}.`,
      elsewhere: 'fine',
    },
    resume: 'anew',
    default: false,
    text: 'Do not ask before writing; required without a terminal',
  },
  'authorization-rule': {
    group: 'What to do',
    form: textForm('URL', checkAuthorizationRule, {
      example: 'http://10.0.0.5:6970/$MAU.lic',
      expected: 'a URL such as http://10.0.0.5:6970/$MAU.lic',
    }),
    writes: true,
    needsProfile: true,
    idleWith: ({ name, goal }) =>
      goal === 'upgrade'
        ? { say: `does nothing with the profile ${name}, which sets no license; leave it out.`, elsewhere: 'mistake' }
        : null,
    text: "Where phones fetch their license, instead of the profile's rule; $MAU stands for the MAC",
  },
  'step-up': {
    group: 'What to do',
    form: switchForm,
    writes: true,
    needsProfile: true,
    default: true,
    text: 'Upgrade a phone within its family first where it is too old; --no-step-up blocks such phones',
  },
  'allow-below-recommended': {
    group: 'What to do',
    form: switchForm,
    writes: true,
    needsProfile: true,
    default: false,
    text: 'Convert directly below the recommended firmware when stepping up is not possible',
  },
  'set-initial-password': {
    group: 'What to do',
    form: switchForm,
    writes: true,
    needsProfile: true,
    default: false,
    text: 'Set the first password of phones that show nothing without one, from the credentials for their address; needs --yes',
  },
  'skip-preflight': {
    group: 'What to do',
    form: switchForm,
    writes: true,
    needsProfile: true,
    default: false,
    text: 'Do not fetch firmware and licenses first; the report says so',
  },
  concurrency: {
    group: 'How',
    form: wholeNumber(1, 1_024, 64),
    default: 64,
    text: 'Phones contacted at once, one connection each',
  },
  'probe-concurrency': {
    group: 'How',
    form: wholeNumber(1, 8_192, 512),
    default: 512,
    text: 'Addresses probed at once',
  },
  'poll-interval': {
    group: 'How',
    form: duration(50, '30s'),
    writes: true,
    needsProfile: true,
    text: "Between two looks at a phone under way, at least; the profile's unless given",
  },
  'idle-wait': {
    group: 'How',
    form: duration(0, '10m'),
    writes: true,
    needsProfile: true,
    text: "How long to wait for a phone in a call before it is deferred; the profile's unless given",
  },
  deadline: {
    group: 'How',
    form: duration(100, '45m'),
    writes: true,
    needsProfile: true,
    text: "For one step of one phone, from the write to its proof; the profile's unless given",
  },
  waves: {
    group: 'Pace',
    form: textForm('SIZES', parseWaves, { example: '1,10,10%,50%,100%' }),
    writes: true,
    needsProfile: true,
    text: 'Start in waves, such as 1,10,10%,50%,100%: the next begins once the last one has ended with a proven phone and within the thresholds',
  },
  'pause-after-wave': {
    group: 'Pace',
    form: switchForm,
    writes: true,
    needsProfile: true,
    needs: { any: ['waves'], say: 'needs --waves, such as --waves 1,10,100%.', elsewhere: 'mistake' },
    default: false,
    text: 'End after a wave; fleet-migrate resume continues with the next',
  },
  'abort-after': {
    group: 'Pace',
    form: textForm('[KIND:]LIMIT', (text, flag) => parseThreshold(text, undefined, flag), { example: '5%' }),
    many: true,
    text: 'Start no more phones once this many of those written to are not proven (5%, 10), or ended with a code (authorization-failed:3, password-wrong:3, unreachable:10%); without waves and --max-upgrading no more are under way than that',
  },
  accept: {
    group: 'Pace',
    form: textForm('GRADE', parseAcceptable, { example: 'silent-after-upgrading' }),
    many: true,
    writes: true,
    needsProfile: true,
    resume: 'both',
    needs: {
      any: ['waves', 'abort-after'],
      say: 'needs --waves or --abort-after, which look at how phones ended; add one, or leave it out.',
      elsewhere: 'fine',
    },
    idleWith: ({ name, direction }) =>
      direction === 'm2e'
        ? null
        : {
            say: `does nothing with the profile ${name}: only a move to Enterprise may end without proof; leave it out.`,
            elsewhere: 'fine',
          },
    text: 'Count phones that ended with this code, short of proof, as good, so that they open the next wave: silent-after-upgrading, the usual end of a move to Enterprise where Unified CM leaves the web page off',
  },
  'abort-min-sample': {
    group: 'Pace',
    form: wholeNumber(1, 100_000, 20),
    default: 10,
    text: 'Percentages of --abort-after apply once this many phones have ended',
  },
  window: {
    group: 'Pace',
    form: windowForm,
    many: true,
    needs: {
      any: ['profile', 'enable-web-access'],
      say: `does nothing without --profile or --enable-web-access, as no phone restarts then; ${nameOne}.`,
      elsewhere: 'fine',
    },
    text: 'Start only phones that can finish within this window, such as "22:00-05:00" or "Mon-Fri 22:00-05:00"; web access is switched on (--enable-web-access) within it, too',
  },
  'time-zone': {
    group: 'Pace',
    form: timeZoneForm,
    needs: { any: ['window'], say: 'needs --window; add it, or leave this out.', elsewhere: 'mistake' },
    text: "Time zone of --window, such as Europe/Berlin; this machine's unless given",
  },
  'max-upgrading': {
    group: 'Pace',
    form: wholeNumber(1, mostUpgrading, 200),
    writes: true,
    needsProfile: true,
    text: 'Phones under way at once; no limit unless given',
  },
  'max-upgrading-per-subnet': {
    group: 'Pace',
    form: wholeNumber(1, mostUpgrading, 25),
    writes: true,
    needsProfile: true,
    text: 'The same per site, or per subnet where a phone has no site, so that a branch link is not saturated',
  },
} as const satisfies Rows;
