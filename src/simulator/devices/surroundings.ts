import type { SimulatedTime } from '../clock.js';
import type { TemplateCache } from '../markup/template.js';
import type { Scenario } from '../scenario/scenario.js';

/** What a device itself uses of what is around it: nothing that knows other devices. */
export interface Surroundings {
  readonly time: SimulatedTime;
  readonly scenario: Scenario;
  readonly templates: TemplateCache;
  /** Holds clients to the rules of the strict mode. */
  readonly strict: boolean;
}
