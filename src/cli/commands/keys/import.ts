import { diagnostic } from '../../../core/diagnostic.ts'
import { joinSources, type ReadSource } from '../../../keys/import/claim.ts'
import { readSource } from '../../../keys/import/read-source.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { callConfig, missingInput, optionText } from '../../input.ts'
import { checkAddress, writeRead } from './write-read.ts'

export const command: Command = {
  help: `imprimatur keys import: makes a manifest from a page that was made by hand

  imprimatur keys import PAGE|URL|FILE… [--jid JID] [--root DIR] [--format F]

Reads the xmpp: links, the fingerprints and the QR codes (PNG) of each page, file, picture
or https:// address, lays them together with the manifest, and writes every device that it
lacks: without “verified”, with a comment that says where it is from. What two places
tell differently is reported, and neither is chosen; so is a key that is in the links and not
in the text, digits that are no key, a key without a device id, and a picture that
cannot be read. Nothing is trusted before it is confirmed: imprimatur keys confirm.

  --jid JID       whose the devices are, where nothing says it
  --root DIR      the site's folder                              (default: this folder)
  --no-config     read no configuration: nothing of the site’s own code runs
  --format F      text, or json for programs                     (default: text)
  --help          this text

Exit code: 0 all that was found is in the manifest, 1 something is not, 2 wrong usage.
`,
  options: { ...configOptions, jid: { type: 'string' } },
  most: Infinity,
  completes: 'file',
  run: importKeys,
}

async function importKeys(call: Call): Promise<Outcome> {
  const missing = missingInput(call, ['PAGE'], [])
  const jid = optionText(call, 'jid')
  const wrong = [...missing, ...checkAddress('--jid', jid)]
  if (wrong.length > 0) return { diagnostics: wrong }
  const config = await callConfig(call)
  if (!config.value) return config
  const read: ReadSource[] = []
  for (const given of call.positionals) {
    const text = given === '-' ? call.stdin.read() : given
    const found = await readSource(text, call.cwd)
    read.push(found)
    const isEmpty = [found.claims, found.broken, found.unread].every(({ length }) => length === 0)
    if (!isEmpty) continue
    const hint = 'is it the right page? links, fingerprints and PNG pictures of codes are read'
    return {
      diagnostics: [diagnostic('devices/unread', `${given} says of no device whose it is`, { hint })],
      summary: 'Nothing was written.',
    }
  }
  return writeRead(call, config.value, joinSources(read), { jid })
}
