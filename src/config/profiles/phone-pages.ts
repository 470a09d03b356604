import { join } from 'node:path';
import type * as z from 'zod';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { readYamlFile, validate } from '../yaml/read.js';
import { withAddedPages } from './added-pages.js';
import { pageSchemas } from './phone-pages-schema.js';

/**
 * Reads `multiplatform.yaml` and `enterprise.yaml` of a folder (as shipped: `profiles/phones`).
 * @param added a folder of a user's own, whose labels and patterns are added; `null`: none
 * @throws ConfigError for the first problem: one sentence with file, YAML path and what was expected
 */
export function loadPhoneProfiles(dir: string, added: string | null = null): PhoneProfiles {
  const shipped: PhoneProfiles = {
    multiplatform: loadFile(pageSchemas.multiplatform, join(dir, 'multiplatform.yaml')),
    enterprise: loadFile(pageSchemas.enterprise, join(dir, 'enterprise.yaml')),
  };
  return added === null ? shipped : withAddedPages(shipped, added);
}

function loadFile<T>(schema: z.ZodType<T>, file: string): T {
  return validate(schema, readYamlFile(file), file);
}
