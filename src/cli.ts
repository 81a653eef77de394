#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import type { Command, Outcome } from './commands/command.ts'
import type { Diagnostic } from './model.ts'
import type { Report } from './report/report.ts'

const help = `imprimatur: static sites, set as a typographer would

  imprimatur build            make the site: pages/ and layouts/ in, docs/ out
  imprimatur build --check    say whether docs/ is in step with its sources
  imprimatur init [DIR]       write a small site to begin with

  imprimatur COMMAND --help   everything that COMMAND can do
  imprimatur --version

A site is a folder with pages/ in it (Markdown, EJS, HTML, with front matter), layouts/ (EJS)
and imprimatur.config.ts, .mjs, .js or .json. Everything in the configuration has a default.

Exit code: 0 clean, 1 findings, 2 wrong usage or configuration.
`

/** Nothing is loaded that the call does not need. */
const commands: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  build: () => import('./commands/build.ts'),
  init: () => import('./commands/init.ts'),
}

const reports: Readonly<Record<string, () => Promise<{ report: Report }>>> = {
  text: () => import('./report/text.ts'),
  json: () => import('./report/json.ts'),
}

async function main(args: readonly string[]): Promise<number> {
  const [name = '--help', ...rest] = args
  if (name === '--version' || name === '-v') return print(`${version()}\n`)
  if (name === 'help' && rest.length > 0) return main([...rest, '--help'])
  if (name === '--help' || name === '-h' || name === 'help') return print(help)
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) return refuse('usage/command', `There is no command “${name}”`, name, Object.keys(commands))

  const [{ command }, { parseCall }] = await Promise.all([load(), import('./commands/command.ts')])
  if (rest.includes('--help') || rest.includes('-h')) return print(command.help)
  const { value: call, diagnostics } = parseCall(command, rest)
  if (!call) return publish('text', { diagnostics })
  const format = String(call.values.format ?? 'text')
  if (!Object.hasOwn(reports, format)) {
    return refuse('usage/option', `There is no format “${format}”`, format, Object.keys(reports))
  }
  return publish(format, await command.run({ ...call, cwd: process.cwd(), env: process.env }))
}

async function refuse(
  code: 'usage/command' | 'usage/option',
  message: string,
  name: string,
  known: readonly string[],
): Promise<number> {
  const { diagnostic, suggestion } = await import('./diagnostic.ts')
  const hint = `${suggestion(name, known)}there are ${known.join(', ')}`
  return publish('text', { diagnostics: [diagnostic(code, message, { hint })] })
}

async function publish(format: string, outcome: Outcome): Promise<number> {
  const { report } = await reports[format]!()
  const code = exitCode(outcome.diagnostics)
  const stream = code === 2 ? process.stderr : process.stdout
  print(report(outcome, stream.isTTY === true && !process.env.NO_COLOR), stream)
  return code
}

/** 0 clean, 1 findings, 2 wrong usage or configuration. */
function exitCode(diagnostics: readonly Diagnostic[]): number {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.some(({ code }) => /^(?:usage|config)\//.test(code))) return 2
  return errors.length > 0 ? 1 : 0
}

function version(): string {
  const { version: v } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
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
