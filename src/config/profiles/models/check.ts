import { type FirmwareVersion, atLeast, formatVersion } from '../../../domain/firmware/version.js';
import type { ModelsFile } from './schema.js';
import type { PathProblem } from '../../yaml/position.js';

/** Contradictions that the shape of `profiles/models.yaml` allows. */
export function modelsContradictions(file: ModelsFile): PathProblem[] {
  return [
    ...unknownSources(file),
    ...unknownModels(file),
    ...emptyRanges(file),
    ...wrongMinimums(file),
    ...wrongOrders(file),
    ...wrongTypeNumbers(file),
  ];
}

function unknownSources(file: ModelsFile): PathProblem[] {
  const directions = Object.entries(file.models).flatMap(([model, { e2m, m2e }]) => [
    { path: ['models', model, 'e2m', 'source'], source: e2m.source },
    { path: ['models', model, 'm2e', 'source'], source: m2e.source },
  ]);
  const lists = (['loadNames', 'warnings', 'minimums', 'hardwareFloors'] as const).flatMap((key) =>
    file[key].map(({ source }, index) => ({ path: [key, index, 'source'], source })),
  );
  const single = (
    ['returnWithoutLicenseFrom', 'authorizationFieldsFrom', 'multiplatformTargetFrom', 'typeNumbers'] as const
  ).map((key) => ({
    path: [key, 'source'],
    source: file[key].source,
  }));
  const licenses = (['orders', 'words'] as const).flatMap((key) =>
    file.licenses[key].map(({ source }, index) => ({ path: ['licenses', key, index, 'source'], source })),
  );
  return [...directions, ...lists, ...single, ...licenses]
    .filter(({ source }) => !Object.hasOwn(file.sources, source))
    .map(({ path, source }) => ({ path, problem: `there is no source ${JSON.stringify(source)} under sources` }));
}

function unknownModels(file: ModelsFile): PathProblem[] {
  const loadFamilies = new Set(Object.values(file.models).map(({ loadFamily }) => loadFamily));
  const models = (['warnings', 'hardwareFloors'] as const).flatMap((key) =>
    file[key].flatMap((value, index) =>
      value.models
        .map((model, at) => ({ path: [key, index, 'models', at], model }))
        .filter(({ model }) => !Object.hasOwn(file.models, model))
        .map(({ path, model }) => ({ path, problem: `there is no model ${JSON.stringify(model)} under models` })),
    ),
  );
  const excepted = file.minimums.flatMap(({ except }, index) =>
    Object.keys(except)
      .filter((loadFamily) => !loadFamilies.has(loadFamily))
      .map((loadFamily) => ({
        path: ['minimums', index, 'except', loadFamily],
        problem: 'no model has this load family',
      })),
  );
  const targets = Object.keys(file.multiplatformTargetFrom.except)
    .filter((loadFamily) => !loadFamilies.has(loadFamily))
    .map((loadFamily) => ({
      path: ['multiplatformTargetFrom', 'except', loadFamily],
      problem: 'no model has this load family',
    }));
  return [...models, ...excepted, ...targets];
}

function emptyRanges(file: ModelsFile): PathProblem[] {
  const ranges = [
    ...Object.entries(file.models).flatMap(([model, { e2m, m2e }]) => [
      { path: ['models', model, 'e2m'], range: e2m },
      { path: ['models', model, 'm2e'], range: m2e },
    ]),
    ...file.warnings.map((range, index) => ({ path: ['warnings', index], range })),
  ];
  return ranges
    .filter(({ range }) => (range.vidFrom ?? 0) > (range.vidTo ?? Number.POSITIVE_INFINITY))
    .map(({ path }) => ({ path: [...path, 'vidTo'], problem: 'expected nothing below vidFrom' }));
}

function wrongMinimums({ minimums }: ModelsFile): PathProblem[] {
  return minimums.flatMap(({ direction, kind, version, except }, index): PathProblem[] => {
    const same = minimums.findIndex((other) => other.direction === direction && other.kind === kind);
    if (same < index) return [{ path: ['minimums', index], problem: `a second ${kind} minimum for ${direction}` }];
    const absolute = minimums.find((other) => other.direction === direction && other.kind === 'absolute');
    if (kind === 'absolute' || !absolute) return [];
    const least = (key: string): FirmwareVersion => absolute.except[key] ?? absolute.version;
    return [['version', version] as const, ...Object.entries(except)]
      .filter(([key, recommended]) => !atLeast(recommended, least(key)))
      .map(([key]) => ({
        path: ['minimums', index, ...(key === 'version' ? [key] : ['except', key])],
        problem: `expected nothing below the absolute minimum ${formatVersion(least(key))}`,
      }));
  });
}

/** Each load family of a model that may move has one order number for that direction. */
function wrongOrders({ models, licenses: { orders } }: ModelsFile): PathProblem[] {
  const loadFamilies = new Set(Object.values(models).map(({ loadFamily }) => loadFamily));
  const problems: PathProblem[] = [];
  const ordered = new Set<string>();
  for (const [index, { direction, loadFamilies: named }] of orders.entries())
    for (const [at, loadFamily] of named.entries()) {
      const path = ['licenses', 'orders', index, 'loadFamilies', at];
      const key = `${direction} ${loadFamily}`;
      if (!loadFamilies.has(loadFamily)) problems.push({ path, problem: 'no model has this load family' });
      else if (ordered.has(key))
        problems.push({ path, problem: `a second order number for ${loadFamily} in ${direction}` });
      ordered.add(key);
    }
  for (const [model, rule] of Object.entries(models))
    for (const direction of ['e2m', 'm2e'] as const)
      if (rule[direction].allowed && rule.loadFamily !== null && !ordered.has(`${direction} ${rule.loadFamily}`))
        problems.push({
          path: ['models', model, 'loadFamily'],
          problem: `there is no order number for ${rule.loadFamily} in ${direction} under licenses.orders`,
        });
  return problems;
}

/** Each model that may move to Multiplatform has one number, and no two have the same: a phone takes the load that goes by its own. */
function wrongTypeNumbers({ models, typeNumbers: { numbers } }: ModelsFile): PathProblem[] {
  const path = (model: string): string[] => ['typeNumbers', 'numbers', model];
  const unknown = Object.keys(numbers)
    .filter((model) => !Object.hasOwn(models, model))
    .map((model) => ({ path: path(model), problem: `there is no model ${JSON.stringify(model)} under models` }));
  const entries = Object.entries(numbers);
  const twice = entries.flatMap(([model, number], index) => {
    const [same] = entries.slice(0, index).filter(([, other]) => other === number);
    return same === undefined
      ? []
      : [{ path: path(model), problem: `the ${same[0]} has the number ${number} already` }];
  });
  const without = Object.entries(models)
    .filter(([model, { e2m, loadFamily }]) => e2m.allowed && loadFamily !== null && !Object.hasOwn(numbers, model))
    .map(([model]) => ({ path: ['models', model], problem: `it has no number under typeNumbers.numbers` }));
  return [...unknown, ...twice, ...without];
}
