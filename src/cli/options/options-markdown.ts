import { type OptionRow, optionTable } from './table.js';

/** The content of docs/options.md. */
export function optionsMarkdown(): string {
  const groups = [...new Set(optionTable.map(({ group }) => group))];
  const sections = groups.flatMap((group) => [
    `## ${group}`,
    [
      '| option | default | what it does |',
      '|---|---|---|',
      ...optionTable.filter((row) => row.group === group).map(line),
    ].join('\n'),
  ]);
  const origin =
    '<!-- Generated from src/cli/options/table.ts; a test fails when it is stale and says how to renew it. -->';
  const intro =
    'All options of `fleet-migrate migrate` (the default command). Those marked *migrate* are unknown to `fleet-migrate audit`, ' +
    'which never writes. Options marked *repeatable* may be given several times. Durations are written `500ms`, `30s`, `10m`, `2h`.';
  return `${[origin, '# Options', intro, ...sections].join('\n\n')}\n`;
}

function line(row: OptionRow): string {
  const values = row.choices?.join('\\|') ?? row.value?.replaceAll('|', '\\|');
  const option = `\`--${row.name}${values === undefined ? '' : ` ${values}`}\``;
  const fallback =
    row.default === undefined || row.default === false ? '' : row.default === true ? 'on' : `\`${row.default}\``;
  const marks = [row.many ? '*repeatable*' : '', row.writes ? '*migrate*' : ''].filter(Boolean).join(', ');
  return `| ${option} | ${fallback} | ${row.text.replaceAll('|', '\\|')}${marks === '' ? '' : ` (${marks})`} |`;
}
