import type { Candidates } from '../arguments.ts'
import {
  familiesOf,
  lastWord,
  levels,
  pageEndings,
  topLevel,
  type ShellCommand,
  type ShellOption,
} from './shell-command.ts'

/** A script for zsh, to be put into a folder of `fpath` as `_imprimatur`, or to be sourced. */
export function zshScript(commands: readonly ShellCommand[], rules: readonly string[]): string {
  const families = familiesOf(commands)
  return `#compdef imprimatur
# Completions of imprimatur for zsh.

_imprimatur() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  if ((CURRENT == 2)); then
    commands=(
${topLevel(commands).map(describe).join('\n')}
    )
    _describe -t commands command commands
    _arguments '--help[the commands]' '--version[the version]'
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${[...families]
  .map(
    ([family, members]) => `    ${family})
      if ((CURRENT == 2)); then
        commands=(
${members.map(describe).join('\n')}
        )
        _describe -t commands 'command of ${family}' commands
        return
      fi
      command="${family} $words[2]"
      shift words
      ((CURRENT--))
      ;;`,
  )
  .join('\n')}
  esac
  case $command in
${commands.map(caseOf).join('\n')}
  esac
}

_imprimatur_pages() {
  _files -g '*.(${pageEndings.join('|')})'
}

_imprimatur_rules() {
  local -a rules
  rules=(${rules.map(quote).join(' ')})
  compadd "$@" -a rules
}

_imprimatur_rule_levels() {
  if compset -P '*='; then
    compadd ${levels.join(' ')}
  else
    _imprimatur_rules -S = -q
  fi
}

_imprimatur_revisions() {
  local -a revisions
  revisions=(\${(f)"$(git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2> /dev/null)"})
  compadd -a revisions
}

if [ "$funcstack[1]" = _imprimatur ]; then
  _imprimatur "$@"
else
  compdef _imprimatur imprimatur
fi
`
}

const describe = ({ name, title }: ShellCommand) =>
  `      ${quote(`${lastWord(name)}:${title.replaceAll(':', String.raw`\:`)}`)}`

function caseOf({ name, options, argument, hasMore }: ShellCommand): string {
  const specs = options.map(specOf)
  const positional =
    argument === undefined
      ? []
      : [`${quote(`${hasMore ? '*' : '1'}:${wordFor(argument)}:${action(argument)}`)}`]
  return `    ${quote(name)})
      _arguments -S : \\
        ${[...specs, ...positional].join(' \\\n        ')}
      ;;`
}

function specOf({ name, text, isMultiple, value, candidates }: ShellOption): string {
  const shown = text.replace(/[[\]\\:]/g, String.raw`\$&`)
  const many = isMultiple ? '*' : ''
  if (value === undefined) return quote(`${many}--${name}[${shown}]`)
  return quote(`${many}--${name}=[${shown}]:${value.replaceAll(':', String.raw`\:`)}:${action(candidates)}`)
}

function action(candidates: Candidates | undefined): string {
  if (candidates === undefined) return ' '
  if (typeof candidates !== 'string')
    return `(${candidates.map(each => each.replaceAll(':', String.raw`\:`)).join(' ')})`
  const actions = {
    folder: '_files -/',
    file: '_files',
    page: '_imprimatur_pages',
    rule: '_imprimatur_rules',
    'rule level': '_imprimatur_rule_levels',
    revision: '_imprimatur_revisions',
  } as const
  return actions[candidates]
}

const wordFor = (candidates: Candidates) => (typeof candidates === 'string' ? candidates : 'argument')

const quote = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`
