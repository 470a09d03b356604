import { callablePaths, type OfferedCommand, quoted, type Takes } from './takes.js';

/** The script for fish. */
export function fishScript(commands: readonly OfferedCommand[]): string {
  return `# fish completion for fleet-migrate, made by: fleet-migrate completion fish
function __fleet_migrate_called
    set -l called
    for word in (commandline -opc)[2..-1]
        switch "$called $word"
            case ${callablePaths(commands)
              .map((path) => quoted(` ${path}`))
              .join(' ')}
                set called "$called $word"
            case '*'
                break
        end
    end
    string trim -- "$called"
end

function __fleet_migrate_is
    contains -- (__fleet_migrate_called) $argv
end

# of the store that the line names
function __fleet_migrate_runs
    set -l store
    set -l words (commandline -opc)
    for at in (seq (count $words))
        set -l next (math $at + 1)
        switch $words[$at]
            case --db --config
                set -q words[$next]; and set -a store $words[$at]=$words[$next]
            case '--db=*' '--config=*' --no-config
                set -a store $words[$at]
        end
    end
    fleet-migrate completion runs (string replace '=~/' =$HOME/ -- $store) 2>/dev/null
end

function __fleet_migrate_list
    set -l first (string replace -r '^--[^=]*=' '' -- (commandline -ct) | string match -r '^.*,')
    printf '%s\\n' "$first"$argv
end

complete -c fleet-migrate -e
complete -c fleet-migrate -f
${lines(commands).join('\n')}
`;
}

function lines(commands: readonly OfferedCommand[]): string[] {
  const paths = new Map<string, string[]>();
  const add = (line: string, path: readonly string[]): void => {
    paths.set(line, [...(paths.get(line) ?? []), quoted(path.join(' '))]);
  };
  for (const { path, commands: below, options, positionals } of commands) {
    for (const { name, text } of below) add(`-a ${name} -d ${quoted(text)}`, path);
    for (const { flag, text, takes } of options) add(`${named(flag)} ${value(takes)}-d ${quoted(text)}`, path);
    for (const takes of positionals) for (const line of words(takes)) add(line, path);
  }
  return [...paths].map(([line, at]) => `complete -c fleet-migrate -n "__fleet_migrate_is ${at.join(' ')}" ${line}`);
}

function named(flag: string): string {
  return flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`;
}

const ofRuns = '(__fleet_migrate_runs)';
const ofFolders = '(__fish_complete_directories)';

function value(takes: Takes | null): string {
  if (takes === null) return '';
  const { words: known, paths, runs, isList } = takes;
  const all = [
    ...(isList ? [`(__fleet_migrate_list ${known.join(' ')})`] : known),
    ...(runs ? [ofRuns] : []),
    ...(paths === 'folders' ? [ofFolders] : []),
  ].join(' ');
  return `-r ${paths === 'files' ? '-F' : '-f'} ${all === '' ? '' : `-a ${quoted(all)} `}`;
}

function words({ words: known, paths, runs }: Takes): string[] {
  const all = [...known, ...(runs ? [ofRuns] : []), ...(paths === 'folders' ? [ofFolders] : [])].join(' ');
  return [...(all === '' ? [] : [`-a ${quoted(all)}`]), ...(paths === 'files' ? ['-F'] : [])];
}
