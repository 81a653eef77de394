import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { readHelp } from '../../src/cli/completions/help-text.ts'
import { help, loadCommands } from '../../src/cli/program.ts'
import { namespaces } from '../../src/xmpp/pep.ts'
import { folderWith } from '../folder.ts'
import { cli, execute, imprimatur } from '../program.ts'

const commands = Object.entries(await loadCommands())

describe('the help of each command is what shells and the manual are made of', () => {
  test('the program’s own names every command', () => {
    expect(readHelp(help).title).toMatch(/^static sites/)
    for (const [name] of commands)
      expect([name, help]).toEqual([name, expect.stringContaining(name.split(' ')[0]!)])
  })

  test.each(commands)('%s explains its options, and no others', (name, command) => {
    const { blocks } = readHelp(command.help)
    const explained = blocks.flatMap(block => (block.kind === 'options' ? block.options : []))
    const wanted = name === 'keys' ? [] : Object.keys(command.options)
    expect(explained.map(option => option.name).toSorted()).toEqual(wanted.toSorted())
    for (const { name: option, value, text } of explained) {
      expect([option, text]).toEqual([option, expect.stringMatching(/\w{3}/)])
      expect([option, value !== undefined]).toEqual([option, command.options[option]?.type === 'string'])
    }
  })

  test('what is offered for --namespace is what there is', () => {
    const { options } = Object.fromEntries(commands)['keys audit']!
    expect(options.namespace?.completes).toEqual(namespaces)
  })
})

const scripts: Record<string, string> = {}
let site = ''

beforeAll(async () => {
  site = folderWith({ 'pages/a.md': '', 'pages/b.txt': '', 'pages/posts/c d.md': '', 'x.yaml': '' })
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout, stderr } = await imprimatur(['completions', shell], { cwd: site })
    expect([code, stderr]).toEqual([0, ''])
    scripts[shell] = stdout
  }
})

test.each([
  [[], 'SHELL is missing'],
  [['tcsh'], 'bash, zsh, fish'],
  [['fihs'], 'did you mean “fish”'],
])('completions %j is told what there is', async (args, told) => {
  const { code, stderr } = await imprimatur(['completions', ...args], { cwd: site })
  expect([code, stderr]).toEqual([2, expect.stringContaining(told)])
})

/** What each shell offers for what is typed, as a set of words; asked of the shell itself. */
const shells = {
  /** As readline calls it: with the line, the cursor, and the words as bash breaks them. */
  async bash(typed: string): Promise<readonly string[]> {
    const words = typed
      .split(/\s+|(?<=[=:])|(?=[=:])/)
      .filter((word, at, all) => word !== '' || at === all.length - 1)
    const harness = `source "$1"
COMP_LINE=$2; COMP_POINT=\${#2}; shift 2
COMP_WORDS=("$@"); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_imprimatur imprimatur
((\${#COMPREPLY[@]})) && printf '%s\\n' "\${COMPREPLY[@]}"; exit 0`
    return answers('bash', ['--noprofile', '--norc', '-c', harness, 'bash', file('bash'), typed, ...words])
  },
  /** An interactive one in a pseudo-terminal, in which a key is pressed; what its completion system is given is written down. */
  async zsh(typed: string): Promise<readonly string[]> {
    const setup = `PROMPT=; fpath=("$FOLDER" $fpath); autoload -Uz compinit; compinit -u -D
compadd() {
  if [[ " $* " == *' -'[OAD]' '* ]]; then builtin compadd "$@"; return; fi
  local -a found; builtin compadd -A found "$@"
  (($#found)) && print -rl -- $found >> "$ANSWERS"
  builtin compadd "$@"
}
finish() { print -r -- END >> "$ANSWERS" }
comppostfuncs=(finish); LISTMAX=10000; bindkey '^I' complete-word
print -r -- READY >> "$ANSWERS"
`
    const folder = folderWith({ _imprimatur: scripts.zsh!, setup })
    const harness = `zmodload zsh/zpty
export ANSWERS="$1/answers" FOLDER="$1"
: > "$ANSWERS"
zpty z zsh -f -i
zpty -w z "source $1/setup"
until grep -q READY "$ANSWERS"; do zpty -rt z _ 2> /dev/null || sleep 0.05; done
zpty -n -w z "$2"$'\\t'
until grep -q END "$ANSWERS"; do zpty -rt z _ 2> /dev/null || sleep 0.05; done
zpty -d z
grep -vE '^(READY|END)$' "$ANSWERS"; exit 0`
    return answers('timeout', ['60', 'zsh', '-f', '-c', harness, 'zsh', folder, typed])
  },
  async fish(typed: string): Promise<readonly string[]> {
    const script = `source ${file('fish')}; complete -C ${JSON.stringify(typed)}`
    return (await answers('fish', ['--no-config', '-c', script])).map(line => line.split('\t')[0]!)
  },
}

