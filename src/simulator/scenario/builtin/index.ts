import type { Scenario } from '../scenario.js';
import { demo } from './demo.js';
import { enterprise } from './enterprise.js';
import { everyFlag } from './every-flag.js';
import { hostile } from './hostile.js';
import { mixedGenerations } from './mixed-generations.js';
import type { BuiltinOptions } from '../build.js';
import { plain } from './plain.js';

type ScenarioMaker = (options: BuiltinOptions) => Scenario;

/** The scenarios that come with the simulator, by name. */
export const builtinScenarios: Readonly<
  Record<'demo' | 'enterprise' | 'every-flag' | 'plain' | 'hostile' | 'mixed-generations', ScenarioMaker> &
    Record<string, ScenarioMaker>
> = { demo, enterprise, 'every-flag': everyFlag, plain, hostile, 'mixed-generations': mixedGenerations };
