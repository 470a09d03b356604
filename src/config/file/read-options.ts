import type { ConfigOption } from '../settings/option.js';
import type { SecretSources } from './secrets.js';

/** How a file is read. */
export interface ReadOptions {
  /** The whole option table. */
  options: readonly ConfigOption[];
  home: string;
  /** Where passwords come from; null does not follow the references, and no credentials are returned. */
  secrets: SecretSources | null;
}
