import { writeNew } from '../../../build/output/write-new.ts'
import { keysPageName, locateKeys } from '../../../keys/verify-site.ts'
import { cardPageText } from '../../../scaffold/keys-files.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { callConfig } from '../../input.ts'

export const command: Command = {
  help: `imprimatur keys card: makes a page with a card and a poster, to be printed

  imprimatur keys card [--root DIR] [--format F]

Writes the source of a page below that of the keys, pages/about/keys/card.md say, which the
next build fills from the signed manifest: of every address the two sides of a card (A7),
with the code of its devices and one for the address book of a phone (vCard), and a
poster (A4); with the address of the page and the fingerprint of the signer. In the fonts
of the site; printed, or saved as PDF, each sheet is a page of its own. Of a manifest
past its validity there is none.

  --root DIR      the site's folder                              (default: this folder)
  --no-config     read no configuration: nothing of the site’s own code runs
  --format F      text, or json for programs                     (default: text)
  --help          this text
`,
  options: configOptions,
  most: 0,
  run: card,
}

async function card(call: Call): Promise<Outcome> {
  const config = await callConfig(call)
  if (!config.value) return config
  const { root, dirs, site } = config.value
  const paths = locateKeys(config.value)
  if (!paths.value) return paths
  const page = `${keysPageName(config.value, paths.value.manifest)}/card`
  const path = `${dirs.pages}/${page}.md`
  const hint = 'it is filled by every build; remove it to have it written anew'
  const diagnostics = writeNew(new Map([[path, cardPageText(site.lang)]]), root, {
    code: 'init/exists',
    hint,
  })
  if (diagnostics.length > 0) return { diagnostics }
  const where = `${dirs.output}/${page}/`
  return {
    diagnostics,
    summary: `Wrote ${path}.\nBuild the site, open ${where} in a browser, and print it: imprimatur build`,
  }
}