const file = (shell: string) => join(folderWith({ script: scripts[shell]! }), 'script')

async function answers(program: string, args: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await execute(program, args, { cwd: site })
  expect([code, stderr]).toEqual([0, ''])
  return stdout.split('\n').filter(Boolean)
}

describe.each(Object.entries(shells))('%s', (shell, complete) => {
  test('finds nothing wrong with its script', async () => {
    const { code, stderr } = await execute(shell, ['-n', file(shell)], { cwd: site })
    expect([code, stderr]).toEqual([0, ''])
  })

  const contains = (words: readonly string[]) =>
    expect.arrayContaining(words.map(word => expect.stringContaining(word)))

  test.each<[string, readonly string[]]>([
    ['imprimatur bu', ['build']],
    ['imprimatur keys s', ['show', 'sign']],
    ['imprimatur build --ty', ['--typography']],
    ['imprimatur build --typography ', ['off', 'warn', 'error', 'fix']],
    ['imprimatur build --typography=f', ['fix']],
    ['imprimatur build --format=ja', []],
    ['imprimatur lint --format s', ['sarif']],
    ['imprimatur lint --rule ru/dash/ma', ['ru/dash/main']],
    ['imprimatur lint --rule=ru/dash/main=o', ['off']],
    ['imprimatur rules imprimatur/fr', ['imprimatur/front-matter']],
    ['imprimatur lint pages/', ['a.md']],
    ['imprimatur keys audit --namespace urn:x', ['mpp:omemo:2']],
    ['imprimatur planet ', ['fetch']],
    ['imprimatur completions ', ['bash', 'zsh', 'fish']],
    ['imprimatur lint --lang en', ['en', 'en-GB']],
    ['imprimatur keys sign --k', ['--key']],
  ])('%s', async (typed, wanted) => {
    const offered = await complete(typed)
    expect(offered).toEqual(contains(wanted))
    expect(offered.length === 0).toBe(wanted.length === 0)
  })

  test('offers every command, none of another command’s options, and no page that is none', async () => {
    const first = await complete('imprimatur ')
    for (const [name] of commands) expect(first).toContain(name.split(' ')[0])
    expect(await complete('imprimatur rules --')).not.toContain('--fix')
    expect((await complete('imprimatur lint pages/')).filter(path => path.endsWith('.txt'))).toEqual([])
  })
})

test('the script for bash is understood by the oldest that it is for: nothing of it is newer than 3.2', () => {
  expect(scripts.bash).not.toMatch(
    /\bmapfile\b|\breadarray\b|\$\{\w+\[-\d|\bdeclare -A\b|\$\{\w+(?:,,|\^\^)|\|&|&>>/,
  )
})

test('the program is named as it is installed', () => {
  expect(readFileSync(join(dirname(cli), '../../package.json'), 'utf8')).toContain(
    '"imprimatur": "dist/cli/main.js"',
  )
})
