import { writeNew } from '../../../build/output/write-new.ts'
import { findPart } from '../../../theme/eject.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { missingInput } from '../../input.ts'
import { themedSite } from './theme.ts'

export const command: Command = {
  help: `imprimatur theme eject: makes a part of the theme the site's own

  imprimatur theme eject PART… [--root DIR] [--format F]

Copies parts of the theme, as imprimatur theme lists them, into the site, where they can be
changed: layouts/partials/footer.ejs say, or footer for short. A file that is there already
is never overwritten: it is named, and nothing is written. What new versions of the program
bring to a part does not reach a copy; take the file away, and the site has the theme's again.
layouts/words/de.yaml begins the words of a language that the theme does not speak.

  --root DIR      the site's folder                              (default: this folder)
  --no-config     read no configuration: nothing of the site’s own code runs
  --format F      text, or json for programs                     (default: text)
  --help          this text
`,
  options: configOptions,
  most: Infinity,
  run: eject,
}

async function eject(call: Call): Promise<Outcome> {
  const missing = missingInput(call, ['PART'], [])
  if (missing.length > 0) return { diagnostics: missing }
  const { value: site, diagnostics } = await themedSite(call)
  if (!site) return { diagnostics }
  const found = call.positionals.map(name => findPart(site, name))
  const wrong = found.flatMap(each => each.diagnostics)
  if (wrong.length > 0) return { diagnostics: wrong }
  const parts = found.flatMap(({ value }) => value ?? [])
  const files = new Map(parts.map(({ path, read }) => [path, read()]))
  const unwritten = writeNew(files, site.root, {
    code: 'theme/own',
    hint: 'it is what the site uses; move it away to have the theme’s again',
  })
  if (unwritten.length > 0) return { diagnostics: unwritten }
  return { diagnostics: [], summary: [...files.keys()].map(path => `Wrote ${path}`).join('\n') }
}
