import type { ChosenColumn } from '../../domain/network/chosen-column.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { ConfigOption } from '../../config/settings/option.js';

/**
 * Finds what is wrong with a value beyond its text, such as a missing file: a whole sentence, or null. Changes nothing.
 * @param columns how columns of lists are named
 * @param looksUp whether name servers may be asked; absent: they may
 */
export type Check = (
  text: string,
  columns: readonly ChosenColumn[],
  looksUp?: boolean,
) => string | null | Promise<string | null>;

/** What an option needs beside it, or cannot be combined with. */
export interface Companions {
  /** Any of these options, one with a value (`scheme=http`), its ending (`report=*.csv`) or its beginning (`db=postgres*`), or `credentials`: those of the configuration file. */
  any: readonly string[];
  /** The message when none is set, after the option's name. */
  say: string;
  /** Weight in a file or the environment, which may hold the option for other runs: `fine` is silent. */
  elsewhere: 'mistake' | 'warning' | 'fine';
  /** Weight on the command line. Default `mistake`. */
  onFlag?: 'warning';
}

/**
 * One option of the command line, completely: flag, variable, key, JSON Schema, docs and the type of its value all come from its row.
 */
interface Row<Value = unknown> extends Omit<ConfigOption<Value>, 'name'> {
  group: 'Targets' | 'What to do' | 'How' | 'Pace' | 'Unified CM' | 'Connection' | 'Output' | 'Memory' | 'Options';
  /** Only for commands that may write. */
  writes?: true;
  /** Only at the command line: another program has its own way, or no use for it. */
  onlyTyped?: true;
  /** Does nothing without a profile, as nothing is written then. */
  needsProfile?: true;
  /**
   * Where a resume takes it from: `anew` from its own command line, environment and file; `both` adds these to the stored value. Absent:
   * from the store only; a resume refuses the option.
   */
  resume?: 'anew' | 'both';
  /** Names a file that a run reads or writes; no file may be both, or be written twice. */
  file?: 'read' | 'written';
  /** The path that a value stands for before the run is known. Absent: the value itself. */
  path?: (text: string) => string;
  /** Nobody else may see the file: it may not lie in a folder that is served. Absent: so for files that are written. */
  isPrivate?: true;
  /** Checks each value before anything is contacted. */
  check?: Check;
  /** Has no effect, or is impossible, without one of these. */
  needs?: Companions;
  /** Has no effect beside one of these. */
  idleBeside?: Companions;
  /** Why it has no effect with a profile; null where it has. `isSet` tells what else is set. */
  idleWith?: (profile: MigrationProfile, isSet: (name: string) => boolean) => Omit<Companions, 'any'> | null;
}

/** What to do about an option that needs a profile. */
export const nameOne = 'name one (fleet-migrate profiles list), or leave it out to only read';

/** The rows of a table by the names of their options. */
export type Rows = Readonly<Record<string, Row>>;

/** A row with its name. */
export interface OptionRow extends Row {
  name: string;
}

type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

/** The type of a row's value: a list where it may be given several times, null where it may be missing. */
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
