import { diagnostic, suggestion } from '../../core/diagnostic.ts'
import { commonOptions, type Call, type Command, type Outcome } from '../arguments.ts'

const shells = ['bash', 'zsh', 'fish']

export const command: Command = {
  help: `imprimatur completions: what a shell completes, in commands, options and their values

  imprimatur completions bash|zsh|fish

Prints a script for the shell. It completes imprimatur where it is called by this name: from
node_modules/.bin, or installed for all folders.

  bash    in ~/.bashrc:  source <(imprimatur completions bash)
  zsh     imprimatur completions zsh > DIR/_imprimatur, for a DIR of your fpath
  fish    imprimatur completions fish > ~/.config/fish/completions/imprimatur.fish

  --help  this text
`,
  options: { help: commonOptions.help },
  most: 1,
  completes: shells,
  run,
}

async function run({ positionals: [shell], commands }: Call): Promise<Outcome> {
  if (shell === undefined || !shells.includes(shell)) {
    const hint = `${suggestion(shell ?? '', shells)}there are ${shells.join(', ')}`
    const message = shell === undefined ? 'SHELL is missing' : `There is no script for “${shell}”`
    return { diagnostics: [diagnostic('usage/argument', message, { hint })] }
  }
  const [{ shellCommands }, { everyRule }, { scripts }] = await Promise.all([
    import('../completions/shell-command.ts'),
    import('../../lint/rules/rules.ts'),
    import('../completions/scripts.ts'),
  ])
  const write = scripts[shell as keyof typeof scripts]
  const rules = everyRule.map(({ code }) => code).toSorted()
  return { diagnostics: [], output: write(shellCommands(await commands()), rules) }
}
