import type { ConfigOption } from '../../config/settings/option.js';

/** One option of the command line: the one place for its name, text and default. docs/options.md is made from this. */
export interface OptionRow extends ConfigOption {
  group: 'Targets' | 'What to do' | 'How' | 'Pace' | 'Connection' | 'Output' | 'Memory';
  /** Only for commands that may write. */
  writes?: boolean;
}
