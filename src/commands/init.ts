import { resolve } from 'node:path'
import { today } from '../site/date.ts'
import { starter } from '../site/starter.ts'
import { writeNew } from '../site/write.ts'
import { commonOptions, type Call, type Command, type Outcome } from './command.ts'

export const command: Command = {
  help: `imprimatur init: writes a small site to begin with

  imprimatur init [DIR] [--format F]

Asks nothing. Writes a configuration, two layouts and a handful of pages into DIR (default:
this folder), which builds as it is. A file that is there already is never overwritten:
it is named, and nothing is written.

  --format F      text, or json for programs                     (default: text)
  --help          this text
`,
  options: { help: commonOptions.help, format: commonOptions.format },
  most: 1,
  run: init,
}

async function init({ positionals, cwd, env }: Call): Promise<Outcome> {
  const [dir = '.'] = positionals
  const folder = resolve(cwd, dir)
  const files = starter(today(env))
  const diagnostics = writeNew(files, folder)
  if (diagnostics.length > 0) return { diagnostics }
  const wrote = [...files.keys()].map(path => `  ${path}`).join('\n')
  const enter = dir === '.' ? '' : `cd ${dir} && `
  return {
    diagnostics,
    summary: `Wrote a site into ${folder}:\n${wrote}\n\nSay what it is called in imprimatur.config.mjs, write in pages/, then:\n  ${enter}npx imprimatur build`,
  }
}
