import type { Meaning } from '../../domain/progress/outcome-meanings.js';
import { exitCodes } from '../../conduct/exit-code.js';

const interrupted = (how: string): Meaning => ({
  meaning: `The run was interrupted ${how}; the report is still written.`,
  hint: 'fleet-migrate resume continues it.',
});

const meanings: Readonly<Record<keyof typeof exitCodes, Meaning>> = {
  ok: { meaning: 'Everything is as asked.', hint: 'Nothing.' },
  attention: {
    meaning:
      'Some phones failed, unverified, blocked, deferred or aborted, or a target that you named was not read as a phone, or the run was stopped from the dashboard.',
    hint: 'fleet-migrate report --lists names them with reasons.',
  },
  usage: {
    meaning: 'The command line or a file is wrong, or a file server of the run is not there. No phone was contacted.',
    hint: 'Do what the sentence on standard error says.',
  },
  threshold: {
    meaning: 'The run stopped itself: at a threshold of --abort-after, or after a wave of which no phone was proven.',
    hint: 'Find out why from fleet-migrate report --lists; then fleet-migrate resume RUN continues the run, which must be named: no job is to go on by itself.',
  },
  noAnswer: {
    meaning: 'No target answered.',
    hint: 'Check the addresses, and the route from this machine to the phones.',
  },
  workToDo: {
    meaning: 'With --dry-run --detailed-exitcode: there is work to do.',
    hint: 'Run the same command without --dry-run.',
  },
  internal: {
    meaning: 'A bug of ours, or this machine could not continue: its disk, its memory, the store.',
    hint: 'Read the last lines of standard error; report it if they name no cause on this machine.',
  },
  SIGHUP: interrupted('because its terminal or connection was lost (SIGHUP)'),
  SIGINT: interrupted('with ctrl-C'),
  SIGTERM: interrupted('by a service manager or kill (SIGTERM)'),
};

/** What each exit code means, by its number. */
export const exitMeanings: ReadonlyMap<number, Meaning> = new Map(
  (Object.keys(exitCodes) as (keyof typeof exitCodes)[]).map((name) => [exitCodes[name], meanings[name]]),
);
