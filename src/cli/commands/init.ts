import { largest } from '../../core/lists/long-lists.ts'
import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { CALL } from '../../config/program-state.ts'
import { localDay, machineTimeZone, now } from '../../core/dates.ts'
import { configNames } from '../../config/site-root.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import { starter } from '../../scaffold/starter.ts'
import { writeNew } from '../../build/output/write-new.ts'
import { commonOptions, type Call, type Command, type Outcome } from '../arguments.ts'

export const command: Command = {
  help: `imprimatur init: writes a small site to begin with

  imprimatur init [DIR] [--format F]

Asks nothing. Writes a configuration and a handful of pages in two languages into DIR (default:
this folder), which build as they are, and says what each is for; and what git, npm and GitHub
want to know, where they are not told yet. In a folder that has a site nothing is written.

  --format F      text, or json for programs                     (default: text)
  --help          this text
`,
  options: { help: commonOptions.help, format: commonOptions.format },
  most: 1,
  completes: 'folder',
  run: init,
}

async function init({ positionals, cwd, env, version }: Call): Promise<Outcome> {
  const [dir = '.'] = positionals
  const folder = resolve(cwd, dir)
  const today = localDay(now(env))
  const all = starter({ today, timeZone: machineTimeZone(), name: basename(folder), version })
  const isThere = (path: string) => existsSync(join(folder, path))
  const used = whatIsUsed(
    [...all].filter(([, { isSurrounding }]) => !isSurrounding).map(([path]) => path),
    isThere,
  )
  if (used) return { diagnostics: [used] }
  const files = [...all].filter(([path, { isSurrounding }]) => !(isSurrounding && isThere(path)))
  const diagnostics = writeNew(new Map(files.map(([path, { text }]) => [path, text])), folder, {
    code: 'init/exists',
    hint: 'choose an empty folder',
  })
  if (diagnostics.length > 0) return { diagnostics }
  const wrote = files.map(([path, { purpose }]) => [path, purpose] as const)
  const left = [...all.keys()].filter(path => !files.some(([written]) => written === path))
  const hasScripts = !left.includes('package.json')
  const run = (script: string) => (hasScripts ? `npm run ${script}` : `${CALL} ${script}`)
  const next = [
    ...(dir === '.' ? [] : [[`cd ${/\s/.test(dir) ? JSON.stringify(dir) : dir}`, 'enters it'] as const]),
    ...(hasScripts ? [['npm install', 'installs the program for it'] as const] : []),
    [run('dev'), 'shows it while you write'],
    [`${CALL} new "A title"`, 'begins a post'],
    [run('build'), 'makes docs/, for any host that serves files'],
  ] as const
  const kept = left.length === 0 ? '' : `\nLeft as they are: ${left.join(', ')}\n`
  return {
    diagnostics,
    summary: `Wrote a site into ${folder}:\n${list(wrote)}\n${kept}\nThen:\n${list(next)}`,
  }
}

/** One sentence about a folder that has a site, however much of it is there. */
function whatIsUsed(paths: readonly string[], isThere: (path: string) => boolean): Diagnostic | undefined {
  const there = [...configNames, 'layouts', 'pages'].filter(isThere)
  const found = there.length > 0 ? there : paths.filter(isThere)
  if (found.length === 0) return undefined
  const what = new Intl.ListFormat('en', { type: 'conjunction' }).format(found.slice(0, 3))
  return diagnostic('init/exists', `There is a site in this folder: it has ${what}`, {
    hint: 'choose an empty folder, as in: imprimatur init my-site',
  })
}

function list(rows: readonly (readonly [name: string, meaning: string])[]): string {
  const width = largest(rows.map(([name]) => name.length))
  return rows.map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning}`).join('\n')
}
