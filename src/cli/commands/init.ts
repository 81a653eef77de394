import { resolve } from 'node:path'
import { CALL } from '../../config/program-state.ts'
import { localDay, machineTimeZone, now } from '../../core/dates.ts'
import { starter } from '../../scaffold/starter.ts'
import { writeNew } from '../../build/output/write-new.ts'
import { commonOptions, type Call, type Command, type Outcome } from '../arguments.ts'

export const command: Command = {
  help: `imprimatur init: writes a small site to begin with

  imprimatur init [DIR] [--format F]

Asks nothing. Writes a configuration, two layouts and a handful of pages into DIR (default:
this folder), which builds as it is, and says what each file is for. A file that is there
already is never overwritten: it is named, and nothing is written.

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
  const files = starter(localDay(now(env)), machineTimeZone())
  const texts = new Map([...files].map(([path, { text }]) => [path, text]))
  const diagnostics = writeNew(texts, folder, {
    code: 'init/exists',
    hint: 'choose an empty folder, or move the file away',
  })
  if (diagnostics.length > 0) return { diagnostics }
  const wrote = [...files].map(([path, { purpose }]) => [path, purpose] as const)
  const next = [
    ...(dir === '.' ? [] : [[`cd ${dir}`, 'enters it'] as const]),
    [`${CALL} dev`, 'shows it while you write'],
    [`${CALL} new "A title"`, 'begins a post'],
    [`${CALL} build`, 'makes docs/, for any host that serves files'],
  ] as const
  return { diagnostics, summary: `Wrote a site into ${folder}:\n${list(wrote)}\n\nThen:\n${list(next)}` }
}

function list(rows: readonly (readonly [name: string, meaning: string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning}`).join('\n')
}
