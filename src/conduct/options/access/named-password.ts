import { isAbsolute } from 'node:path';
import type { Origin, Settings, SettingsSources } from '../../../config/settings/merge.js';
import { readPasswordFile } from '../../../config/settings/password-file.js';
import { placed } from '../../../config/settings/where.js';

/** Where passwords are read from. */
export type SecretIo = Pick<SettingsSources, 'env' | 'readFile'>;

/** The two options that may name a password, and what they were given. */
export interface PasswordOptions {
  /** What it is called. Absent: a password. */
  what?: 'password' | 'token';
  env: { name: string; value: string | null };
  file: { name: string; value: string | null };
}

/** A password that an option names. */
export interface NamedPassword {
  password: string;
  /** Of the option that names it. */
  origin: Origin | undefined;
}

/**
 * The password that one of two options names: with both, the one from the stronger source.
 * @returns `null` where none is named, or it cannot be read: that is added to `problems`, which never repeat one
 */
export function readNamedPassword(
  { what = 'password', env, file }: PasswordOptions,
  { origin, where }: Pick<Settings, 'origin' | 'where'>,
  io: SecretIo,
  problems: string[],
): NamedPassword | null {
  const lead = strength(origin[env.name]) - strength(origin[file.name]);
  if (env.value !== null && file.value !== null && lead === 0) {
    problems.push(`--${env.name} and --${file.name} both name a ${what}; give one of them.`);
    return null;
  }
  const isOfEnv = env.value !== null && (file.value === null || lead > 0);
  const { name, value } = isOfEnv ? env : file;
  if (value === null) return null;
  const complain = (sentence: string): null => {
    problems.push(placed(name, where[name]?.[0], sentence));
    return null;
  };
  const password = isOfEnv
    ? fromEnvironment(name, value, io.env, complain)
    : fromFile(name, value, what, { readFile: io.readFile, origin: origin[name], complain });
  return password === null ? null : { password, origin: origin[name] };
}

/** Flag before environment before configuration file. */
export function strength(origin: Origin | undefined): number {
  return origin === 'flag' ? 2 : origin === 'env' ? 1 : 0;
}

type Complain = (sentence: string) => null;

function fromEnvironment(option: string, name: string, env: SecretIo['env'], complain: Complain): string | null {
  const password = env[name] ?? '';
  if (password !== '') return password;
  return complain(
    `--${option} ${name}: that environment variable is ${env[name] === '' ? 'empty' : 'not set'}; set it for this program.`,
  );
}

function fromFile(
  option: string,
  path: string,
  what: 'password' | 'token',
  { readFile, origin, complain }: Pick<SecretIo, 'readFile'> & { origin: Origin | undefined; complain: Complain },
): string | null {
  // A path from the configuration file is absolute already.
  const relativeTo = isAbsolute(path) || strength(origin) === 0 ? null : 'the working folder';
  const read = readPasswordFile({ path, relativeTo, what }, readFile);
  return 'problem' in read ? complain(`--${option} ${path} ${read.problem}.`) : read.password;
}
