import { join } from 'node:path';
import type { ModelRule, Models, Sourced } from '../../../domain/phone/models.js';
import { modelsContradictions } from './check.js';
import { type ModelsFile, modelsSchema } from './schema.js';
import { shippedProfilesDir } from '../shipped.js';
import { ConfigError, findingAt, readYamlFile, validate } from '../../yaml/read.js';

/**
 * Reads which models may move and what they need first: `profiles/models.yaml`, or another file of its shape.
 * @throws ConfigError when the file cannot be read, does not have the shape or contradicts itself
 */
export function loadModels(path: string = join(shippedProfilesDir(), 'models.yaml')): Models {
  const data = readYamlFile(path);
  const file = validate(modelsSchema, data, path);
  const [wrong] = modelsContradictions(file);
  if (wrong) {
    const { place, problem } = findingAt(data, path, wrong.path, wrong.problem);
    throw new ConfigError(place, problem);
  }
  return toModels(file);
}

/** Replaces each value's source key by the source itself. */
function toModels(file: ModelsFile): Models {
  const sourced = <T extends { source: string }>(value: T): T & Sourced => {
    const source = file.sources[value.source];
    return { ...value, source: source?.text ?? value.source, asOf: source?.asOf ?? '' };
  };
  const rule = (model: string, { loadFamily, e2m, m2e }: ModelsFile['models'][string]): ModelRule => ({
    model,
    loadFamily,
    e2m: sourced(e2m),
    m2e: sourced(m2e),
  });
  return {
    loadNames: file.loadNames.map(({ family, pattern }) => ({ family, pattern })),
    models: new Map(Object.entries(file.models).map(([model, value]) => [model, rule(model, value)])),
    warnings: file.warnings.map(sourced),
    minimums: file.minimums.map(sourced),
    multiplatformTargetFrom: sourced(file.multiplatformTargetFrom),
    typeNumbers: { ...sourced(file.typeNumbers), numbers: new Map(Object.entries(file.typeNumbers.numbers)) },
    hardwareFloors: file.hardwareFloors.map(sourced),
    returnWithoutLicenseFrom: sourced(file.returnWithoutLicenseFrom),
    authorizationFieldsFrom: sourced(file.authorizationFieldsFrom),
    licenses: {
      orders: file.licenses.orders.map(sourced),
      words: file.licenses.words.map(({ direction, pattern }) => ({ direction, pattern })),
    },
  };
}
