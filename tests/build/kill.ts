import type { ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cli, ended, imprimatur, start } from '../program.ts'
import { bytesOf, clear, writeFiles, type Files } from '../tree.ts'

/** Two versions of one site: pages change, come and go, and a page becomes a folder. */
function version(name: 'old' | 'new', count: number): Files {
  const pages = Array.from({ length: count }, (_, i) => i).filter(i => i % 10 !== (name === 'old' ? 3 : 7))
  return {
    'layouts/default.ejs': `${name} <%- body %>`,
    [name === 'old' ? 'pages/changing.txt' : 'pages/changing.txt/index.md']: name,
    'pages/same.txt': 'both versions have it',
    ...Object.fromEntries(
      pages.map(i => [`pages/${i % 7}/p${i}.md`, `${i % 5 ? name : 'same'} ${'words '.repeat(i * 10)}`]),
    ),
  }
}

export interface Killed {
  /** Faults of what a killed build left, and of what the next one made of it; empty when there are none. */
  readonly wrong: readonly string[]
  /** Whether the build was killed after it had begun to change the site, and before it was done. */
  readonly midway: boolean
}

export interface Trial {
  /** Kills a build that replaces the old site, `share` (0 to 1) of its usual time after its start. */
  killAt(share: number): Promise<Killed>
  /** Kills it just before its `step`-th change to the file system, from 0. */
  killBefore(step: number): Promise<Killed>
  /** How many changes to the file system a build makes. */
  readonly steps: number
}

/** Kills its own process before a change to the file system, or counts the changes. */
const killer = `
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
const { KILL_BEFORE } = process.env
let step = 0
for (const name of ['writeFileSync', 'renameSync', 'unlinkSync', 'rmdirSync', 'rmSync', 'mkdirSync', 'linkSync', 'copyFileSync', 'appendFileSync']) {
  const change = fs[name]
  fs[name] = (...args) => {
    if (String(step++) === KILL_BEFORE) process.kill(process.pid, 'SIGKILL')
    return change(...args)
  }
}
syncBuiltinESMExports()
process.once('exit', () => KILL_BEFORE === undefined && fs.writeSync(2, String(step)))
`

/** Builds both versions of a site of so many pages once, in `folder`. */
export async function prepare(folder: string, pages: number): Promise<Trial> {
  const root = join(folder, 'site')
  const docs = join(root, 'docs')
  const writePages = (name: 'old' | 'new') => {
    clear(join(root, 'pages'))
    writeFiles(root, version(name, pages))
  }
  const build = async () => {
    const { code, stderr, stdout } = await imprimatur(['build'], { cwd: root })
    if (code !== 0) throw new Error(stderr || stdout)
    return bytesOf(docs)
  }
  const putBack = () => {
    clear(docs)
    cpSync(join(folder, 'old'), docs, { recursive: true })
  }
  const buildWithKiller = (env: Readonly<Record<string, string>>) =>
    start(process.execPath, ['--import', join(folder, 'killer.mjs'), cli, 'build'], { cwd: root, env })

  mkdirSync(root)
  writeFiles(folder, { 'killer.mjs': killer })
  writePages('old')
  const older = await build()
  cpSync(docs, join(folder, 'old'), { recursive: true })
  writePages('new')
  const newer = await build()
  putBack()
  // A process of its own, as those that are killed.
  const began = performance.now()
  const { stderr } = await ended(buildWithKiller({}))
  const usual = performance.now() - began

  async function examine(child: ChildProcess, instant: Promise<unknown>): Promise<Killed> {
    const end = ended(child)
    await Promise.race([end, instant])
    child.kill('SIGKILL')
    await end
    const left = bytesOf(docs)
    const wrong = findWrong(left, older, newer)
    const midway = !same(left, older) && !same(left, newer)
    if (!same(await build(), newer)) wrong.push('the next build does not complete the site')
    const rest = readdirSync(docs).filter(name => /^\.imprimatur-(?!files$)/.test(name))
    wrong.push(...rest.map(name => `${name} is left`))
    return { wrong, midway }
  }

  return {
    steps: Number(stderr),
    killAt(share) {
      putBack()
      return examine(start(process.execPath, [cli, 'build'], { cwd: root }), sleep(usual * share))
    },
    killBefore(step) {
      putBack()
      const child = buildWithKiller({ KILL_BEFORE: String(step) })
      return examine(child, new Promise(() => {}))
    },
  }
}

type Bytes = Readonly<Record<string, string>>

function findWrong(left: Bytes, older: Bytes, newer: Bytes): string[] {
  const wrong: string[] = []
  for (const [path, contents] of Object.entries(left)) {
    if (path.startsWith('.imprimatur-')) continue
    if (contents !== older[path] && contents !== newer[path]) wrong.push(`${path} is torn`)
  }
  for (const path of Object.keys(older)) {
    if (path in newer && !(path in left)) wrong.push(`${path} is missing`)
  }
  return wrong
}

const same = (a: Bytes, b: Bytes) =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([path, text]) => b[path] === text)
