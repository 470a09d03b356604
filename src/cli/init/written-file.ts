import { stringify } from 'yaml';
import { wrap } from '../../report/plain-text.js';
import { configKey, type Scalar } from '../../config/settings/option.js';
import { listRows, type OptionRow } from '../../conduct/options/row.js';
import { answerRows, type Answers } from './init-rows.js';

/** Options of which each kind of run has its own; what is not asked for is not shown either. */
const ofUcm = /^ucm/;

/** The configuration file with these answers, and how what was left open would be written. */
export function writtenFile(answers: Answers, path: string): string {
  const by: Readonly<Record<string, readonly string[] | undefined>> = answers;
  const isMove = answers.profile !== undefined;
  const entries = listRows(answerRows).flatMap((row) => {
    const values = by[row.name];
    if (values !== undefined) return [entry(row, values)];
    const isIdle = ofUcm.test(row.name) || row.name === 'authorization-rule' || (!isMove && isOfMove(row));
    return isIdle ? [] : [left(row)];
  });
  return [
    '# Settings of fleet-migrate; every key is explained in docs/configuration.md. Check changes with',
    `#   fleet-migrate config check ${path}`,
    ...(isMove
      ? []
      : ['#', '# No profile is named: phones are read and reported, and nothing is ever written to one.']),
    '',
    ...entries,
  ].join('\n');
}

/** Whether it does nothing without a profile. */
function isOfMove({ needsProfile, needs }: OptionRow): boolean {
  return needsProfile === true || needs?.any.includes('profile') === true;
}

function entry(row: OptionRow, values: readonly string[]): string {
  const scalars = row.form.type === 'number' ? values.map(Number) : values;
  const [first = '', ...more] = scalars;
  return `${comment(row)}${keyLine(row, more.length > 0 ? scalars : first)}`;
}

/** An option that was left open: as it would be written, and switched off. */
function left(row: OptionRow): string {
  const { name, form } = row;
  const example =
    form.example ?? { inventory: 'phones.csv', report: 'report.json', profile: 'mpp-to-enterprise' }[name];
  const value = form.type === 'number' ? Number(example) : (example ?? '/etc/fleet-migrate/password');
  return `${comment(row)}# ${keyLine(row, value)}`;
}

/** One line, however long, but for lists. */
function keyLine({ name }: OptionRow, value: Scalar | readonly Scalar[]): string {
  return stringify({ [configKey(name)]: value }, { singleQuote: true, lineWidth: 0 });
}

function comment({ text }: OptionRow): string {
  return wrap(`${text}.`, 116)
    .map((line) => `# ${line}\n`)
    .join('');
}
