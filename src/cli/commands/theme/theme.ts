import { largest } from '../../../core/lists/long-lists.ts'
import type { Config } from '../../../config/config.ts'
import type { ThemeConfig } from '../../../config/theme/theme-config.ts'
import { diagnostic } from '../../../core/diagnostic.ts'
import type { Result } from '../../../core/types.ts'
import { siteParts } from '../../../theme/eject.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { callConfig } from '../../input.ts'

export const command: Command = {
  help: `imprimatur theme: the parts of the theme, and which of them are the site's own

  imprimatur theme [--root DIR] [--format F]
  imprimatur theme eject PART…

A site with theme: 'imprimatur' in its configuration has layouts, words, styles and fonts from
the program, and each new version of it brings better ones. A file of the site that has the
name of a part takes its place; theme eject copies one into the site, to begin with.

  --root DIR      the site's folder                              (default: this folder)
  --no-config     read no configuration: nothing of the site’s own code runs
  --format F      text, or json for programs                     (default: text)
  --help          this text
`,
  options: configOptions,
  most: 0,
  run: listParts,
}

async function listParts(call: Call): Promise<Outcome> {
  const { value: site, diagnostics } = await themedSite(call)
  if (!site) return { diagnostics }
  const parts = siteParts(site)
  const width = largest(parts.map(({ name }) => name.length))
  const rows = parts.map(({ name, path, isOwn }) =>
    isOwn ? `${name.padEnd(width)}  the site’s own: ${path}` : name,
  )
  const own = parts.filter(({ isOwn }) => isOwn).length
  const summary = `${parts.length} parts, ${own === 0 ? 'none' : own} of them the site’s own; imprimatur theme eject PART makes one so`
  const data = parts.map(({ name, path, isOwn }) => ({ name, path, own: isOwn }))
  return { diagnostics: [], output: `${rows.join('\n')}\n`, summary, data }
}

/** The site that a call is about, when it has a theme. */
export async function themedSite(call: Call): Promise<Result<Config & { readonly theme: ThemeConfig }>> {
  const { value: config, diagnostics } = await callConfig(call)
  if (!config) return { diagnostics }
  const { theme } = config
  if (theme) return { value: { ...config, theme }, diagnostics: [] }
  const hint = "write theme: 'imprimatur' into its configuration; layouts of its own stay in force"
  return { diagnostics: [diagnostic('theme/none', 'The site has no theme', { hint })] }
}
