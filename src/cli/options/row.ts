import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { ConfigOption } from '../../config/settings/option.js';

/** Finds what is wrong with a value beyond its text, such as a file that is not there: a whole sentence, or null. It changes nothing. */
export type Check = (text: string) => string | null | Promise<string | null>;

/** What an option needs beside it, or does not go with. */
export interface Companions {
  /** Any of these options, one with this value (`scheme=http`), or `credentials`, which are those of the configuration file. */
  any: readonly string[];
  /** What is said where there is none, behind the option's name. */
  say: string;
  /** Where a file or the environment may hold the option for other runs: nothing is said, or only a warning. */
  elsewhere: 'mistake' | 'warning' | 'fine';
  /** On the command line it is a mistake unless this says otherwise. */
  onFlag?: 'warning';
}

/**
 * One option of the command line, and all that is to be said of it: from its row come flag, variable, key, JSON Schema, docs and the type
 * of its value. What a row does not say, nobody else says.
 */
interface Row<Value = unknown> extends Omit<ConfigOption<Value>, 'name'> {
  group: 'Targets' | 'What to do' | 'How' | 'Pace' | 'Connection' | 'Output' | 'Memory' | 'Options';
  /** Only for commands that may write. */
  writes?: true;
  /** Without a profile it does nothing, for nothing is written then. */
  needsProfile?: true;
  /**
   * Where a resume has it from: `anew` from its own command line, environment and file; `both` adds these to what was kept. Absent: it is
   * kept with the run, and a resume does not take it.
   */
  resume?: 'anew' | 'both';
  /** It names a file that a run reads or writes; no file is both, nor written twice. */
  file?: 'read' | 'written';
  /** Asked before anything is contacted, for each value. */
  check?: Check;
  /** It does nothing, or cannot be, without one of these. */
  needs?: Companions;
  /** It does nothing beside one of these. */
  idleBeside?: Companions;
  /** Why it does nothing with a profile; null where it does something. */
  idleWith?: (profile: MigrationProfile) => Omit<Companions, 'any'> | null;
}

/** The rows of a table by the names of their options. */
export type Rows = Readonly<Record<string, Row>>;

/** A row with its name. */
export interface OptionRow extends Row {
  name: string;
}

type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

/** What a row's value is read as: a list where it may be given several times, null where it may be missing. */
type ValueOf<R> = R extends { form: { read: (text: string, flag: string) => infer Value } }
  ? R extends { many: true }
    ? readonly Value[]
    : R extends { default: unknown }
      ? Value
      : Value | null
  : never;

/** The values of a table, by the keys of the configuration file: `http-port` is `httpPort`. */
export type ValuesOf<R extends Rows> = { readonly [Name in keyof R & string as CamelCase<Name>]: ValueOf<R[Name]> };

/** A table in its order. */
export function listRows(rows: Rows): OptionRow[] {
  return Object.entries(rows).map(([name, row]) => ({ name, ...row }));
}
