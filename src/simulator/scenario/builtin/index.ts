import type { Scenario } from '../scenario.js';
import { demo } from './demo.js';
import { everyFlag } from './every-flag.js';
import { hostile } from './hostile.js';
import { mixedGenerations } from './mixed-generations.js';
import { plain } from './plain.js';

/** What a built-in scenario is made from. */
export interface BuiltinOptions {
  /** A CIDR in 127.0.0.0/8, large enough for the devices. */
  subnet: string;
  seed: number;
  /** How many devices, where the scenario leaves that open. */
  phones?: number;
}

type ScenarioMaker = (options: BuiltinOptions) => Scenario;

/** The scenarios that come with the simulator, by name. */
export const builtinScenarios: Readonly<
  Record<'demo' | 'every-flag' | 'plain' | 'hostile' | 'mixed-generations', ScenarioMaker> &
    Record<string, ScenarioMaker>
> = { demo, 'every-flag': everyFlag, plain, hostile, 'mixed-generations': mixedGenerations };
