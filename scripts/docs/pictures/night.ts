import { setTimeout as pause } from 'node:timers/promises';
import { cut, shown } from './cut.js';
import { openStage, type Stage } from './stage.js';

/** The samples of docs/nightly.md: one night and one morning, as examples/one-night has them. */
export async function nightSamples(): Promise<[name: string, text: string][]> {
  const stage = await openStage();
  try {
    return [
      ['simulate', shown('fleet-migrate simulate --scenario scenario.yaml', stage.simulated)],
      ['dry-run', await dryRun(stage)],
      ...(await job(stage)),
      ...(await morning(stage)),
    ];
  } finally {
    await stage.close();
  }
}

async function dryRun(stage: Stage): Promise<string> {
  const printed = await stage.printed(['--dry-run']);
  return shown(
    'fleet-migrate --dry-run',
    cut(printed, /^address/, /^Not phones/),
    '…',
    cut(printed, /^ +\d+ {2}planned/, /^Proof of a move/),
    '…',
  );
}

/** The second wave, once one phone has failed and one is left for tomorrow. */
export const later = 'upgrading 5 · waiting 0 · failed 1 · left alone 1';

/** The job as a timer starts it, looked at from elsewhere, killed, and continued. */
async function job(stage: Stage): Promise<[string, string][]> {
  const words = ['--yes', '--progress-every', '1s'];
  const running = stage.start(words);
  await running.shows('upgrading 1 ', 'stderr');
  const status = await until(/ {2}Upgrade in progress$/m, () => stage.printed(['status']));
  // All that are under way have shown it by then: however late the resume comes, it knows.
  await running.shows(later, 'stderr');
  running.kill('SIGKILL');
  await running.done;
  const lines = stage.told(running.stderr);
  const after = await stage.printed(['status']);
  const resumed = await stage.printed(['resume', '--yes']);
  return [
    ['lines', shown(`fleet-migrate ${words.join(' ')}`, lineWith(lines, 'upgrading 1 '), '…', lineWith(lines, later))],
    ['status', shown('fleet-migrate status', status)],
    ['killed', shown('fleet-migrate status', cut(after, /^Run /, /^Last problems/), '…', cut(after, /dead/))],
    [
      'resumed',
      shown('fleet-migrate resume --yes', '…', cut(resumed, /^fleet-migrate /, /^What stood in the way/), '…'),
    ],
  ];
}

/** Looks again and again until it sees what it waits for. @throws RangeError when it never does */
export async function until(wanted: RegExp, look: () => Promise<string>): Promise<string> {
  let seen = '';
  for (let tries = 0; tries < 50; tries += 1) {
    seen = await look();
    if (wanted.test(seen)) return seen;
    await pause(100);
  }
  throw new RangeError(`nothing matched ${String(wanted)}; the last was:\n${seen}`);
}

async function morning(stage: Stage): Promise<[string, string][]> {
  const runs = await stage.printed(['runs']);
  const report = await stage.printed(['report']);
  const attention = [cut(report, /^Need attention/, /^Not phones/), '…', cut(report, /^What stood/, /^What to do/)];
  const lists = await stage.printed(['report', '--lists']);
  const unverified = await stage.printed(['report', '--only', 'unverified']);
  const groups = await stage.printed(['report', '--group-by', 'model,firmware']);
  const diff = await stage.printed(['report', '--diff']);
  const json = stage.start(['report', '--output', 'json']);
  const evidence = evidenceOf((await json.done).stdout, witness);
  const again = ['--from-run', 'latest', '--only', 'failed', '--dry-run'];
  const planned = await stage.printed(again);
  return [
    ['runs', shown('fleet-migrate runs', runs)],
    ['report', shown('fleet-migrate report', '…', ...attention, '…')],
    ['lists', shown('fleet-migrate report --lists', cut(lists, /^Failed/, /^Blocked/), '…')],
    ['only', shown('fleet-migrate report --only unverified', unverified)],
    ['group-by', shown('fleet-migrate report --group-by model,firmware', groups)],
    ['diff', shown('fleet-migrate report --diff', cut(diff, /^Changes from/, /^Other firmware/), '…')],
    ['again', shown(`fleet-migrate ${again.join(' ')}`, cut(planned, /^address/, /^ *$/), '…')],
    ['evidence', shown(`fleet-migrate report --output json | jq -r '${evidenceFilter}'`, evidence)],
  ];
}

/** The phone of the first wave, which was watched from its write to its end. */
const witness = '127.20.7.2';
const evidenceFilter = `.phones[] | select(.address == "${witness}") | .evidence[] | .kind + ": " + .text`;

/** What that filter of jq makes of a report. */
function evidenceOf(report: string, address: string): string {
  const { phones } = JSON.parse(report) as {
    phones: { address: string; evidence: { kind: string; text: string }[] }[];
  };
  const phone = phones.find((one) => one.address === address);
  return (phone?.evidence ?? []).map(({ kind, text }) => `${kind}: ${text}`).join('\n');
}

function lineWith(text: string, words: string): string {
  return cut(text, new RegExp(words)).split('\n')[0] ?? '';
}
