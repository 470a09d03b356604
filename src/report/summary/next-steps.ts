import { isNamedAndNotRead } from '../../domain/progress/outcome.js';
import type { PhoneReport, RunReport } from '../../domain/report/report.js';
import { countBeyondLimit } from '../../domain/report/totals.js';
import { isNotInUcm } from '../../domain/unified-cm/not-in-ucm.js';
import { phonesText } from '../plain-text.js';

/** A longer list would not be read. */
const most = 4;

const mayMove: ReadonlySet<string> = new Set(['eligible', 'needs-upgrade']);

/** What to do after this run, the most useful first, each one sentence or two; at most four. */
export function nextSteps(report: RunReport): string[] {
  const { run, totals, phones } = report;
  const count = (outcome: keyof typeof totals.byOutcome): number => totals.byOutcome[outcome] ?? 0;
  const withCode = (prefix: string): number => phones.filter(({ failure }) => failure?.code.startsWith(prefix)).length;
  const eligible = phones.filter(({ eligibility }) => eligibility?.verdict === 'eligible').length;

  const steps: string[] = [];
  const say = (when: boolean, text: string): void => {
    if (when) steps.push(text);
  };
  const beyond = countBeyondLimit(report);
  const paused = withCode('paused-after-wave');
  say(
    run.interrupted !== null,
    'The run was interrupted: continue it with fleet-migrate resume, or run the same command again. Each phone is read first and nothing is repeated blindly.',
  );
  const left = phones.filter(({ failure }) => failure?.code === 'ucm-load-left').length;
  say(
    left > 0,
    `On Unified CM, the load from before is still to be put back for ${phonesText(left)}, before ${left === 1 ? 'it restarts' : 'they restart'}: fleet-migrate resume.`,
  );
  say(
    withCode('wave-not-proven') > 0,
    'Look for the phones of the last wave (Unified CM, DHCP); if they are fine, continue with fleet-migrate resume and the id of this run: fleet-migrate explain wave-not-proven.',
  );
  say(
    run.abortedBy !== null && withCode('wave-not-proven') === 0,
    'Find out what the phones that ended badly have in common before you run the same command again: it plans those that were not started once more.',
  );
  say(
    paused > 0,
    `Look at the phones of the finished wave; then continue with the ${paused === 1 ? 'waiting phone' : `${paused} waiting phones`}: fleet-migrate resume.`,
  );
  const unknown = phones.filter(willNotRegister);
  const some = unknown.slice(0, 3).map(({ mac, address }) => mac ?? address);
  say(
    unknown.length > 0,
    `Unified CM does not have ${phonesText(unknown.length)} that ${unknown.length === 1 ? 'moves' : 'move'} to it (${some.join(', ')}${unknown.length > 3 ? ' …' : ''}): add them there, or they will not register.`,
  );
  say(
    run.dryRun && count('planned') > 0,
    `Nothing was written. To move ${phonesText(count('planned'))}, run the same command without --dry-run.`,
  );
  say(
    run.profile === null && eligible > 0,
    `${run.webAccess ? 'No phone was moved' : 'Nothing was written'}: no profile was named. ${phonesText(eligible)} may be moved: choose a profile (fleet-migrate profiles list) and try it with --dry-run.`,
  );
  const unlabeled = phones.filter(({ eligibility, vid }) => eligibility?.verdict === 'unknown' && vid === null).length;
  say(
    run.profile === null && unlabeled > 0,
    `Of ${phonesText(unlabeled)} the hardware version (VID) is not known: give an inventory with what their labels say${run.webAccess ? '' : ', or have their web servers switched on for the audit (--ucm with --enable-web-access)'}.`,
  );
  const mayGo = (direction: string): boolean =>
    phones.some(({ eligibility }) => eligibility?.direction === direction && mayMove.has(eligibility.verdict));
  const directions = ['e2m', 'm2e'].filter(mayGo);
  say(
    run.profile === null && directions.length > 0,
    `How many licenses that takes, and who needs none, says fleet-migrate licenses plan --direction ${directions.join(' or ')}.${directions.includes('e2m') ? ' Phones that go to Webex Calling need none of yours: Control Hub makes them, and the Cloud Upgrader does it step by step (G12).' : ''}`,
  );
  const unverified = phones.filter(({ outcome }) => outcome === 'unverified');
  // Their plan leads to Multiplatform firmware, or leaves them on it.
  const leftUcm = unverified.filter(
    ({ plan }) => plan.length > 0 && plan.every(({ step }) => step !== 'convert'),
  ).length;
  say(
    unverified.length > leftUcm,
    'Look for the unverified phones by MAC in Unified CM first, then in DHCP: Enterprise phones have their web page off by default.',
  );
  say(
    leftUcm > 0,
    'Look for the unverified phones by MAC in DHCP, and open their pages in a browser: they may be Multiplatform by now. The same command again reads each of them first, and goes on from there.',
  );
  say(
    count('failed') > 0,
    "Look at the failed phones one by one: the report has each phone's own words and what was changed.",
  );
  say(
    withCode('license-') > 0,
    'Put the missing licenses on the file server, one file per phone, named by its MAC and for this direction; then run again.',
  );
  say(
    withCode('firmware-') - withCode('firmware-too-old') > 0,
    'Put the firmware on the file server as the hint says; then run again.',
  );
  const beyondLimit = beyond - withCode('ucm-not-chosen');
  say(
    count('deferred') > paused + beyond,
    'Run again at a quiet hour for the deferred phones, once their next attempt is due (fleet-migrate report --lists).',
  );
  say(
    beyondLimit > 0,
    run.profile === null || run.dryRun
      ? `The run took no more phones than --limit allows: raise it, or leave it out, for the other ${targetsText(beyondLimit)}.`
      : `The run took no more phones than --limit allows: run the same command again for the next ones among the other ${targetsText(beyondLimit)}.`,
  );
  const dark = count('no-answer');
  const isUnread = run.interrupted === null && dark + count('not-a-phone') === totals.targets;
  const named = phones.filter(isNamedAndNotRead);
  const inUcm = named.filter(({ failure }) => failure?.code.startsWith('ucm-')).length;
  const unread = named.length - inUcm;
  say(
    unread > 0 && dark < totals.targets,
    `Find ${unread === 1 ? 'the phone' : `the ${unread} phones`} that you named but that could not be read: correct the address, or remove it from the list (fleet-migrate report --lists).`,
  );
  say(
    inUcm > 0 && dark < totals.targets,
    `${inUcm === 1 ? 'A phone' : `${inUcm} phones`} of Unified CM could not be read: fleet-migrate report --lists says which, and why.`,
  );
  say(isUnread && totals.targets === 0, 'Nothing was contacted: --exclude removes every target.');
  say(
    totals.targets > 0 && dark === totals.targets,
    'Nothing answered: check the addresses, the route to the phones, and --scheme and the ports.',
  );
  say(
    isUnread && dark < totals.targets,
    'No phone was read: only other devices answered. Check the addresses, and whether a portal or proxy answers for the phones.',
  );
  say(
    steps.length === 0 && count('blocked') + count('aborted') > 0,
    'Follow the hints above and run again: nothing was written to the blocked and aborted phones.',
  );
  return steps.length > 0 ? steps.slice(0, most) : ['Nothing is left to do.'];
}

function targetsText(count: number): string {
  return count === 1 ? 'target' : `${count} targets`;
}

/** A phone that moves to a Unified CM which does not have it (noted when it is planned: `src/fleet/unified-cm/in-database.ts`). */
function willNotRegister({ evidence, plan }: PhoneReport): boolean {
  return plan.some(({ step }) => step === 'convert') && evidence.some(isNotInUcm);
}
