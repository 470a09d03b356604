import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import { isBeyondLimit, isNamedAndNotRead, type Outcome } from '../../domain/progress/outcome.js';
import { endedSo } from '../../domain/report/endings.js';
import { countMoves, type MayMove, type ProfileFor } from '../../domain/report/moves.js';
import type { ListedPhone, PhoneReport, RunReport } from '../../domain/report/report.js';
import { countBeyondLimit } from '../../domain/report/totals.js';
import { isNotInUcm } from '../../domain/unified-cm/not-in-ucm.js';
import { phonesText, utcMinute, whereTo } from '../plain-text.js';
import { type CommandWords, noWords } from './commands.js';

/** A longer list would not be read. */
const most = 4;

/** What to do, in a sentence or two, and the commands for it, ready to be copied. */
export interface NextStep {
  text: string;
  /** The words after `fleet-migrate` of each. */
  commands: readonly (readonly string[])[];
}

/** What is known around a report. */
export interface StepContext {
  words: CommandWords;
  /** Which shipped profile moves a phone; `null`: not known. */
  profileFor: ProfileFor | null;
}

/** What to do after this run, the most useful first; at most four. */
export function nextSteps(
  report: RunReport,
  { words, profileFor }: StepContext = { words: noWords, profileFor: null },
): NextStep[] {
  const { run, totals, phones } = report;
  const count = (outcome: Outcome): number => totals.byOutcome[outcome] ?? 0;
  const withCode = (prefix: string): number => phones.filter(({ failure }) => failure?.code.startsWith(prefix)).length;
  const resume = ['resume', run.id, ...words.where, ...words.resume];
  const reportOf = (...more: string[]): string[] => ['report', run.id, ...more, ...words.where];
  const again = words.run === null ? [] : [['migrate', ...words.run.withTargets, ...words.where]];

  const steps: NextStep[] = [];
  const say = (when: boolean, text: string, ...commands: (readonly string[])[]): void => {
    if (when) steps.push({ text, commands });
  };
  const beyond = countBeyondLimit(report);
  const paused = withCode('paused-after-wave');
  const isStopped = withCode('wave-not-proven') > 0;
  // What is missing yet says nothing.
  if (run.state === 'running')
    return [
      { text: 'The run is going on; this is what has ended so far.', commands: [['status', run.id, ...words.where]] },
    ];
  say(
    run.declined === true,
    'Somebody said no, so nothing was written. To move the phones, run the same again and say yes.',
    ...again,
  );
  say(
    run.interrupted !== null,
    `${leftText(report)}The run did not come to its end: continue it. Each phone is read first and nothing is repeated blindly.`,
    resume,
  );
  const left = withCode('ucm-load-left');
  say(
    left > 0,
    `On Unified CM, the load from before is still to be put back for ${phonesText(left)}, before ${left === 1 ? 'it restarts' : 'they restart'}.`,
    resume,
  );
  say(
    isStopped,
    'Look for the phones of the last wave (Unified CM, DHCP); if they are fine, continue.',
    ['explain', 'wave-not-proven'],
    resume,
  );
  say(
    run.abortedBy !== null && !isStopped,
    'Find out what the phones that ended badly have in common; once that is put right, continue with those that were not started.',
    reportOf('--only', 'failed,unverified'),
    resume,
  );
  say(
    paused > 0,
    `Look at the phones of the finished wave; then continue with the ${paused === 1 ? 'waiting phone' : `${paused} waiting phones`}.`,
    resume,
  );
  const unknown = phones.filter(willNotRegister);
  say(
    unknown.length > 0,
    `Unified CM does not have ${phonesText(unknown.length)} that ${unknown.length === 1 ? 'moves' : 'move'} to it (${someNames(unknown)}): add them there, or they will not register.`,
  );
  say(
    run.dryRun && count('planned') > 0,
    `Nothing was written. To move ${phonesText(count('planned'))}, run the same without --dry-run.`,
    ...again,
  );
  const isAudit = run.profile === null;
  for (const move of isAudit ? countMoves(phones, profileFor) : []) {
    const plan = planOf(move, run, words);
    say(
      true,
      `${moveText(move)}${plan.text}`,
      ...move.profiles.map((name) => ['profiles', 'show', name]),
      ...(move.moved === 0
        ? []
        : [['licenses', 'plan', '--direction', move.direction, '--from-run', run.id, ...words.where]]),
      ...plan.commands,
    );
  }
  const unlabeled = phones.filter(({ eligibility, vid }) => eligibility?.verdict === 'unknown' && vid === null).length;
  say(
    isAudit && unlabeled > 0,
    `Of ${phonesText(unlabeled)} the hardware version (VID) is not known: give an inventory with what their labels say${run.webAccess ? '' : ', or have their web servers switched on for the audit (--ucm with --enable-web-access)'}.`,
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
    'Look for the unverified phones by MAC in DHCP, and open their pages in a browser: they may be Multiplatform by now.',
  );
  const named = phones.filter(isNamedAndNotRead);
  const dark = count('no-answer');
  const inUcm = named.filter(({ failure }) => failure?.code.startsWith('ucm-')).length;
  const unread = named.length - inUcm;
  // What is taken again is not looked at one by one first.
  say(
    count('failed') > 0 && run.abortedBy === null,
    "Look at the failed phones one by one: the report has each phone's own words and what was changed.",
    reportOf('--only', 'failed'),
  );
  steps.push(...retrySteps(report, words));
  const beyondLimit = beyond - withCode('ucm-not-chosen');
  say(
    beyondLimit > 0,
    isAudit || run.dryRun
      ? `The run took no more phones than --limit allows: raise it, or leave it out, for the other ${othersText(beyondLimit)}.`
      : `The run took no more phones than --limit allows: run the same again for the next ones among the other ${othersText(beyondLimit)}.`,
    ...(isAudit || run.dryRun ? [] : again),
  );
  const isUnread = run.interrupted === null && dark + count('not-a-phone') === totals.targets;
  say(
    unread > 0 && dark < totals.targets,
    `Find ${unread === 1 ? 'the phone' : `the ${unread} phones`} that you named but that could not be read: correct the address, or remove it from the list.`,
    reportOf('--lists'),
  );
  say(
    inUcm > 0 && dark < totals.targets,
    `${inUcm === 1 ? 'A phone' : `${inUcm} phones`} of Unified CM could not be read; the lists say which, and why.`,
    reportOf('--lists'),
  );
  const unworked = [
    ...new Set(phones.flatMap(({ failure, site }) => (failure?.code === 'no-worker' ? [site ?? ''] : []))),
  ];
  say(
    unworked.length > 0,
    `No worker was there for ${unworked.join(', ')}: start one there (docs/many-sites.md), then run again.`,
    ...unworked.slice(0, 2).map((site) => ['worker', '--site', site, ...words.where]),
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
  return steps.length > 0 ? steps.slice(0, most) : [{ text: 'Nothing is left to do.', commands: [] }];
}

/** The first few of some phones, by what they are known by. */
function someNames(phones: readonly Pick<ListedPhone, 'mac' | 'address'>[]): string {
  const some = phones.slice(0, 3).map(({ mac, address }) => mac ?? address);
  return `${some.join(', ')}${phones.length > 3 ? ' …' : ''}`;
}

/** Of a run that was cut off: which phones it left to themselves. */
function leftText({ run, unfinished = [] }: RunReport): string {
  if (run.state !== 'cut off') return '';
  const [written, waiting] = [
    unfinished.filter(({ touched }) => touched),
    unfinished.filter(({ touched }) => !touched),
  ];
  const [one, other] = [written.length === 1, waiting.length === 1];
  return [
    ...(written.length > 0
      ? [
          `${phonesText(written.length)} ${one ? 'was' : 'were'} written to, or may have been, and nobody watches ${one ? 'it' : 'them'} any more (${someNames(written)}).`,
        ]
      : []),
    ...(waiting.length > 0
      ? [
          `${phonesText(waiting.length)} still ${other ? 'waits' : 'wait'}, with nothing written (${someNames(waiting)}).`,
        ]
      : []),
  ]
    .map((sentence) => `${sentence} `)
    .join('');
}

/** `48 phones may move to Enterprise (m2e) with the profile mpp-to-enterprise, 3 of them after a step up: no profile was named, …` */
function moveText({ direction, phones, stepUp, moved, profiles }: MayMove): string {
  const where = whereTo(direction);
  const first = stepUp === 0 ? '' : `, ${stepUp === (moved ?? phones) ? '' : `${stepUp} of them `}after a step up`;
  const webex = ' Phones that go to Webex Calling need no license of yours: Control Hub makes them (G12).';
  if (moved === 0) return `${phonesText(phones)} could move ${where} by the rules, but no shipped profile moves them.`;
  const other = phones - (moved ?? phones);
  const which = profiles.length === 0 ? '' : ` with the profile ${profiles.join(' or ')}`;
  const rest = other === 0 ? '' : ` No shipped profile moves ${other} more.`;
  return `${phonesText(moved ?? phones)} may move ${where}${which}${first}: no profile was named, so nothing was moved.${rest}${direction === 'e2m' ? webex : ''}`;
}

/** What stands in a command for what is not known here, and what to put there. Copied blindly, it is refused before anything is contacted. */
const toFillIn = {
  m2e: { words: ['--files', 'FILES-URL'], text: " Put your file server's address for FILES-URL." },
  e2m: {
    words: ['--ucm', 'UCM-HOST', '--ucm-username', 'UCM-USER', '--ucm-password-env', 'UCM_PASSWORD'],
    text: ' Put your Unified CM and a user of it for UCM-HOST and UCM-USER, and its password into the variable UCM_PASSWORD.',
  },
} as const;

/** The dry run of a move, with the phones of the audit. */
function planOf({ direction, profiles }: MayMove, { id }: RunReport['run'], { run, where }: CommandWords): NextStep {
  if (run === null || profiles.length === 0) return { text: '', commands: [] };
  const isSaid = direction === 'm2e' ? run.says.files : run.says.ucm;
  const { words, text } = isSaid ? { words: [], text: '' } : toFillIn[direction];
  return {
    text: ` With rehearse the night is played, and nothing is contacted; the last command shows the plan and writes nothing.${text}`,
    commands: profiles.flatMap((name) => [
      ['rehearse', '--from-run', id, '--profile', name, ...words, ...where],
      ['migrate', '--from-run', id, ...run.withoutTargets, '--profile', name, ...words, '--dry-run', ...where],
    ]),
  };
}

/** Outcomes that are taken again once what stood in the way is gone. */
const retried: readonly Outcome[] = ['failed', 'unverified', 'blocked', 'deferred', 'aborted'];

/** How the next phones of a run that was told to wait, or to end, are left: a resume takes them, or nobody wants them. */
const notRetried: ReadonlySet<string> = new Set<FailureCodeName>([
  'paused-after-wave',
  'wave-not-proven',
  'threshold-tripped',
  'stopped-before-start',
  'not-confirmed',
]);

function isRetried(phone: PhoneReport): boolean {
  return retried.includes(phone.outcome) && !isBeyondLimit(phone) && !notRetried.has(phone.failure?.code ?? '');
}

/**
 * Those that ended so and may end better, in one command, or in two where the run had waves: a first wave of phones that ended badly before
 * would stop the run at once, and those that were never written to need their waves.
 */
function retrySteps({ run, phones, totals }: RunReport, { run: given, where }: CommandWords): NextStep[] {
  if (run.profile === null || run.interrupted !== null || run.abortedBy !== null) return [];
  const again = (of: readonly Outcome[], words: readonly string[] | undefined, how: string): NextStep[] => {
    const only = wordsFor({ phones, totals }, of);
    const taken = phones.filter((phone) => endedSo(phone, only));
    if (taken.length === 0) return [];
    const dryRun = run.dryRun ? ['--dry-run'] : [];
    // Who wanted few phones to be written to wants no more of them now.
    const most = given?.limit ?? null;
    const isLimited = most !== null && taken.length > most;
    const choice = ['--from-run', run.id, '--only', only.join(','), ...(isLimited ? ['--limit', String(most)] : [])];
    const limited = isLimited ? `, at most ${most} of them (--limit)` : '';
    return [
      {
        text: `Once what stood in the way is put right, take ${taken.length === 1 ? 'the phone' : `the ${phonesText(taken.length)}`} that ended ${endingsText(only)} again${how}${limited}: each is read first.${dueText(taken, run)}`,
        commands: words === undefined ? [] : [['migrate', ...choice, ...words, ...dryRun, ...where]],
      },
    ];
  };
  const [written, unwritten] = [retried.slice(0, 2), retried.slice(2)];
  const inOneWave = given?.inOneWave ?? undefined;
  if (inOneWave === undefined || !phones.some(({ outcome }) => written.includes(outcome)))
    return again(retried, given?.withoutTargets, '');
  return [
    ...again(written, inOneWave, ', all in one wave, as a first wave of them might stop the run'),
    ...again(unwritten, given?.withoutTargets, ''),
  ];
}

/** What `--only` has to say for the phones that ended so and are to be taken again, and for no others. */
function wordsFor({ phones, totals }: Pick<RunReport, 'phones' | 'totals'>, of: readonly Outcome[]): string[] {
  const words = of.flatMap((outcome) => {
    const ended = phones.filter((phone) => phone.outcome === outcome);
    const wanted = ended.filter(isRetried);
    // Targets that are only counted ended so for reasons of the run.
    const isAll = wanted.length === (totals.byOutcome[outcome] ?? 0);
    return isAll && wanted.length > 0 ? [outcome] : wanted.flatMap(({ failure }) => failure?.code ?? []);
  });
  return [...new Set(words)];
}

/** More words than this would not be read, and stand in the command. */
const mostWords = 5;

function endingsText(words: readonly string[]): string {
  return words.length > mostWords ? 'so' : words.join(', ').replace(/, (?=[\w-]+$)/, ' or ');
}

/** When phones that were deferred are due; a run takes them no earlier. */
function dueText(phones: readonly PhoneReport[], { finishedAt, dryRun }: RunReport['run']): string {
  const due = phones.flatMap(({ outcome, nextAttemptAt }) =>
    outcome === 'deferred' && nextAttemptAt !== null && nextAttemptAt > finishedAt ? [nextAttemptAt] : [],
  );
  if (due.length === 0 || dryRun) return '';
  const last = due.reduce((a, b) => (a > b ? a : b));
  if (phones.length === 1) return ` It is due at ${utcMinute(last)}, and not taken before.`;
  return due.length === 1
    ? ` One of them is due at ${utcMinute(last)}, and not taken before.`
    : ` ${due.length} of them are due by ${utcMinute(last)}, and not taken before their time.`;
}

/** After *the other*. */
function othersText(count: number): string {
  return count === 1 ? 'target' : `${count} targets`;
}

/** A phone that moves to a Unified CM which does not have it (noted when it is planned: `src/fleet/unified-cm/in-database.ts`). */
function willNotRegister({ evidence, plan }: PhoneReport): boolean {
  return plan.some(({ step }) => step === 'convert') && evidence.some(isNotInUcm);
}
