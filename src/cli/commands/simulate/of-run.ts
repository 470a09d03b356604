import { assume, type Assumption, parseAssumption } from '../../../domain/rehearsal/assumptions.js';
import { shellWord } from '../../../domain/text/shell-word.js';
import { refuseProblems, UsageError } from '../../../domain/text/usage-error.js';
import { filesOfStore, sameFiles } from '../../../conduct/check/distinct-files.js';
import type { Given } from '../../../conduct/options/sources.js';
import { readStore, storePath } from '../../../conduct/options/store-option.js';
import { runOfPhones } from '../../../licenses/phones.js';
import { checkWritable, writeWhole } from '../../../report/formats/whole-file.js';
import {
  type MappedPhone,
  type Scenario,
  scenarioOfRun,
  type ScenarioOfRun,
  type Simulator,
  type SimulatorOptions,
  takesAssumed,
} from '../../../simulator/index.js';
import type { SimulateWords } from '../../options/simulate-rows.js';
import { simulatedInventory } from './inventory.js';

/** What is simulated, and what there is to say about it. */
export interface Simulated {
  scenario: Scenario;
  takes?: SimulatorOptions['takes'];
  /** One sentence each: what is otherwise than asked for. */
  remarks: readonly string[];
  /** Lines for whoever will use it, once it is there. */
  ready(simulator: Simulator): readonly string[];
}

/** More subnets than these are no help on a command line. */
const mostSubnets = 8;

/**
 * The phones of a run that has ended, as they were left by it.
 * @throws UsageError where there is no such run, it goes on, none of its phones can be simulated, or the list cannot be written
 */
export async function simulatedRun(
  { settings, surroundings }: Given,
  { assume: texts, seed, inventoryOut }: SimulateWords,
  name: string,
): Promise<Simulated> {
  const assumed = texts.map((text) => parseAssumption(text));
  const luck = { seed, assumptions: assume(assumed) };
  const list = inventoryOut === null ? null : { what: 'The list', path: inventoryOut, option: '--inventory-out' };
  const report = await readStore(settings, async (store) => store.report((await runOfPhones(store, name)).id));
  const ofRun = scenarioOfRun(report, luck);
  const { scenario, mapped } = ofRun;
  if (scenario.phones.length === 0)
    throw new UsageError(
      `The run ${report.run.id} has no phone that can be simulated${reasonsOf(ofRun, ': ')}; name another run (fleet-migrate runs lists them).`,
    );
  if (list) {
    const store = filesOfStore({ option: '--db', path: storePath(settings, surroundings.env) });
    refuseProblems(sameFiles([...store, list]));
    await checkWritable(list);
    await writeWhole(list, simulatedInventory(mapped));
  }
  const takes = takesAssumed(luck);
  return {
    scenario,
    ...(takes ? { takes } : {}),
    remarks: [...leftOutRemark(ofRun), ...idleRemark(assumed)],
    ready: (simulator) => [befalls(ofRun, seed), howToReach(mapped, simulator, inventoryOut)],
  };
}

function reasonsOf({ dark, leftOut }: ScenarioOfRun, before: string): string {
  const reasons = [...(dark > 0 ? [`${dark} that did not answer`] : []), ...unfitTexts(leftOut)];
  return reasons.length === 0 ? '' : `${before}${reasons.join(', ')}`;
}

function unfitTexts(leftOut: ScenarioOfRun['leftOut']): string[] {
  return [...leftOut].map(([why, count]) => `${count} ${why}`);
}

function leftOutRemark({ leftOut }: ScenarioOfRun): string[] {
  const texts = unfitTexts(leftOut);
  return texts.length === 0 ? [] : [`not simulated: ${texts.join(', ')}.`];
}

/** Assumptions that a rehearsal heeds and simulated phones do not. */
const idle: Partial<Record<Assumption['name'], string>> = {
  busy: 'simulated phones are in no call, or (deferred:) in one for good',
  call: 'simulated phones are in no call, or (deferred:) in one for good',
  size: 'simulated firmware is small',
};

function idleRemark(assumed: readonly Assumption[]): string[] {
  const names = [...new Set(assumed.map(({ name }) => name))];
  return names.flatMap((name) => {
    const why = idle[name];
    return why === undefined ? [] : [`--assume ${name}: has no effect here: ${why}.`];
  });
}

function befalls({ misfortunes, dark }: ScenarioOfRun, seed: number): string {
  const texts = [...misfortunes].sort().map(([what, count]) => `${count} ${what}`);
  const silent = dark === 0 ? '' : ` ${dark} that did not answer then do not answer here.`;
  return `Befallen by what is assumed (seed ${seed}): ${texts.length === 0 ? 'none' : texts.join(', ')}.${silent}`;
}

function howToReach(
  mapped: readonly MappedPhone[],
  { httpPort, httpsPort }: Simulator,
  inventoryOut: string | null,
): string {
  const ports = `--http-port ${httpPort} --https-port ${httpsPort} --insecure`;
  if (inventoryOut !== null) return `Reach them with: --inventory ${shellWord(inventoryOut)} ${ports}`;
  const subnets = [...new Set(mapped.map(({ address }) => `${address.slice(0, address.lastIndexOf('.'))}.0/24`))];
  if (subnets.length <= mostSubnets)
    return `Reach them with: ${subnets.map((subnet) => `--subnet ${subnet}`).join(' ')} ${ports}`;
  return `They are in ${subnets.length} subnets: --inventory-out FILE writes a list of them. Reach them with: --inventory FILE ${ports}`;
}
