import { migrationProfile } from '../../config/profiles/as-shipped.js';
import { listMigrationProfiles } from '../../config/profiles/migration-profile.js';
import { refusal } from '../../config/settings/read-value.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { areTargets } from '../../fleet/unified-cm/of-run.js';
import { movesThroughUcm } from '../../domain/plan/target.js';
import { shown } from '../../domain/text/printable.js';
import { isUsageError } from '../../domain/text/usage-error.js';
import type { OptionRow } from '../../conduct/options/row.js';
import { twoColumns, wrap } from '../../report/plain-text.js';
import { meantBy } from '../terminal/meant-as-target.js';
import { type AnswerName, answerRows, type Answers } from './init-rows.js';
import type { Terminal } from './terminal-questions.js';

/** Reads one answer: what it sets, or a sentence why it cannot be taken. */
type Reader = (text: string) => Answers | string | Promise<Answers | string>;

/** Asks for everything that was not given as an option. @throws LeftEarly */
export async function askFor(given: Answers, terminal: Terminal): Promise<Answers> {
  const answers: Answers = { ...given };
  const isGiven = (...names: readonly AnswerName[]): boolean => names.some((name) => answers[name] !== undefined);
  const ask = async (question: string, read: Reader, names: readonly AnswerName[]): Promise<void> => {
    if (!isGiven(...names)) Object.assign(answers, await answered(question, read, terminal));
  };
  if (!isGiven('profile'))
    terminal.say(
      `\nProfiles:\n${twoColumns(
        listMigrationProfiles().map(({ name, description }) => [name, description]),
        terminal.room(),
      )
        .map((line) => `${line}\n`)
        .join('')}`,
    );
  await ask('Profile to move phones with (empty: only audit, nothing is ever written): ', profileNamed, ['profile']);
  const profile = answers.profile?.[0] === undefined ? null : await migrationProfile(answers.profile[0]);
  const throughUcm = profile !== null && movesThroughUcm(profile);
  if (throughUcm || isGiven('ucm')) {
    await ask("Unified CM's publisher, such as cucm.example.com: ", oneOf('ucm'), ['ucm']);
    await ask('User of Unified CM that asks: ', oneOf('ucm-username'), ['ucm-username']);
    await ask('Name of the environment variable with its password: ', oneOf('ucm-password-env'), ['ucm-password-env']);
  }
  const bringsPhones = isGiven('ucm') && areTargets(profile);
  await ask(
    `Where the phones are: subnets, addresses, ranges, lists${bringsPhones ? ' (empty: all phones of Unified CM)' : ''}: `,
    targetsIn(bringsPhones),
    ['subnet', 'target', 'inventory'],
  );
  if (profile !== null && wants(profile, '{files}') && !throughUcm)
    await ask('File server with firmware and licenses, such as http://10.0.0.5:6970: ', oneOf('files'), ['files']);
  if (profile?.goal === 'authorize' && profile.authorizationRule === null)
    await ask(
      'Where phones fetch their license, such as http://10.0.0.5:6970/$MAU.lic: ',
      oneOf('authorization-rule'),
      ['authorization-rule'],
    );
  await ask(
    'Password of the admin pages: the name of an environment variable, or a file that holds it (empty: none): ',
    passwordPlace,
    ['password-env', 'password-file'],
  );
  await ask('Phones contacted at once (empty: 64): ', oneOf('concurrency', true), ['concurrency']);
  if (profile !== null)
    await ask('Hours in which phones may restart, such as Mon-Fri 22:00-05:00 (empty: any): ', oneOf('window', true), [
      'window',
    ]);
  await ask('File for the report, .json or .csv (empty: only the terminal): ', oneOf('report', true), ['report']);
  return answers;
}

/** Asks until the answer can be taken, each time with the sentence that the option itself would give. */
async function answered(question: string, read: Reader, terminal: Terminal): Promise<Answers> {
  for (;;) {
    const result = await read((await terminal.ask(question)).trim());
    if (typeof result !== 'string') return result;
    terminal.say(`${wrap(result, terminal.room()).join('\n')}\n`);
  }
}

const oneOf =
  (name: AnswerName, mayBeEmpty = false): Reader =>
  async (text) => {
    if (text === '') return mayBeEmpty ? {} : `This cannot be left out; ctrl-C leaves without writing anything.`;
    return (await problemOf(name, text)) ?? { [name]: [text] };
  };

/** What the option of this name has against a value; null where it takes it. */
async function problemOf(name: AnswerName, text: string): Promise<string | null> {
  const row: OptionRow = { name, ...answerRows[name] };
  return refusal(row, text) ?? (await row.check?.(text, [])) ?? null;
}

const profileNamed: Reader = async (text) => {
  if (text === '') return {};
  try {
    await migrationProfile(text);
    return { profile: [text] };
  } catch (error) {
    if (isUsageError(error)) return error.message;
    throw error;
  }
};

const targetsIn =
  (mayBeEmpty: boolean): Reader =>
  async (text) => {
    const words = text.split(/[,\s]+/).filter((word) => word !== '');
    if (words.length === 0) return mayBeEmpty ? {} : 'Name at least one subnet, address or list, such as 10.0.0.0/24.';
    const found: Record<string, string[]> = {};
    for (const word of words) {
      const { option: written = '--target', value = word } = meantBy(word) ?? {};
      const option = written.slice(2);
      if (option !== 'subnet' && option !== 'inventory' && option !== 'target')
        return `${shown(word)} is no list of phones; name a subnet, an address, a range, or a file with phones.`;
      const problem = await problemOf(option, value);
      if (problem !== null) return problem;
      (found[option] ??= []).push(value);
    }
    return found;
  };

/** A text with a slash or a dot is a file; no name of a variable has one. */
const passwordPlace: Reader = async (text) => {
  if (text === '') return {};
  const name = /[./\\]/.test(text) ? 'password-file' : 'password-env';
  return (await problemOf(name, text)) ?? { [name]: [text] };
};

function wants({ upgradeRule, authorizationRule }: MigrationProfile, variable: string): boolean {
  return [upgradeRule, authorizationRule].some((rule) => rule?.includes(variable));
}
