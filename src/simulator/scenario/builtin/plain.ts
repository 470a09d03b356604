import { buildScenario } from '../build.js';
import type { Scenario } from '../scenario.js';
import { HTML_DIALECTS } from '../scenario.js';
import type { BuiltinOptions } from './options.js';

const MODELS = ['8841', '8851', '7841', '8845'];

/** Well-behaved MPP phones on the recommended firmware, 100 unless told: four models in all dialects. For benches. */
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
