import type { Candidates } from '../arguments.ts'
import {
  familiesOf,
  levels,
  pageEndings,
  topLevel,
  type ShellCommand,
  type ShellOption,
} from './shell-command.ts'

/** A script for fish, to be put into ~/.config/fish/completions/imprimatur.fish. */
export function fishScript(commands: readonly ShellCommand[], rules: readonly string[]): string {
  const families = [...familiesOf(commands).keys()]
  const lines = [
    ...topLevel(commands).map(({ name, title }) =>
      offer('__imprimatur_needs', `-a ${name} -d ${quote(title)}`),
    ),
    offer('__imprimatur_needs', `-l help -d ${quote('the commands')}`),
    offer('__imprimatur_needs', `-l version -d ${quote('the version')}`),
    ...commands.flatMap(command => linesOf(command, families)),
  ]
  return `# Completions of imprimatur for fish.

# The command that is being written, in one word or two; nothing before it is whole.
function __imprimatur_command
    set -l words (commandline -opc)
    set -e words[1]
    set -q words[1]; or return
    switch $words[1]
        case ${families.join(' ')}
            string join ' ' -- $words[1..2]
        case '*'
            echo $words[1]
    end
end

function __imprimatur_needs
    test -z "$(__imprimatur_command | string collect)"
end

function __imprimatur_in
    test "$(__imprimatur_command | string collect)" = "$argv[1]"
end

function __imprimatur_pages
    set -l written (string replace -r '^--[^=]+=' '' -- (commandline -ct))
    for path in $written*
        if test -d $path
            echo $path/
        else
            string match -r '.*\\.(?:${pageEndings.join('|')})$' -- $path
        end
    end
end

function __imprimatur_rules
    printf '%s\\n' ${rules.map(quote).join(' ')}
end

function __imprimatur_rule_levels
    for rule in (__imprimatur_rules)
        printf '%s\\n' $rule={${levels.join(',')}}
    end
end

function __imprimatur_revisions
    git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null
end

complete -c imprimatur -f
${lines.join('\n')}
`
}

const offer = (condition: string, what: string) => `complete -c imprimatur -n ${quote(condition)} ${what}`

function linesOf(
  { name, title, options, argument }: ShellCommand,
  families: readonly string[],
): readonly string[] {
  const [family = '', member] = name.split(' ')
  const within = `__imprimatur_in ${name.includes(' ') ? `"${name}"` : name}`
  return [
    ...(member === undefined ? [] : [offer(`__imprimatur_in ${family}`, `-a ${member} -d ${quote(title)}`)]),
    ...(families.includes(name)
      ? [offer(within, `-l help -d ${quote('this text')}`)]
      : options.map(option => offer(within, optionOf(option)))),
    ...(argument === undefined ? [] : [offer(within, candidatesOf(argument))]),
  ]
}

const optionOf = ({ name, text, value, candidates }: ShellOption) =>
  [`-l ${name}`, ...(value === undefined ? [] : ['-x', candidatesOf(candidates)]), `-d ${quote(text)}`]
    .filter(Boolean)
    .join(' ')

function candidatesOf(candidates: Candidates | undefined): string {
  if (candidates === undefined) return ''
  if (typeof candidates !== 'string') return `-a ${quote(candidates.join(' '))}`
  const functions = {
    folder: '__fish_complete_directories',
    file: '__fish_complete_path',
    page: '__imprimatur_pages',
    rule: '__imprimatur_rules',
    'rule level': '__imprimatur_rule_levels',
    revision: '__imprimatur_revisions',
  } as const
  return `-a ${quote(`(${functions[candidates]})`)}`
}

const quote = (text: string) => `'${text.replace(/[\\']/g, String.raw`\$&`)}'`
