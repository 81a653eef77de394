import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { changes as edits, env, site, write } from '../build/edits.ts'
import { copyProgram, type ProgramCopy } from '../build/program-copy.ts'
import { folderWith } from '../folder.ts'
import { build, cli, ended, imprimatur, start, type JsonReport } from '../program.ts'
import { SEED } from '../seed.ts'
import { bytesOf, clear } from '../tree.ts'

/*
 * Histories of a site, each a seed: whatever may happen to its sources, its output, its caches and its builds, step by step; after each
 * the site is what a build from nothing makes elsewhere, byte for byte, with the same diagnostics and the same exit code.
 *
 *     STEPS=10000 SEED=7 npx vitest run tests/siege/histories.test.ts
 */
const STEPS = Number(process.env.STEPS ?? 15)
/** Steps of one site, before the next begins. */
const LONGEST = 60
const isRoot = process.getuid?.() === 0

interface Place {
  readonly cwd: string
  /** A number from 0, below `below`. */
  dice(below: number): number
  /** Another site’s caches, of other sources and another key. */
  readonly others: string
  readonly program: ProgramCopy
}

const isSource = (name: string) => !['docs', 'node_modules', '.git'].includes(name)
const pages = (cwd: string) =>
  readdirSync(join(cwd, 'pages'), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.md') && lstatSync(join(cwd, 'pages', path)).isFile())
    .toSorted()

const modulesOf = (cwd: string) => readdirSync(cwd).filter(name => /^values\d\.mjs$/.test(name))

const pick = <T>({ dice }: Pick<Place, 'dice'>, list: readonly T[]): T | undefined =>
  list[dice(Math.max(1, list.length))]

function git(cwd: string, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main']
  try {
    execFileSync('git', [...identity, ...args], { cwd, stdio: 'ignore' })
  } catch {} // nothing to commit, or to put back
}

const CACHE = 'node_modules/.cache/imprimatur'

const kill = async (cwd: string, after: number) => {
  const child = start(process.execPath, [cli, 'build'], { cwd, env })
  const end = ended(child)
  await Promise.race([end, sleep(after)])
  child.kill('SIGKILL')
  await end
}

/** What the edits of a site’s own files do not do. */
const events: Readonly<Record<string, (place: Place) => unknown>> = {
  'two pages are swapped, with their times': place => {
    const [one, other] = [pick(place, pages(place.cwd)), pick(place, pages(place.cwd))]
    if (one === undefined || other === undefined || one === other) return
    const at = (path: string) => join(place.cwd, 'pages', path)
    renameSync(at(one), at('swap'))
    renameSync(at(other), at(one))
    renameSync(at('swap'), at(other))
  },
  'a page is replaced by a copy of another, with its times': place => {
    const [one, other] = [pick(place, pages(place.cwd)), pick(place, pages(place.cwd))]
    if (one === undefined || other === undefined || one === other) return
    cpSync(join(place.cwd, 'pages', one), join(place.cwd, 'pages', other), { preserveTimestamps: true })
  },
  'all times are from the future': ({ cwd }) => {
    for (const path of pages(cwd)) utimesSync(join(cwd, 'pages', path), 4e9, 4e9)
  },
  'everything is committed': ({ cwd }) => {
    if (!existsSync(join(cwd, '.git'))) git(cwd, 'init', '-q')
    write(cwd, '.gitignore', 'node_modules\ndocs\n')
    git(cwd, 'add', '-A')
    git(cwd, 'commit', '-qm', 'All')
  },
  'the commit before is checked out': ({ cwd }) => git(cwd, 'checkout', '-qf', 'HEAD~1'),
  'main is checked out': ({ cwd }) => git(cwd, 'checkout', '-qf', 'main'),
  'changes are stashed': ({ cwd }) => git(cwd, 'stash', '-uq'),
  'and come back': ({ cwd }) => git(cwd, 'stash', 'pop', '-q'),
  'a page is a link': place => {
    const target = pick(place, pages(place.cwd))
    clear(join(place.cwd, 'pages/linked.md'))
    if (target !== undefined) symlinkSync(target, join(place.cwd, 'pages/linked.md'))
  },
  'a folder is a link': ({ cwd }) => {
    if (!existsSync(join(cwd, 'aside'))) write(cwd, 'aside/inner.md', 'Inner.\n')
    clear(join(cwd, 'pages/aside'))
    symlinkSync('../aside', join(cwd, 'pages/aside'))
  },
  'what it leads to changes': ({ cwd, dice }) => write(cwd, 'aside/inner.md', `Inner ${dice(9)}.\n`),
  'links go': ({ cwd }) => {
    for (const name of ['linked.md', 'aside']) clear(join(cwd, 'pages', name))
  },
  'the configuration is a module with another': ({ cwd, dice }) => {
    const n = dice(9)
    clear(join(cwd, 'imprimatur.config.json'))
    if (!existsSync(join(cwd, `values${n}.mjs`)))
      write(cwd, `values${n}.mjs`, `export const title = 'T${n}'\n`)
    write(
      cwd,
      'imprimatur.config.ts',
      `import { title } from './values${n}.mjs'\nexport default { site: { title, url: 'https://again.example.org' } }\n`,
    )
  },
  'what modules export changes': ({ cwd, dice }) => {
    for (const name of modulesOf(cwd)) write(cwd, name, `export const title = 'T${dice(9)}'\n`)
  },
  'it has a function': ({ cwd, dice }) => {
    clear(join(cwd, 'imprimatur.config.json'))
    write(
      cwd,
      'imprimatur.config.ts',
      `export default { site: { title: 'F', url: 'https://again.example.org', f: () => ${dice(9)} } }\n`,
    )
  },
  'it is JSON again': ({ cwd }) => {
    clear(join(cwd, 'imprimatur.config.ts'))
    write(cwd, 'imprimatur.config.json', site['imprimatur.config.json'] as string)
  },
  'the caches are those of another site': ({ cwd, others }) => {
    clear(join(cwd, CACHE))
    cpSync(join(others, CACHE), join(cwd, CACHE), { recursive: true, preserveTimestamps: true })
  },
  'the caches are put by': ({ cwd }) => {
    clear(join(cwd, 'node_modules/by'))
    if (existsSync(join(cwd, CACHE)))
      cpSync(join(cwd, CACHE), join(cwd, 'node_modules/by'), { recursive: true, preserveTimestamps: true })
  },
  'and come back later': ({ cwd }) => {
    if (!existsSync(join(cwd, 'node_modules/by'))) return
    clear(join(cwd, CACHE))
    cpSync(join(cwd, 'node_modules/by'), join(cwd, CACHE), { recursive: true, preserveTimestamps: true })
  },
  'a cache is cut short': ({ cwd, dice }) => {
    const file = join(cwd, CACHE, dice(2) === 0 ? 'build.bin' : 'build-files.bin')
    if (existsSync(file)) writeFileSync(file, readFileSync(file).subarray(0, dice(statSync(file).size + 1)))
  },
  'the output is another commit’s': ({ cwd }) => {
    const by = join(cwd, 'node_modules/docs')
    if (existsSync(by)) {
      clear(join(cwd, 'docs'))
      cpSync(by, join(cwd, 'docs'), { recursive: true, preserveTimestamps: true })
    } else if (existsSync(join(cwd, 'docs'))) {
      cpSync(join(cwd, 'docs'), by, { recursive: true, preserveTimestamps: true })
    }
  },
  'a build is killed': ({ cwd, dice }) => kill(cwd, 150 + dice(500)),
  'two builds at once': ({ cwd }) =>
    Promise.all([0, 1].map(() => ended(start(process.execPath, [cli, 'build'], { cwd, env })))),
  'two builds at once, of which one is killed': ({ cwd, dice }) =>
    Promise.all([ended(start(process.execPath, [cli, 'build'], { cwd, env })), kill(cwd, 150 + dice(500))]),
  'another version of a package builds': async ({ cwd, dice, program }) => {
    program.update(dice(3))
    await program.run(['build'], cwd, env)
    program.restore()
  },
  'rights are revoked': async ({ cwd, dice }) => {
    if (!isRoot || !existsSync(join(cwd, 'docs'))) return
    const other = { cwd, env, uid: 65534 }
    const revoked = pick({ dice }, ['docs', 'docs/posts', 'pages/alone.md', 'node_modules', 'layouts'])!
    if (!existsSync(join(cwd, revoked))) return
    for (const folder of [join(cwd, '..'), cwd]) chmodSync(folder, 0o755)
    const owner = (id: number, ...paths: readonly string[]) =>
      execFileSync('chown', ['-hR', `${id}:${id}`, ...paths.map(path => join(cwd, path))])
    owner(65534, '.')
    owner(0, revoked)
    const mode = statSync(join(cwd, revoked)).mode & 0o7777
    chmodSync(join(cwd, revoked), dice(2) === 0 ? 0o700 : 0o755)
    const before = bytesOf(join(cwd, 'docs'))
    const { code, stdout, stderr } = await ended(
      start(process.execPath, [cli, 'build', '--format', 'json'], other),
    )
    expect(stdout + stderr).not.toContain('not your fault')
    if (code !== 0) expect(bytesOf(join(cwd, 'docs'))).toEqual(before)
    chmodSync(join(cwd, revoked), mode)
    owner(0, '.')
  },
  'the disk is full': async ({ cwd }) => {
    if (!isRoot || !existsSync(join(cwd, 'docs'))) return
    const docs = join(cwd, 'docs')
    const by = join(cwd, 'node_modules/full')
    renameSync(docs, by)
    mkdirSync(docs)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', docs])
    try {
      cpSync(by, docs, { recursive: true, preserveTimestamps: true })
      const before = bytesOf(docs)
      execFileSync('bash', ['-c', 'cat /dev/zero > ballast 2> /dev/null || true'], { cwd: docs })
      const { code, report } = await build({ cwd, env })
      clear(join(docs, 'ballast'))
      if (code === 1 && report.diagnostics.some(({ hint }) => hint?.includes('the site is as it was')))
        expect(bytesOf(docs)).toEqual(before)
    } finally {
      execFileSync('umount', ['-l', docs])
      clear(docs)
      renameSync(by, docs)
    }
  },
}

const open: string[] = []
afterEach(() => {
  for (const folder of open.splice(0)) clear(folder)
})

/** Some edits are of files that an event has taken away. */
function applied(edit: () => void): void {
  try {
    edit()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/** What an author does when a build is refused: who writes it as JSON takes the other away, who takes an address gives it back. */
const mendings = [
  'nothing takes it any more',
  'the page comes back',
  'it comes back',
  'and leaves that',
  'it goes again',
  'it shows it no more',
  'links go',
  'it is JSON again',
]

/** What modules of a site were when they were first imported here: Node keeps them, for as long as a process runs. */
const imported = new Map<string, string>()

/** A run of the program as JSON; in a process of its own where this one remembers another module. */
async function run(cwd: string, ...command: readonly string[]): Promise<Pick<Ran, 'code' | 'report'>> {
  const isKept = modulesOf(cwd).every(name => {
    const file = join(cwd, name)
    const text = readFileSync(file, 'utf8')
    if (!imported.has(file)) imported.set(file, text)
    return imported.get(file) === text
  })
  const args = [...command, '--format', 'json']
  const where = { cwd, env }
  const { code, stdout, stderr } =
    isKept || !existsSync(join(cwd, 'imprimatur.config.ts'))
      ? await imprimatur(args, where)
      : await ended(start(process.execPath, [cli, ...args], where))
  return { code, report: JSON.parse(stdout || stderr) as JsonReport }
}

type Ran = Awaited<ReturnType<typeof build>>

/** The sources alone, in a folder where nothing was ever built. */
function copyOf(cwd: string): string {
  const copy = folderWith()
  for (const name of readdirSync(cwd).filter(isSource))
    cpSync(join(cwd, name), join(copy, name), { recursive: true, verbatimSymlinks: true })
  return copy
}

interface Walked {
  readonly compared: number
  readonly history: readonly string[]
  readonly difference?: unknown
}

async function live(seed: number, steps: number, others: string, program: ProgramCopy): Promise<Walked> {
  const rolled = fc.sample(fc.nat(), { seed, numRuns: steps * 30 })
  let roll = 0
  const dice = (below: number) => (rolled[roll++ % rolled.length] ?? 0) % below
  const cwd = folderWith(site)
  open.push(cwd)
  const place = { cwd, dice, others, program }
  const names = [...Object.keys(edits), ...Object.keys(events)]
  const history: string[] = []
  let compared = 0
  await run(cwd, 'build')
  let refused = false
  for (let i = 0; i < steps; i++) {
    const name = pick(place, refused && dice(2) === 0 ? mendings : names)!
    history.push(name)
    const edit = edits[name]
    if (edit) applied(() => edit(cwd, 1 + dice(5)))
    else await events[name]!(place)
    // There may be one configuration only.
    if (edit && /configuration|typography is mended/.test(name)) clear(join(cwd, 'imprimatur.config.ts'))
    const copy = copyOf(cwd)
    const results = []
    for (const folder of [cwd, copy]) {
      const { code, report } = await run(folder, 'build')
      const files = code === 0 ? bytesOf(join(folder, 'docs')) : {}
      const linted = i % 3 === 0 && (await run(folder, 'lint'))
      results.push({ code, diagnostics: report.diagnostics, files, linted })
    }
    clear(copy)
    const [again, afresh] = results
    if (JSON.stringify(again) !== JSON.stringify(afresh))
      return { compared, history, difference: differing(again, afresh) }
    refused = again?.code !== 0
    if (refused) continue
    compared++
    // A build that is done is in step: whatever `--check` says, its remedy is another one.
    if (i % 10 === 9 && (await run(cwd, 'build', '--check')).code !== 0)
      return { compared, history, difference: '--check is not content with what a build has made' }
  }
  clear(cwd)
  return { compared, history }
}

/** What two values do not have in common, where it stands. */
function differing(one: unknown, other: unknown, at = ''): readonly unknown[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return []
  const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null
  if (!isObject(one) || !isObject(other)) return [{ at, again: one, afresh: other }]
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].flatMap(name => differing(one[name], other[name], `${at}/${name}`)).slice(0, 5)
}

const descriptors = () => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0)

test(
  `${STEPS} steps from seed ${SEED}: a site is always what a build from nothing makes, and linted alike`,
  async () => {
    const others = folderWith({ ...site, 'pages/posts/p1.md': 'Of another site.\n' })
    await build({ cwd: others, env })
    const program = copyProgram()
    let [done, compared] = [0, 0]
    let first: { readonly open: number; readonly memory: number } | undefined
    for (let seed = SEED; done < STEPS; seed++) {
      const walked = await live(seed, Math.min(LONGEST, STEPS - done), others, program)
      expect({ seed, difference: walked.difference, history: walked.difference && walked.history }).toEqual({
        seed,
      })
      done += walked.history.length
      compared += walked.compared
      first ??= { open: descriptors(), memory: process.memoryUsage().rss }
      if (done % 600 < LONGEST && STEPS > 100)
        process.stdout.write(
          `${done} steps, ${compared} compared, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB, ${descriptors()} open\n`,
        )
    }
    // Of a few steps, most may be refused.
    expect(compared).toBeGreaterThan(STEPS < 100 ? 0 : STEPS / 5)
    expect(descriptors()).toBeLessThanOrEqual(first!.open + 10)
    // All sites are the same size: what grows with their number is a leak.
    expect(process.memoryUsage().rss / first!.memory).toBeLessThan(STEPS > 100 ? 2.5 : 4)
  },
  120_000 + STEPS * 10_000,
)
