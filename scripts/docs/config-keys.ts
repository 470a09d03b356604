import { byGroup, type ConfigOption, configKey, environmentVariable } from '../../src/config/settings/option.js';

const begin = '<!-- keys: made from the option table by `npm run docs` -->';
const end = '<!-- end of keys -->';

/** The tables of all keys for docs/configuration.md, one for each group of options. */
function configKeysMarkdown(options: readonly ConfigOption[]): string {
  return byGroup(options)
    .map(([group, rows]) =>
      [`### ${group}`, '', '| key | option, variable | value | |', '|---|---|---|---|', ...rows.map(tableRow), ''].join(
        '\n',
      ),
    )
    .join('\n');
}

/** A page with its tables of keys, between the two marks, regenerated. @throws RangeError without the marks */
export function withConfigKeys(page: string, options: readonly ConfigOption[]): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new RangeError('the page has no marks for the tables of keys');
  return `${page.slice(0, from)}${begin}\n\n${configKeysMarkdown(options)}\n${page.slice(to)}`;
}

function tableRow(option: ConfigOption): string {
  const { name, default: standard, many, text } = option;
  const defaultText = standard === undefined ? '' : ` (default: \`${String(standard)}\`)`;
  const cells = [
    `\`${configKey(name)}\``,
    `\`--${name}\`, \`${environmentVariable(name)}\``,
    `${valueText(option)}${many ? ', or a list' : ''}`,
    `${text}${defaultText}`,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function valueText({ form: { type, choices, value } }: ConfigOption): string {
  if (type === 'boolean') return '`true` or `false`';
  if (choices) return choices.map((choice) => `\`${choice}\``).join(', ');
  return value ?? (type === 'number' ? 'N' : 'TEXT');
}
