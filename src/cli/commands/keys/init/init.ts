import { append } from '../../../../core/lists/long-lists.ts'
import { posix } from 'node:path'
import { diagnostic, hasErrors } from '../../../../core/diagnostic.ts'
import type { Diagnostic } from '../../../../core/types.ts'
import { writeNew } from '../../../../build/output/write-new.ts'
import { joinSources } from '../../../../keys/import/claim.ts'
import { keysPageName } from '../../../../keys/verify-site.ts'
import { addAttributes, allowedSignersText, manifestText, pageText } from '../../../../scaffold/keys-files.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../../arguments.ts'
import { callConfig, optionText } from '../../../input.ts'
import { command as sign } from '../sign.ts'
import { writeRead } from '../write-read.ts'
import { askAll } from './answers.ts'
import { beginSite, changeFile, isThere, nameManifest } from './site.ts'

export const command: Command = {
  help: `imprimatur keys init: begins a keys page from an SSH key

  imprimatur keys init [SOURCE…] [--key FILE] [--jid JID] [--recovery FILE.pub]
                       [--anchor PLACE]… [--signer NAME] [--url URL] [--title S] [--yes]
                       [--root DIR] [--format F]

Writes what a keys page needs and is not there yet: the manifest, with the keys that may sign;
its page; allowed_signers; the place of the manifest in the configuration; .gitattributes,
so that git leaves the line ends of signed files alone; and in an empty folder a small site
around them. Then it shows what would be signed, asks, and signs it as manifest 1. Each
SOURCE is read as “keys import” does: a link, a QR code, a page made by hand.

In a terminal it asks for what it is not told; without one the options say it. Files that
are there are not written over.

  --key FILE        the SSH key that signs, such as ~/.ssh/id_ed25519; or the .pub file
                    of a key that ssh-agent holds
  --jid JID         your XMPP address
  --recovery FILE   the .pub file of a key kept offline, which can take the page back
                    when the other is stolen
  --anchor PLACE    another place where the key stands: https://forge.example/you.keys,
                    dns:example.org; several may be given
  --signer NAME     who signs, as allowed_signers has it               (default: JID)
  --url URL         where the site is published, for a site that is new
  --title S         what it is called, for a site that is new
  --yes             sign without being asked
  --root DIR        the site's folder                            (default: this folder)
  --no-config       read no configuration: nothing of the site’s own code runs
  --format F        text, or json for programs                   (default: text)
  --help            this text
`,
  options: {
    ...configOptions,
    key: { type: 'string', completes: 'file' },
    jid: { type: 'string' },
    recovery: { type: 'string', completes: 'file' },
    anchor: { type: 'string', multiple: true },
    signer: { type: 'string' },
    url: { type: 'string' },
    title: { type: 'string' },
    yes: { type: 'boolean' },
  },
  most: Infinity,
  completes: 'file',
  run: init,
}

async function init(call: Call): Promise<Outcome> {
  const answers = await askAll(call)
  if (!answers.value) return answers
  const { key, jid, signers, anchors } = answers.value
  const begun = await beginSite(call)
  if (!begun.value) return begun
  const { config, wrote } = begun.value
  const { root, dirs, site, keys } = config
  const manifest = keys.manifest ?? `${dirs.pages}/about/keys.yaml`
  if (isThere(root, manifest)) {
    const hint = 'go on with keys add, confirm and sign; keys check says how it stands'
    const rest = { hint, file: { path: manifest, text: '' }, span: [0, 0] } as const
    return { diagnostics: [diagnostic('init/exists', 'The keys are begun already', rest)] }
  }
  const named = keys.manifest === undefined ? await nameManifest(call, root, manifest) : { diagnostics: [] }
  if (hasErrors(named.diagnostics)) return { diagnostics: named.diagnostics, summary: 'Nothing was written.' }
  const first = { jid, signers, anchors, signer: optionText(call, 'signer') ?? jid }
  const page = keysPageName(config, manifest)
  const list = keys.allowedSigners ?? posix.join(posix.dirname(manifest), 'allowed_signers')
  const pages = ['md', 'ejs', 'html'].map(kind => `${dirs.pages}/${page}.${kind}`)
  const files = new Map([
    [manifest, manifestText(first)],
    ...(isThere(root, list) ? [] : [[list, allowedSignersText(first)] as const]),
    ...(pages.some(path => isThere(root, path)) ? [] : [[pages[0]!, pageText(site.lang)] as const]),
  ])
  const wrong = writeNew(files, root, { code: 'init/exists', hint: 'move the file away' })
  if (wrong.length > 0) return { diagnostics: wrong }
  const published = posix.join(dirs.output, page)
  const attributes = changeFile(root, '.gitattributes', text => addAttributes(text, manifest, published))
  const changed = [named, attributes].flatMap(({ path }) => path ?? [])
  const done = `Wrote ${[...new Set([...wrote, ...files.keys(), ...changed])].join(', ')}.`
  const { diagnostics } = attributes
  return hasErrors(diagnostics) ? { diagnostics, summary: done } : finish(call, { key, done, diagnostics })
}

interface BegunKeys {
  readonly key: string
  /** What was written, in a sentence. */
  readonly done: string
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads the sources, if there are any, and signs. */
async function finish(call: Call, { key, done, diagnostics: before }: BegunKeys): Promise<Outcome> {
  const config = await callConfig(call)
  if (!config.value) return config
  const diagnostics = [...before]
  const lines = [done]
  if (call.positionals.length > 0) {
    const { readSource } = await import('../../../../keys/import/read-source.ts')
    const read = await Promise.all(call.positionals.map(given => readSource(given, call.cwd)))
    const imported = writeRead(call, config.value, joinSources(read))
    append(diagnostics, imported.diagnostics)
    lines.push(imported.summary ?? '')
  }
  const signed = await sign.run({ ...call, positionals: [], values: { ...call.values, key } })
  // That nobody was there to say yes is no fault of what was begun.
  const isOpen = signed.diagnostics.some(({ code }) => code === 'trust/unconfirmed')
  if (!isOpen) append(diagnostics, signed.diagnostics)
  const next = isOpen
    ? `Nothing is signed yet. When the devices are in it: imprimatur keys sign --key ${key}`
    : (signed.summary ?? '')
  const first =
    call.positionals.length > 0
      ? []
      : ['Now write your devices down, with the link that each shares: imprimatur keys add LINK']
  return { diagnostics, summary: [...lines, next, ...first].join('\n') }
}
