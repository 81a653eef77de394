import { readFileSync } from 'node:fs'
import type { Command, Outcome } from './arguments.ts'
import type { Io, Target } from './publish.ts'

/** What the program says of itself. */
export const help = `imprimatur: static sites, set as a typographer would

  imprimatur build            make the site: pages/ and layouts/ in, docs/ out
  imprimatur dev              write with it: the site on this machine, always as the sources are
  imprimatur build --check    say whether docs/ is in step with its sources
  imprimatur lint [PATH…]     find what is badly set; --fix sets it
  imprimatur rules [CODE]     the rules of the linter, or one of them explained
  imprimatur new "TITLE"      begin a post
  imprimatur init [DIR]       write a small site to begin with
  imprimatur import DIR NEW   make a site of one that another generator made
  imprimatur planet fetch     gather what others write, for a page of your site
  imprimatur theme            what of the theme is the site's own; theme eject PART makes it so
  imprimatur zine [FILE…]     print posts: a PDF, a booklet to fold, an EPUB
  imprimatur lsp              what editors talk to: typography and the whole site while you write
  imprimatur publish          put the built site on a branch, for hosts that serve one
  imprimatur keys COMMAND     fingerprints: check show add revoke sign log follow …

  imprimatur completions SHELL
                              what bash, zsh and fish complete

  imprimatur COMMAND --help   everything that COMMAND can do
  imprimatur --version

A site is a folder with pages/ in it (Markdown, EJS, HTML, with front matter), layouts/ (EJS)
and imprimatur.config.ts, .mjs, .js or .json. Everything in the configuration has a default.

Exit code: 0 clean, 1 findings, 2 wrong usage or configuration.
`

/** Imported on demand: a call loads only its own command. */
export const commands: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  build: () => import('./commands/build.ts'),
  dev: () => import('./commands/dev.ts'),
  lint: () => import('./commands/lint.ts'),
  rules: () => import('./commands/rules.ts'),
  new: () => import('./commands/new.ts'),
  init: () => import('./commands/init.ts'),
  import: () => import('./commands/import.ts'),
  planet: () => import('./commands/planet.ts'),
  theme: () => import('./commands/theme/theme.ts'),
  'theme eject': () => import('./commands/theme/eject.ts'),
  zine: () => import('./commands/zine.ts'),
  publish: () => import('./commands/publish.ts'),
  lsp: () => import('./commands/lsp.ts'),
  completions: () => import('./commands/completions.ts'),
  keys: () => import('./commands/keys/keys.ts'),
  'keys init': () => import('./commands/keys/init/init.ts'),
  'keys check': () => import('./commands/keys/check.ts'),
  'keys show': () => import('./commands/keys/show.ts'),
  'keys add': () => import('./commands/keys/add.ts'),
  'keys import': () => import('./commands/keys/import.ts'),
  'keys confirm': () => import('./commands/keys/confirm.ts'),
  'keys revoke': () => import('./commands/keys/revoke.ts'),
  'keys sign': () => import('./commands/keys/sign.ts'),
  'keys compare': () => import('./commands/keys/compare.ts'),
  'keys log': () => import('./commands/keys/log.ts'),
  'keys follow': () => import('./commands/keys/follow.ts'),
  'keys card': () => import('./commands/keys/card.ts'),
  'keys audit': () => import('./commands/keys/audit/audit.ts'),
}

/** Every command by its name, those of a family with both words; for what is made of all of them. */
export async function loadCommands(): Promise<Readonly<Record<string, Command>>> {
  const loaded: Record<string, Command> = {}
  for (const [name, load] of Object.entries(commands)) loaded[name] = (await load()).command
  return loaded
}

/**
 * The whole program without its process: writes to `io`, and gives the exit code: 0 clean, 1 findings, 2 wrong
 * usage or configuration, or a fault of the program, which is reported with its stack. It never throws.
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    return await run(args, io)
  } catch (error) {
    if (['EMFILE', 'ENFILE'].includes((error as NodeJS.ErrnoException | null)?.code ?? '')) {
      io.stderr.write(
        'imprimatur cannot open the files that it is made of: the system lets it open no more at a time. ulimit -n 256 is enough.\n',
      )
      return 2
    }
    const stack = error instanceof Error ? error.stack : String(error)
    io.stderr.write(
      `imprimatur ${version()} failed, and it is not your fault. Please report this:\n\n${stack}\n`,
    )
    return 2
  }
}

async function run(args: readonly string[], io: Io): Promise<number> {
  const print = (text: string) => {
    io.stdout.write(text)
    return 0
  }
  const { name, rest } = splitCall(args)
  if (name === '--version' || name === '-v') return print(`${version()}\n`)
  if (name === 'help' && rest.length > 0) return run([...rest, '--help'], io)
  if (name === '--help' || name === '-h' || name === 'help') return print(help)
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load && name.startsWith('-')) {
    return refuse(io, 'usage/option', `There is no option ${name}`, name, ['--help', '--version'])
  }
  if (!load) return refuse(io, 'usage/command', `There is no command “${name}”`, name, topLevel)

  const [{ command }, { formatsOf, parseCall, siteRoot }, { formats: every }, { publish }] =
    await Promise.all([
      load(),
      import('./arguments.ts'),
      import('./reporters/formats.ts'),
      import('./publish.ts'),
    ])
  if (rest.includes('--help') || rest.includes('-h')) return print(command.help)
  const { value: call, diagnostics } = parseCall(command, rest)
  const formats: readonly string[] = command.formats ?? every
  const targets = formatsOf(rest).map(readTarget)
  const unknown = targets.find(({ format }) => !formats.includes(format))
  const own = unknown !== undefined || command.formats !== undefined
  const hasSite = call && Object.hasOwn(command.options, 'root')
  const root = hasSite ? siteRoot({ ...call, cwd: io.cwd }) : io.cwd
  const publication = { targets: own ? [{ format: 'text' }] : targets, root, version: version() }
  const publishOutcome = (outcome: Outcome) => publish(outcome, publication, io)
  if (!call) return publishOutcome({ diagnostics })
  if (unknown) {
    return refuse(io, 'usage/option', `There is no format “${unknown.format}”`, unknown.format, formats)
  }
  const { cwd, env, stdin, stderr: screen } = io
  const outcome = await command.run({
    ...call,
    cwd,
    env,
    stdin,
    version: version(),
    commands: loadCommands,
    screen,
    tell: async found => void (await publishOutcome(found)),
    pipes: io.pipes,
    interrupted: io.interrupted,
    terminated: io.terminated,
  })
  return publishOutcome(outcome)
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
  io: Io,
  code: 'usage/command' | 'usage/option',
  message: string,
  name: string,
  known: readonly string[],
): Promise<number> {
  const [{ diagnostic, suggestion }, { publish }] = await Promise.all([
    import('../core/diagnostic.ts'),
    import('./publish.ts'),
  ])
  const hint = `${suggestion(name, known)}there are ${known.join(', ')}`
  return publish(
    { diagnostics: [diagnostic(code, message, { hint })] },
    { targets: [{ format: 'text' }], root: io.cwd, version: version() },
    io,
  )
}

function version(): string {
  const { version: v } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return v
}
