import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { posts } from './corpus.ts'
import { cli } from './imprimatur.ts'
import { measureStarts, rounds, type Round } from './measurement.ts'
import { textlint } from './peers/textlint.ts'
import { measured, outputOf, type Command } from './process.ts'
import { userTable, speedTable, startTable } from './table.ts'

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))
const prettier = join(modules, 'prettier/bin/prettier.cjs')

/** Findings are no failure. */
const tolerant = (command: Command): Command => ['sh', '-c', '"$@" || [ $? -eq 1 ]', 'sh', ...command]

/** Measures the linter beside others in `folder`, and gives the results in Markdown, part by part. */
export async function* measureLint(folder: string, round: Round): AsyncGenerator<string> {
  yield `## Lint\n\n${await coldRuns(folder, round)}`
  yield proseSpeed(folder, round)
  yield warmRuns(folder, round)
}

/** All Markdown that is installed, from nothing: the whole process. */
async function coldRuns(folder: string, { runs, progress }: Round): Promise<string> {
  const documents = join(folder, 'documents')
  const bytes = copyMarkdown(documents)
  const peer = await textlint(folder, tolerant)
  const programs: readonly (readonly [string, Command])[] = [
    ['imprimatur lint', [process.execPath, cli, 'lint', '--no-cache', 'documents']],
    ['textlint, one rule', [...peer, 'documents/**/*.md']],
    ['prettier --check', [process.execPath, prettier, '--check', 'documents']],
  ]
  const usages = await rounds(programs, runs, ([name, command], round) => {
    progress(`lint, cold, run ${round} of ${runs}: ${name}`)
    return measured(tolerant(command), folder, join(folder, 'usage'))
  })
  const title = `${(bytes / 1e6).toFixed(1)} MB of Markdown`
  return userTable(
    title,
    programs.map(([name], at) => [name, usages[at] ?? []]),
  )
}

function copyMarkdown(target: string): number {
  let bytes = 0
  for (const path of readdirSync(modules, { recursive: true, encoding: 'utf8' })) {
    if (!/\.md$/i.test(path) || path.startsWith('.')) continue
    mkdirSync(target, { recursive: true })
    const copy = join(target, path.replaceAll(/[/\\]/g, '+').replace(/md$/i, 'md'))
    cpSync(join(modules, path), copy)
    bytes += readFileSync(copy).length
  }
  return bytes
}

/** Runs in a process of its own, on what was compiled: nothing but prose that nobody has set, 30 bytes to a finding. */
const speedometer = `
import { readFileSync } from 'node:fs'
const [folder, dist] = process.argv.slice(1)
const { lintSource } = await import(dist + '/lint/lint.js')
const { createParser } = await import(dist + '/document/markdown.js')
const parser = createParser()
const settings = { noBreakSpace: 'entity', rules: {} }
const speeds = {}
for (const lang of ['en', 'ru']) {
  const texts = JSON.parse(readFileSync(folder + '/' + lang + '.json', 'utf8'))
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const work = {
    lint: text => lintSource({ path: 'page.md', text }, { ...settings, lang }),
    parse: text => parser.parse(text, {}),
  }
  speeds[lang] = { lint: [], parse: [] }
  for (let round = 0; round < 12; round++) {
    for (const name of ['lint', 'parse']) {
      const start = process.cpuUsage()
      for (const text of texts) work[name](text)
      if (round > 1) speeds[lang][name].push(bytes / process.cpuUsage(start).user)
    }
  }
}
console.log(JSON.stringify(speeds))
`

async function proseSpeed(folder: string, { progress }: Round): Promise<string> {
  for (const lang of ['en', 'ru']) {
    const texts = posts(600).filter(post => post.lang === lang)
    writeFileSync(join(folder, `${lang}.json`), JSON.stringify(texts.map(({ body }) => body)))
  }
  progress('lint, prose in one process')
  const dist = fileURLToPath(new URL('../../dist', import.meta.url))
  const output = await outputOf([process.execPath, '--input-type=module', '-e', speedometer, folder, dist])
  const { en, ru } = JSON.parse(output) as Readonly<Record<string, Record<'lint' | 'parse', number[]>>>
  return speedTable([
    ['English, linted', en?.lint ?? [], en?.parse ?? []],
    ['English, parsed by markdown-it', en?.parse ?? [], en?.parse ?? []],
    ['Russian, linted', ru?.lint ?? [], ru?.parse ?? []],
    ['Russian, parsed by markdown-it', ru?.parse ?? [], ru?.parse ?? []],
  ])
}

const many = 10_000

/** Pages that are well set: what an author's every run after the first has to do. */
async function warmRuns(folder: string, { runs, progress }: Round): Promise<string> {
  progress(`lint, ${many} pages: setting them`)
  const site = join(folder, 'many')
  mkdirSync(site)
  for (const { slug, lang, body } of posts(many))
    writeFileSync(join(site, `${slug}.md`), `---\nlang: ${lang}\n---\n\n${body}`)
  const lint: Command = [process.execPath, cli, 'lint', '--root', folder]
  const one = join(site, 'post-00000.md')
  await outputOf(tolerant([...lint, '--fix', '--quiet', '--rule', 'imprimatur/unbalanced-quote=off', site]))
  const rest: Command = [...lint, '--rule', 'imprimatur/unbalanced-quote=off']
  await outputOf([...rest, site])
  const commands: readonly (readonly [string, Command])[] = [
    ['node -e 0', [process.execPath, '-e', '0']],
    ['imprimatur lint page.md', [...rest, '--no-cache', one]],
    [`imprimatur lint, ${many.toLocaleString('en')} pages, cached`, [...rest, site]],
  ]
  progress('lint, starts')
  const seconds = await measureStarts(
    commands.map(([, command]) => command),
    Math.max(runs, 9),
  )
  return startTable(commands.map(([name], at) => [name, seconds[at] ?? []]))
}
