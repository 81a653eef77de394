import type { Candidates } from '../arguments.ts'
import { familiesOf, lastWord, levels, pageEndings, topLevel, type ShellCommand } from './shell-command.ts'

/** A script for bash from 3.2 on, which macOS has; it needs no bash-completion. */
export function bashScript(commands: readonly ShellCommand[], rules: readonly string[]): string {
  const families = familiesOf(commands)
  const names = (of: readonly ShellCommand[]) => of.map(({ name }) => lastWord(name)).join(' ')
  return `# Completions of imprimatur for bash.
_imprimatur() {
  local line=\${COMP_LINE:0:COMP_POINT}
  local -a words
  read -ra words <<< "$line"
  case $line in *[[:space:]]) words+=('') ;; esac
  local count=\${#words[@]}
  local current=\${words[count-1]} previous=\${words[count-2]}
  COMPREPLY=()

  if ((count <= 2)); then
    _imprimatur_words '${names(topLevel(commands))} help --help --version'
    return
  fi
  local command=\${words[1]}
  case $command in
${[...families]
  .map(
    ([family, members]) => `    ${family})
      if ((count == 3)); then
        _imprimatur_words '${names(members)} --help'
        return
      fi
      command="${family} \${words[2]}" ;;`,
  )
  .join('\n')}
  esac

  local option=
  case $current in
    --*=*) option=\${current%%=*} current=\${current#*=} ;;
    *) case $previous in --*=*) ;; --*) option=$previous ;; esac ;;
  esac
  case "$command $option" in
${commands
  .flatMap(({ name, options }) =>
    options
      .filter(({ value }) => value !== undefined)
      .map(option => `    '${name} --${option.name}') ${offer(option.candidates)}; return ;;`),
  )
  .join('\n')}
  esac

  case $current in
    -*)
      case $command in
${commands
  .map(
    ({ name, options }) =>
      `        '${name}') _imprimatur_words '${options.map(option => `--${option.name}`).join(' ')}' ;;`,
  )
  .join('\n')}
      esac ;;
    *)
      case $command in
${commands
  .filter(({ argument }) => argument !== undefined)
  .map(({ name, argument }) => `        '${name}') ${offer(argument)} ;;`)
  .join('\n')}
      esac ;;
  esac
}

# What bash will not put in place of is what stands before the last sign at which it breaks words, such as = or :.
_imprimatur_reply() {
  local whole=\${words[count-1]} last=\${COMP_WORDS[COMP_CWORD]}
  case $last in = | :) last= ;; esac
  local kept=\${whole%"$last"} answer
  local before=\${kept#*"\${whole%"$current"}"}
  [[ $whole == "$current" ]] && before=$kept
  while IFS= read -r answer; do
    COMPREPLY+=("\${answer#"$before"}")
  done
}

_imprimatur_words() {
  _imprimatur_reply < <(compgen -W "$1" -- "$current")
}

_imprimatur_paths() {
  type compopt &> /dev/null && compopt -o filenames 2> /dev/null
  _imprimatur_reply < <(compgen -d -- "$current")
  case $1 in
    file) _imprimatur_reply < <(compgen -f -- "$current" | while IFS= read -r path; do [[ -d $path ]] || printf '%s\\n' "$path"; done) ;;
    page) _imprimatur_reply < <(compgen -f -- "$current" | grep -E '\\.(${pageEndings.join('|')})$') ;;
  esac
}

_imprimatur_rules() {
  _imprimatur_words '${rules.join(' ')}'
}

_imprimatur_rule_levels() {
  case $current in
    *=*) _imprimatur_words "\${current%%=*}=${levels[0]} \${current%%=*}=${levels[1]} \${current%%=*}=${levels[2]}" ;;
    *)
      type compopt &> /dev/null && compopt -o nospace 2> /dev/null
      _imprimatur_reply < <(compgen -S = -W '${rules.join(' ')}' -- "$current") ;;
  esac
}

_imprimatur_revisions() {
  _imprimatur_words "$(git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2> /dev/null)"
}

complete -F _imprimatur imprimatur
`
}

function offer(candidates: Candidates | undefined): string {
  if (candidates === undefined) return ':'
  if (typeof candidates !== 'string') return `_imprimatur_words '${candidates.join(' ')}'`
  const functions = { rule: 'rules', 'rule level': 'rule_levels', revision: 'revisions' } as const
  return candidates === 'folder' || candidates === 'file' || candidates === 'page'
    ? `_imprimatur_paths ${candidates}`
    : `_imprimatur_${functions[candidates]}`
}
