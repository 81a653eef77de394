import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { outputOf, type Command } from '../process.ts'
import { BenchError } from '../program.ts'
import { installed } from './installation.ts'

const versions = { textlint: '15.8.0', 'textlint-rule-apostrophe': '2.0.0' }

/** textlint with one rule that ours compare with, set up in `folder`. Throws when it would find nothing, and be fast. */
export async function textlint(folder: string, tolerant: (command: Command) => Command): Promise<Command> {
  const modules = await installed('textlint', versions)
  const [config, trial] = [join(folder, '.textlintrc.json'), join(folder, 'trial.md')]
  writeFileSync(config, JSON.stringify({ rules: { apostrophe: true } }))
  writeFileSync(trial, "It's so.\n")
  const program = join(modules, 'textlint/bin/textlint.js')
  const command: Command = [process.execPath, program, '--config', config, '--rules-base-directory', modules]
  const output = await outputOf(tolerant([...command, trial]))
  if (!output.includes('apostrophe')) throw new BenchError(`textlint does not lint:\n${output}`)
  return command
}
