import { callablePaths, type OfferedCommand, type OfferedOption, quoted, type Takes } from './takes.js';

/** The script for zsh: a function for a folder of $fpath, or to be sourced after compinit. */
export function zshScript(commands: readonly OfferedCommand[]): string {
  return `#compdef fleet-migrate
# zsh completion for fleet-migrate, made by: fleet-migrate completion zsh
_fleet_migrate_runs() {
  local -a ids=($(fleet-migrate completion runs $store 2>/dev/null))
  (( $# )) && ids+=($1)
  compadd -V runs -a ids
}

_fleet_migrate_words_or_files() { compadd -- $=1; _files }

_fleet_migrate_list() { compset -P '*,'; compadd -- $=1 }

_fleet_migrate() {
  local called='' word
  integer at
  # of the store that the line names
  local -a store
  for ((at = 2; at < CURRENT; at++)); do
    word=\${(Q)words[at]}
    case $word in
      (--db|--config) word+="=\${(Q)words[at+1]}" ;|
      (--db*|--config*) store+=("\${word/=\\~\\//=$HOME/}") ;;
      (--no-config) store+=($word) ;;
    esac
  done
  for ((at = 2; at < CURRENT; at++)); do
    word=$words[at]
    case "\${called:+$called }$word" in
      (${callablePaths(commands).map(quoted).join('|')}) called="\${called:+$called }$word" ;;
      (*) break ;;
    esac
  done
  words=("$words[1]" "\${(@)words[at,-1]}")
  (( CURRENT -= at - 2 ))
  local -a specs
  case $called in
${commands.map((command) => `    (${quoted(command.path.join(' '))}) specs=(\n${specs(command)}\n    ) ;;`).join('\n')}
  esac
  _arguments -s -S $specs
}

if [[ $funcstack[1] == _fleet_migrate ]]; then _fleet_migrate "$@"; else compdef _fleet_migrate fleet-migrate; fi
`;
}

function specs({ options, commands, positionals }: OfferedCommand): string {
  const below = commands.map(({ name, text }) => `${name}\\:"${plain(text)}"`).join(' ');
  return [
    ...options.map(optionSpec),
    ...(commands.length > 0 ? [`1:command:((${below}))`] : []),
    ...positionals.map((takes, at) => `${takes.isMany ? '*' : String(at + 1)}:${takes.name}:${action(takes)}`),
  ]
    .map((spec) => `      ${quotedSpec(spec)}`)
    .join('\n');
}

function optionSpec({ flag, text, isMany, takes }: OfferedOption): string {
  const value = takes === null ? '' : `:value:${action(takes)}`;
  const equals = takes !== null && flag.startsWith('--') ? '=' : '';
  return `${isMany ? '*' : ''}${flag}${equals}[${plain(text)}]${value}`;
}

function action({ words, paths, runs, isList }: Takes): string {
  if (isList) return ` _fleet_migrate_list "${words.join(' ')}"`;
  // With a blank before it, it gets only its own words.
  if (runs) return ` _fleet_migrate_runs ${words.join(' ')}`.trimEnd();
  if (paths === 'folders') return '_files -/';
  if (paths === 'files') return words.length > 0 ? ` _fleet_migrate_words_or_files "${words.join(' ')}"` : '_files';
  return words.length > 0 ? `(${words.join(' ')})` : ' ';
}

/** Without what has a meaning in a spec. */
function plain(text: string): string {
  return text
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replaceAll('"', '')
    .replace(/[$`\\]/g, '')
    .replaceAll(':', '\\:');
}

/** Single quotes with the backslashes that a spec needs. */
function quotedSpec(spec: string): string {
  return `'${spec.replaceAll("'", '’')}'`;
}
