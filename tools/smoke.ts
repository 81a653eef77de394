/**
 * The real commands on every Node that the program is for, each in its own process: exit codes, and not one byte on standard
 * error. The npm package `node` brings those that this machine has not; they are kept in node_modules/.cache.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('..', import.meta.url))
const cli = join(repository, 'dist/cli/main.js')

/** The oldest that `engines` allows, the other supported lines, and the newest. */
const versions = ['20.19.0', '22', '24', '26']

/** Enough for worker threads. */
const MANY = 2600

class Failure extends Error {}

function nodeOf(version: string): string {
  const folder = join(repository, 'node_modules/.cache/smoke', version)
  const program = join(folder, 'node_modules/node/bin/node')
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true })
    const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder]
    const { status, stderr } = spawnSync('npm', [...args, `node@${version}`], { encoding: 'utf8' })
    if (status !== 0 || !existsSync(program))
      throw new Failure(`npm cannot install node@${version}:\n${stderr}`)
  }
  return program
}

interface Expected {
  readonly cwd: string
  readonly code?: number
  readonly input?: string
}

async function smoke(node: string): Promise<void> {
  const run = (args: readonly string[], { cwd, code = 0, input = '' }: Expected): string => {
    const { status, stdout, stderr } = spawnSync(node, args, {
      cwd,
      input,
      encoding: 'utf8',
      env: environment,
    })
    if (status !== code || stderr !== '') {
      throw new Failure(
        `${args.join(' ')}: exit ${status}, not ${code}\n${stdout}\nstandard error:\n${stderr}`,
      )
    }
    return stdout
  }
  const folder = mkdtempSync(join(tmpdir(), 'imprimatur-smoke-'))
  const site = join(folder, 'site')
  const imprimatur = (args: readonly string[], code = 0, input = '') =>
    run([cli, ...args], { cwd: existsSync(site) ? site : folder, code, input })
  try {
    imprimatur(['--version'])
    imprimatur(['--help'])
    imprimatur(['init', 'site'])
    imprimatur(['build'])
    imprimatur(['build', '--check'])
    imprimatur(['new', 'A title', '--draft'])
    imprimatur(['lint'])
    writeFileSync(join(site, 'pages/bad.md'), 'In a box - "so".\n')
    imprimatur(['lint'], 1)
    for (const format of ['json', 'github', 'sarif', 'checkstyle', 'junit'])
      imprimatur(['lint', '--format', format], 1)
    imprimatur(['lint', '--diff'], 1)
    imprimatur(['lint', '--stdin', '--fix'], 0, 'in a box')
    imprimatur(['lint', '--fix'])
    imprimatur(['rules'])
    imprimatur(['rules', 'common/nbsp/afterShortWord'])
    // This repository has a configuration in TypeScript, and signed keys.
    imprimatur(['keys', 'check', '--root', repository])
    imprimatur(['build', '--check', '--root', repository])
    for (let i = 0; i < MANY; i++) writeFileSync(join(site, `pages/p${i}.md`), `# ${i}\n`)
    imprimatur(['build'])
    run(['--input-type=module', '-e', library], { cwd: repository })
    await smokeDev(node, site)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a shell hands down may change an answer. */
const {
  NODE_OPTIONS: _options,
  NO_COLOR: _noColour,
  FORCE_COLOR: _colour,
  CI: _ci,
  ...environment
} = process.env

const library = `
import { fix, lint } from 'imprimatur'
const file = { path: 'a.md', text: 'in a box' }
const { value } = await fix(file, await lint([file]))
if (value.text !== 'in&nbsp;a&nbsp;box') throw new Error(value.text)
`

/** Serves a site, loads its first page, and ends as Ctrl-C does. */
async function smokeDev(node: string, site: string): Promise<void> {
  const child = spawn(node, [cli, 'dev', '--port', '0'], { cwd: site, env: environment })
  let stderr = ''
  let stdout = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<number | string | null>(resolve =>
    child.once('exit', (code, signal) => resolve(code ?? signal)),
  )
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const found = /(http:\/\/\S+\/) shows the site/.exec(stdout)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('exit', () => reject(new Failure(`dev has ended\n${stdout}\n${stderr}`)))
  })
  const { status } = await fetch(url)
  child.kill('SIGINT')
  const end = await ended
  if (status !== 200 || end !== 'SIGINT' || stderr !== '')
    throw new Failure(`dev: status ${status}, ended by ${end}\n${stderr}`)
}

try {
  // With --here, on the one that runs this alone: where others cannot be had, as on Windows.
  const programs = process.argv.includes('--here') ? [process.execPath] : versions.map(nodeOf)
  for (const program of programs) {
    await smoke(program)
    const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
    process.stdout.write(`Node ${stdout.trim()}: every command runs\n`)
  }
} catch (error) {
  if (!(error instanceof Failure)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
