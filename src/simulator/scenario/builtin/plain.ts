import { buildScenario, type BuiltinOptions } from '../build.js';
import { type Scenario, HTML_DIALECTS } from '../scenario.js';

const MODELS = ['8841', '8851', '7841', '8845'];

/** Well-behaved MPP phones on the recommended firmware, 100 by default: four models in all dialects. For benches. */
export function plain({ subnet, seed, phones = 100 }: BuiltinOptions): Scenario {
  return buildScenario({
    name: 'plain',
    subnet,
    seed,
    phones: Array.from({ length: phones }, (_, index) => ({
      model: MODELS[index % MODELS.length],
      dialect: HTML_DIALECTS[Math.floor(index / MODELS.length) % HTML_DIALECTS.length],
      name: `Desk ${index + 1}`,
    })),
  });
}
