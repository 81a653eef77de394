import { diagnostic, suggestion } from '../../core/diagnostic.ts'
import { now } from '../../core/dates.ts'
import type { Result } from '../../core/types.ts'
import { formatList } from '../reporters/formats.ts'
import { configOptions, type Call, type Command, type Outcome } from '../arguments.ts'
import { callConfig, optionText } from '../input.ts'

const subcommands = ['fetch']

export const command: Command = {
  help: `imprimatur planet: gathers what others write

  imprimatur planet fetch [--timeout S] [--root DIR] [--format F]… [--quiet]

Reads the feeds that pages/planet.yaml lists, and keeps what they say in planet/, a file for
each feed. Commit that folder: a build makes /planet/, /planet.atom and /planet.opml from it,
and never goes to the network.

  title: Planet
  feeds:
    - { url: https://example.org/atom.xml, name: A friend }

Atom, RSS and JSON Feed; by https, and by plain http from this machine alone. A feed that did
not change since is not sent again. Of one that cannot be had, what was kept stays, and so does
what a feed does not have any more. Nothing of it runs or loads anything on your page: scripts,
styles, forms and frames go, pictures and films are links.

  --timeout S     seconds for a feed, with all its redirects     (default: 30)
  --quiet         no word but what is wrong
  --root DIR      the site's folder, with pages/ in it           (default: this folder)
  --no-config     read no configuration: nothing of the site’s own code runs
  --format F      ${formatList};
                  F=FILE writes to a file; several may be given  (default: text)
  --help          this text

SOURCE_DATE_EPOCH (seconds) stands in for the clock: it dates what has no date of its own.
Exit code: 0 every feed was had, 1 one was not, 2 wrong usage or configuration.
`,
  options: { ...configOptions, timeout: { type: 'string' }, quiet: { type: 'boolean' } },
  most: 1,
  completes: subcommands,
  run,
}

async function run(call: Call): Promise<Outcome> {
  const [name] = call.positionals
  if (name !== 'fetch') {
    const hint = `${suggestion(name ?? '', subcommands)}there is: imprimatur planet fetch`
    const message = name === undefined ? 'planet needs a command' : `There is no command “planet ${name}”`
    return { diagnostics: [diagnostic('usage/command', message, { hint })] }
  }
  const timeout = readTimeout(call)
  const config = await callConfig(call)
  if (timeout.value === undefined || !config.value) {
    return { diagnostics: [...timeout.diagnostics, ...config.diagnostics] }
  }
  const [{ readPlanetList }, { fetchPlanet }] = await Promise.all([
    import('../../planet/list.ts'),
    import('../../planet/fetch/fetch-planet.ts'),
  ])
  const { root, dirs, site } = config.value
  const list = readPlanetList(root, dirs.pages)
  if (!list.value) return { diagnostics: list.diagnostics }
  const isLoud = call.screen.isTerminal && call.values.quiet !== true
  const { diagnostics, changed, unchanged, added } = await fetchPlanet(list.value, {
    root,
    userAgent: `imprimatur/${call.version} (planet; +${site.url}/planet/)`,
    now: now(call.env).getTime(),
    timeout: timeout.value,
    onDone: ({ name: feed }) => {
      if (isLoud) call.screen.write(`${feed}\n`)
    },
  })
  const failed = list.value.feeds.length - changed - unchanged
  const parts = [
    `${count(list.value.feeds.length, 'feed', 'feeds')}: ${changed} changed, ${unchanged} unchanged`,
    ...(failed > 0 ? [`${failed} not had`] : []),
    count(added, 'new entry', 'new entries'),
  ]
  return { diagnostics, ...(call.values.quiet !== true && { summary: parts.join(', ') }) }
}

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

/** In milliseconds. */
function readTimeout(call: Call): Result<number> {
  const written = optionText(call, 'timeout') ?? '30'
  if (/^\d{1,4}(?:\.\d{1,3})?$/.test(written) && Number(written) > 0) {
    return { value: Number(written) * 1000, diagnostics: [] }
  }
  const message = `--timeout ${written} is no number of seconds`
  return { diagnostics: [diagnostic('usage/option', message, { hint: 'write --timeout 30' })] }
}
