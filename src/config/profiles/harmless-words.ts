import { join } from 'node:path';
import * as z from 'zod';
import type { HarmlessWords } from '../../domain/phone/harmless-words.js';
import { readYamlFile, validate } from '../yaml/read.js';
import { shippedProfilesDir } from './shipped.js';

const words = z.array(z.string());
const pattern = z.string().refine((text) => {
  try {
    new RegExp(text, 'iu');
    return true;
  } catch {
    return false;
  }
}, 'expected a regular expression');

const schema = z.strictObject({
  source: z.string().min(1),
  keptLabels: words,
  harmlessValues: words,
  keptPatterns: z.array(pattern).min(1),
  fileEndings: words.min(1),
  peopleListPatterns: z.array(pattern).min(1),
  pageWords: words,
  keptHeaders: words,
}) satisfies z.ZodType<HarmlessWords>;

/** What a capture keeps, as shipped. @throws ConfigError */
export function loadHarmlessWords(file = join(shippedProfilesDir(), 'capture.yaml')): HarmlessWords {
  return validate(schema, readYamlFile(file), file);
}
