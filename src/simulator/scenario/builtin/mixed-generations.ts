import type { Behavior } from '../../behavior/behavior.js';
import { type DeviceGroup, buildScenario, type BuiltinOptions } from '../build.js';
import { modelNamed } from '../../models.js';
import type { Dialect, Scenario } from '../scenario.js';

/** Phones of one firmware with what is usual for it. */
interface Generation {
  name: string;
  /** Without the load family. */
  version: string;
  dialects: readonly Dialect[];
  /** The kinds of access found on it, in turn. */
  behaviors: readonly Partial<Behavior>[];
}

const MODELS = ['8841', '7841', '8851', '8845', '7821', '8811', '8861'];
const NEWEST = { scheme: 'redirect', certificate: 'manufacturing', auth: 'form' } as const;

/** From the oldest to the newest. What is unknown about them differs within each. */
const GENERATIONS: readonly Generation[] = [
  {
    name: '11.0',
    version: '11-0-1MPP-477',
    dialects: ['legacy'],
    behaviors: [{ closesConnection: true }, { auth: 'digest', password: 'eleven-0', missingContentLength: true }],
  },
  {
    name: '11.3',
    version: '11-3-7MPP0201-392',
    dialects: ['bcisco'],
    behaviors: [{}, { auth: 'digest', password: 'eleven-3' }, { auth: 'basic', password: 'eleven-3' }],
  },
  {
    name: '12.0(1)',
    version: '12-0-1MPP0001-41',
    dialects: ['modern'],
    behaviors: [
      { setPasswordPage: true, auth: 'form' },
      { auth: 'digest', password: 'Twelve-0-1', digestAlgorithm: 'SHA-256', digestSpelling: 'standard' },
      { auth: 'form', password: 'Twelve-0-1', loginShownBy: 'status-401', scheme: 'both' },
    ],
  },
  {
    name: '12.0(3)',
    version: '12-0-3MPP0001-87',
    dialects: ['modern', 'fieldset', 'json'],
    behaviors: [
      { ...NEWEST, password: 'Twelve-0-3' },
      { ...NEWEST, password: 'Twelve-0-3', loginShownBy: 'redirect-302', loginAnswer: 'page', redirectStatus: 301 },
      { ...NEWEST, password: 'Twelve-0-3', scheme: 'https', setPasswordPage: true },
    ],
  },
  {
    name: '12.0(7)',
    version: '12-0-7MPP0501-123',
    dialects: ['json', 'fieldset'],
    behaviors: [
      { ...NEWEST, password: 'Twelve-0-7', formToken: 'hidden', chunked: true },
      { ...NEWEST, password: 'Twelve-0-7', loginNames: 'odd', loginAction: 'relative', cookiePath: '/admin' },
    ],
  },
  { name: 'Enterprise 12.5', version: '12-5-1SR1-4', dialects: ['legacy'], behaviors: [{}] },
  { name: 'Enterprise 14.1', version: '14-1-1MN-366', dialects: ['legacy'], behaviors: [{ scheme: 'both' }] },
  {
    name: 'Enterprise 14.2',
    version: '14-2-1-0101-26',
    dialects: ['legacy'],
    behaviors: [
      { entities: true, scheme: 'redirect' },
      { enterprisePages: 'html-only', locale: 'de' },
    ],
  },
];

/**
 * Four generations of MPP firmware and three of Enterprise, 70 devices by default, each with the scheme, the access and
 * the markup that go with it. Every one that asks for a password has one; `accountsOf` tells them.
 */
export function mixedGenerations({ subnet, seed, phones = 70 }: BuiltinOptions): Scenario {
  return buildScenario({
    name: 'mixed-generations',
    subnet,
    seed,
    phones: Array.from({ length: phones }, (_, index) => {
      const generation = GENERATIONS[index % GENERATIONS.length];
      const round = Math.floor(index / GENERATIONS.length);
      return phoneOf(generation ?? GENERATIONS[0], MODELS[index % MODELS.length] ?? '8841', round);
    }),
  });
}

function phoneOf(generation: Generation | undefined, model: string, round: number): DeviceGroup {
  if (generation === undefined) throw new RangeError('there are no generations');
  const { name, version, dialects, behaviors } = generation;
  return {
    model,
    name: `${name} desk ${round + 1}`,
    load: `${modelNamed(model).loadFamily}.${version}`,
    dialect: dialects[round % dialects.length],
    behavior: behaviors[round % behaviors.length],
  };
}
