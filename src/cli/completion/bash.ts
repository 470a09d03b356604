import { callablePaths, type OfferedCommand, type Takes } from './takes.js';

/** The script for bash, 3.2 (macOS) and later. */
export function bashScript(commands: readonly OfferedCommand[]): string {
  return `# bash completion for fleet-migrate, made by: fleet-migrate completion bash
_fleet_migrate_offer() {
  # words, then what paths: none, files, folders; run ids: yes or no; several words with commas: yes or no
  local IFS=$' \\t\\n' first=''
  if [[ $4 == yes && $cur == *,* ]]; then first=\${cur%,*},; fi
  COMPREPLY=($(compgen -P "$first" -W "$1" -- "\${cur##*,}"))
  if [[ $3 == yes ]]; then COMPREPLY+=($(compgen -W "$(_fleet_migrate_runs)" -- "$cur")); fi
  IFS=$'\\n'
  case $2 in
    files) COMPREPLY+=($(compgen -f -- "$cur")) ;;
    folders) COMPREPLY+=($(compgen -d -- "$cur")) ;;
    *) return ;;
  esac
  compopt -o filenames 2>/dev/null
}

_fleet_migrate_runs() {
  # of the store that the line names
  local at word store=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    case \${COMP_WORDS[at]} in
      --no-config) store+=(--no-config) ;;
      --db | --config)
        word=\${COMP_WORDS[at+1]}
        if [[ $word == = ]]; then word=\${COMP_WORDS[at+2]}; fi
        word=\${word//[\\"\\'\\\\]/}
        if [[ $word == '~/'* ]]; then word=$HOME/\${word#??}; fi
        store+=("\${COMP_WORDS[at]}=$word")
        ;;
    esac
  done
  fleet-migrate completion runs "\${store[@]}" 2>/dev/null
}

_fleet_migrate() {
  local cur=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} path='' word at=1 given=0
  COMPREPLY=()
  # bash takes --output=json for three words.
  if [[ $cur == = ]]; then cur=''
  elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  while ((at < COMP_CWORD)); do
    word=\${COMP_WORDS[at]}
    case "\${path:+$path }$word" in
      ${patterns(callablePaths(commands))}) path="\${path:+$path }$word" ;;
      *) break ;;
    esac
    ((at++))
  done
  case "$path:$before" in
${values(commands)}
  esac
  if [[ $cur == -* ]]; then
    case $path in
${commands.map(({ path, options }) => `      '${path.join(' ')}') _fleet_migrate_offer '${options.map(({ flag }) => flag).join(' ')}' ;;`).join('\n')}
    esac
    return
  fi
  for ((; at < COMP_CWORD; at++)); do
    case \${COMP_WORDS[at]} in
      ${patterns(flagsWithValues(commands))})
        if [[ \${COMP_WORDS[at+1]} == = ]]; then ((at++)); fi
        ((at++))
        ;;
      -*) ;;
      *) ((given++)) ;;
    esac
  done
  case "$path:$given" in
${words(commands)}
  esac
}
complete -F _fleet_migrate fleet-migrate
`;
}

function flagsWithValues(commands: readonly OfferedCommand[]): string[] {
  return [
    ...new Set(commands.flatMap(({ options }) => options.flatMap(({ flag, takes }) => (takes === null ? [] : [flag])))),
  ];
}

const patterns = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join('|');

const offer = ({ words, paths, runs, isList }: Takes): string =>
  `_fleet_migrate_offer '${words.join(' ')}' ${paths} ${runs ? 'yes' : 'no'} ${isList ? 'yes' : 'no'}`;

/** After an option that takes a value, only that: several options that take the same are one case. */
function values(commands: readonly OfferedCommand[]): string {
  const byOffer = new Map<string, string[]>();
  for (const { path, options } of commands)
    for (const { flag, takes } of options)
      if (takes !== null)
        byOffer.set(offer(takes), [...(byOffer.get(offer(takes)) ?? []), `${path.join(' ')}:${flag}`]);
  return [...byOffer].map(([line, at]) => `    ${patterns(at)}) ${line}; return ;;`).join('\n');
}

function words(commands: readonly OfferedCommand[]): string {
  return commands
    .flatMap(({ path, commands: below, positionals }) => [
      ...(below.length > 0
        ? [`    '${path.join(' ')}':*) _fleet_migrate_offer '${below.map(({ name }) => name).join(' ')}' ;;`]
        : []),
      ...positionals.map(
        (takes, at) => `    '${path.join(' ')}':${takes.isMany ? '*' : String(at)}) ${offer(takes)} ;;`,
      ),
    ])
    .join('\n');
}
