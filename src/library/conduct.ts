import { shippedModels } from '../config/profiles/as-shipped.js';
import { checkRun } from '../conduct/check/check-run.js';
import { openFilesLimit, refuseFewFiles } from '../conduct/check/open-files.js';
import { unconfirmed } from '../conduct/check/unconfirmed.js';
import { exitCodeFor, exitCodes } from '../conduct/exit-code.js';
import { optionsOf } from '../conduct/options/table.js';
import { type Client, type Conduct, carryOut } from '../conduct/run/carry-out.js';
import { startRun } from '../conduct/run/new-run.js';
import { questionText } from '../conduct/run/question.js';
import { concludeRun } from '../conduct/run/conclude.js';
import { type KeptMetrics, keepMetrics } from '../conduct/monitoring/keep-metrics.js';
import { openLog } from '../conduct/monitoring/open-log.js';
import { backgroundOf } from '../conduct/run/background.js';
import type { RunReport } from '../domain/report/report.js';
import { refuseProblems } from '../domain/text/usage-error.js';
import type { Question } from '../fleet/run/question.js';
import { aborted, type StopControl } from '../fleet/stop-control.js';
import type { Store } from '../store/store.js';
import type { EventFeed } from './event-feed.js';
import { givenBy } from './given.js';
import { stoppedByProgram, stopRun } from './stop-run.js';
import type { ControlOptions, RunQuestion } from './run.js';

/** What a program holds of a run. */
export interface Held {
  feed: EventFeed;
  stop: StopControl;
}

/**
 * Checks and conducts a run for a program. Nothing is printed, no signal is caught, and the process goes on whatever happens.
 * @throws UsageError before anything is contacted, with all that is wrong
 */
export async function conductFor(
  program: Readonly<Record<string, unknown>> & ControlOptions,
  command: 'audit' | 'migrate',
  { feed, stop }: Held,
): Promise<RunReport> {
  const { confirmed = false, confirm, signal, warn = () => {} } = program;
  refuseFewFiles(openFilesLimit());
  refuseControl(program);
  signal?.throwIfAborted();
  const models = await shippedModels();
  const options = optionsOf[command];
  const given = await givenBy(program, options, { confirmed });
  const { settings } = given;
  const { problems, warnings, run, profile } = await checkRun(given, options, models, { mustAsk: true });
  const unasked = unconfirmed(profile, settings, true).map(asOption);
  const isAsked = profile === null || settings.dryRun || confirmed || confirm !== undefined;
  const nobody =
    'This run would write to phones: add confirmed: true, or confirm to be asked, or dryRun: true to only plan.';
  refuseProblems([...problems, ...unasked, ...(isAsked ? [] : [nobody])]);
  if (run === null) throw new Error('a run without problems has no targets');
  for (const sentence of warnings) warn(sentence);
  // Until here nothing was contacted, and nothing is on record.
  signal?.throwIfAborted();
  const windDown = (): void => stopRun(stop, 'gently');
  const log = await openLog({ ...settings, quiet: false, logLevel: settings.logLevel ?? 'info' }, null);
  const kept: { metrics: KeptMetrics | null } = { metrics: null };
  let refusal: { error: unknown } | null = null;
  const client: Client = {
    ...{ log, stop },
    notify: (event) => {
      // A run sends none; the compiler cannot know.
      if (event.event !== 'report') feed.push(event);
    },
    listening: () => feed.listening(),
    confirm: async (question, asked) => {
      if (confirmed || !confirm) return confirmed;
      const text = questionText(question, asked, 80);
      try {
        return (await Promise.race([confirm(questionFor(question, text)), aborted(stop.gently)])) === true;
      } catch (error) {
        refusal = { error };
        return false;
      }
    },
    onProgress: () => kept.metrics?.begin(),
    exitCodeOf,
  };
  const conduct = (one: Conduct, store: Store, of: Client): Promise<RunReport> => carryOut(one, models, store, of);
  stop.onGently(() => feed.hurry());
  signal?.addEventListener('abort', windDown);
  if (signal?.aborted) windDown();
  try {
    return await startRun<RunReport>(
      { given, options, run, profile, models },
      {
        say: () => {},
        tell: warn,
        finish: async (earlier, store) => {
          const silently = { ...client, notify: () => {}, confirm: () => Promise.resolve(true) };
          const report = await conduct(earlier, store, silently);
          return stop.gently.aborted ? report : null;
        },
        conduct: async (one, store) => {
          const metrics = await keepMetrics(settings.metrics, one.summary.id, store, log);
          kept.metrics = metrics;
          const report = await conduct(one, store, client);
          const { problems: unwritten } = await concludeRun(
            report,
            {
              results: { ...settings, reports: settings.report },
              background: backgroundOf(store, {}),
              metrics,
              tell: { receivers: settings.notify, mail: run.mail },
              exitCode: exitCodeOf(report),
            },
            log,
          );
          if (refusal !== null) throw refusal.error;
          if (unwritten.length > 0) throw new Error(unwritten.join('\n'));
          return report;
        },
      },
    );
  } catch (error) {
    await kept.metrics?.fail(error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', windDown);
    await log.close();
  }
}

/** @throws UsageError */
function refuseControl({ confirmed, confirm, signal, warn }: Readonly<Record<keyof ControlOptions, unknown>>): void {
  const wrong = [
    ...(typeof (confirmed ?? false) === 'boolean' ? [] : ['confirmed: true or false is expected.']),
    ...(typeof (confirm ?? refuseControl) === 'function' ? [] : ['confirm: a function is expected.']),
    ...(typeof (warn ?? refuseControl) === 'function' ? [] : ['warn: a function is expected.']),
    ...(signal === undefined || signal instanceof AbortSignal ? [] : ['signal: an AbortSignal is expected.']),
    ...(confirmed === true && confirm !== undefined
      ? ['confirmed: true asks nobody, so confirm would do nothing; leave one of them out.']
      : []),
  ];
  refuseProblems(wrong);
}

/** Of what only `--yes` permits. */
function asOption(sentence: string): string {
  return sentence.replace('--yes', 'confirmed: true');
}

function exitCodeOf(report: RunReport): number {
  return report.run.interrupted === stoppedByProgram ? exitCodes.SIGTERM : exitCodeFor(report, false);
}

function questionFor({ phones, waves, stay, underWay }: Question, text: string): RunQuestion {
  return {
    phones: phones.map(({ address, mac, facts, plan }) => ({
      ...{ address, mac },
      model: facts?.model ?? null,
      softwareVersion: facts?.softwareVersion ?? null,
      plan: plan.map(({ step, load }) => ({ step, load })),
    })),
    ...{ waves, stay: stay.length, underWay, text },
  };
}
