/** One option of the command line: the one place for its name, text and default. docs/options.md is made from this. */
export interface OptionRow {
  name: string;
  group: 'Targets' | 'What to do' | 'How' | 'Pace' | 'Connection' | 'Output' | 'Memory';
  type: 'string' | 'number' | 'boolean';
  /** May be given several times. */
  many?: boolean;
  /** How its value is written. */
  value?: string;
  text: string;
  default?: string | number | boolean;
  choices?: readonly string[];
  /** Only for commands that may write. */
  writes?: boolean;
}
