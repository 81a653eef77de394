#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs'
import type { Command, Outcome } from './arguments.ts'
import type { Report } from './reporters/reporter.ts'

const help = `imprimatur: static sites, set as a typographer would

  imprimatur build            make the site: pages/ and layouts/ in, docs/ out
  imprimatur dev              write with it: the site on this machine, always as the sources are
  imprimatur build --check    say whether docs/ is in step with its sources
  imprimatur lint [PATH…]     find what is badly set; --fix sets it
  imprimatur rules [CODE]     the rules of the linter, or one of them explained
  imprimatur new "TITLE"      begin a post
  imprimatur init [DIR]       write a small site to begin with
  imprimatur keys COMMAND     fingerprints: check show add revoke sign compare log audit

  imprimatur COMMAND --help   everything that COMMAND can do
  imprimatur --version

A site is a folder with pages/ in it (Markdown, EJS, HTML, with front matter), layouts/ (EJS)
and imprimatur.config.ts, .mjs, .js or .json. Everything in the configuration has a default.

Exit code: 0 clean, 1 findings, 2 wrong usage or configuration.
`

/** Nothing is loaded that the call does not need. */
const commands: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  build: () => import('./commands/build.ts'),
  dev: () => import('./commands/dev.ts'),
  lint: () => import('./commands/lint.ts'),
  rules: () => import('./commands/rules.ts'),
  new: () => import('./commands/new.ts'),
  init: () => import('./commands/init.ts'),
  keys: () => import('./commands/keys/keys.ts'),
  'keys check': () => import('./commands/keys/check.ts'),
  'keys show': () => import('./commands/keys/show.ts'),
  'keys add': () => import('./commands/keys/add.ts'),
  'keys revoke': () => import('./commands/keys/revoke.ts'),
  'keys sign': () => import('./commands/keys/sign.ts'),
  'keys compare': () => import('./commands/keys/compare.ts'),
  'keys log': () => import('./commands/keys/log.ts'),
  'keys audit': () => import('./commands/keys/audit.ts'),
}

const reports: Readonly<Record<string, () => Promise<{ report: Report }>>> = {
  text: () => import('./reporters/text.ts'),
  json: () => import('./reporters/json.ts'),
  github: () => import('./reporters/github.ts'),
  sarif: () => import('./reporters/sarif.ts'),
  checkstyle: () => import('./reporters/checkstyle.ts'),
  junit: () => import('./reporters/junit.ts'),
}

async function main(args: readonly string[]): Promise<number> {
  const { name, rest } = splitCall(args)
  if (name === '--version' || name === '-v') return print(`${version()}\n`)
  if (name === 'help' && rest.length > 0) return main([...rest, '--help'])
  if (name === '--help' || name === '-h' || name === 'help') return print(help)
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load && name.startsWith('-')) {
    return refuse('usage/option', `There is no option ${name}`, name, ['--help', '--version'])
  }
  if (!load) return refuse('usage/command', `There is no command “${name}”`, name, topLevel)

  const [{ command }, { formatsOf, parseCall }] = await Promise.all([load(), import('./arguments.ts')])
  if (rest.includes('--help') || rest.includes('-h')) return print(command.help)
  const { value: call, diagnostics } = parseCall(command, rest)
  const formats = command.formats ?? Object.keys(reports)
  const targets = formatsOf(rest).map(readTarget)
  const unknown = targets.find(({ format }) => !formats.includes(format))
  const own = unknown !== undefined || command.formats !== undefined
  if (!call) return publish(own ? [{ format: 'text' }] : targets, { diagnostics })
  if (unknown) {
    return refuse('usage/option', `There is no format “${unknown.format}”`, unknown.format, formats)
  }
  const outcome = await command.run({
    ...call,
    cwd: process.cwd(),
    env: process.env,
    version: version(),
    screen: { isTerminal: process.stderr.isTTY === true, write: text => void process.stderr.write(text) },
    tell: async said => void (await publish(own ? [{ format: 'text' }] : targets, said)),
    interrupted,
  })
  return publish(own ? [{ format: 'text' }] : targets, outcome)
}

/** The first signal ends the call in peace; a second one finds nobody who listens, and ends the program. */
const interrupted = () =>
  new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })

/** Where a report goes: `sarif` to the terminal, `sarif=report.sarif` into a file. */
interface Target {
  readonly format: string
  readonly path?: string
}

function readTarget(text: string): Target {
  const [, format = text, path] = /^([^=]*)=(.+)$/.exec(text) ?? []
  return path === undefined ? { format } : { format, path }
}

/** A command is one word, or two where a family of commands has the first. */
function splitCall([first = '--help', ...others]: readonly string[]) {
  const [second, ...rest] = others
  const both = `${first} ${second}`
  return Object.hasOwn(commands, both) ? { name: both, rest } : { name: first, rest: others }
}

const topLevel = Object.keys(commands).filter(name => !name.includes(' '))

async function refuse(
  code: 'usage/command' | 'usage/option',
  message: string,
  name: string,
  known: readonly string[],
): Promise<number> {
  const { diagnostic, suggestion } = await import('../core/diagnostic.ts')
  const hint = `${suggestion(name, known)}there are ${known.join(', ')}`
  return publish([{ format: 'text' }], { diagnostics: [diagnostic(code, message, { hint })] })
}

async function publish(targets: readonly Target[], outcome: Outcome): Promise<number> {
  const code = exitCode(outcome)
  const { output } = outcome
  if (output !== undefined) process.stdout.write(output)
  for (const { format, path } of targets) {
    const { report } = await reports[format]!()
    const stream = output !== undefined || (code === 2 && format === 'text') ? process.stderr : process.stdout
    const colours = path === undefined && stream.isTTY === true && !process.env.NO_COLOR
    const text = report({ ...outcome, version: version() }, colours)
    if (path === undefined) print(text, stream)
    else writeFileSync(path, text)
  }
  return code
}

/** 0 clean, 1 findings, 2 wrong usage or configuration. */
function exitCode({ diagnostics, failed = false }: Outcome): number {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.some(({ code }) => /^(?:usage|config)\//.test(code))) return 2
  return errors.length > 0 || failed ? 1 : 0
}

function version(): string {
  const { version: v } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return v
}

function print(text: string, stream: NodeJS.WriteStream = process.stdout): number {
  stream.write(text)
  return 0
}

// A reader that has seen enough (`| head`) closes the pipe.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 2))

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const said = error instanceof Error ? error.stack : String(error)
  process.stderr.write(
    `imprimatur ${version()} failed, and it is not your fault. Please report this:\n\n${said}\n`,
  )
  process.exitCode = 2
}
