import { UsageError } from '../../../domain/text/usage-error.js';
import type { Words } from '../../../conduct/options/sources.js';
import type { SimulateWords } from '../../options/simulate-rows.js';

/** Options that say which phones a scenario has. */
const ofScenario = ['scenario', 'subnet', 'phones'];
/** Options that are about a run's phones. */
const ofRun = ['assume', 'inventory-out', 'db', 'config'];

/** @throws UsageError for options of a scenario beside a run, and for those of a run without one */
export function refuseMixed({ fromRun }: Pick<SimulateWords, 'fromRun'>, parsed: Words): void {
  // That no configuration file is read holds in any case.
  const given = (fromRun === null ? ofRun : ofScenario).find((name) => (parsed[name] ?? false) !== false);
  if (given === undefined) return;
  throw new UsageError(
    fromRun === null
      ? `--${given} needs --from-run, the run whose phones are simulated; add it, such as --from-run latest, or leave this out.`
      : `--${given} and --from-run both say which phones are simulated; leave one of them out.`,
  );
}
