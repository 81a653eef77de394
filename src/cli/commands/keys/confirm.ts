import { localDay, now } from '../../../core/dates.ts'
import { diagnostic } from '../../../core/diagnostic.ts'
import type { Diagnostic } from '../../../core/types.ts'
import type { ReadSource } from '../../../keys/import/claim.ts'
import { readSource as readAny } from '../../../keys/import/read-source.ts'
import { groupsOf } from '../../../keys/identity/fingerprint.ts'
import { normalizeJid } from '../../../keys/identity/link.ts'
import { setVerified } from '../../../keys/manifest/edit.ts'
import { type Device } from '../../../keys/manifest/manifest.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { askLine } from '../../confirm.ts'
import { missingInput } from '../../input.ts'
import { deviceOf, writeEdited } from './find-device.ts'

export const command: Command = {
  help: `imprimatur keys confirm: compares a device of the manifest with its own screen

  imprimatur keys confirm JID ID [TEXT|CODE.png|LINK|-] [--root DIR] [--format F]

Take the device in your hand, and type what its own screen shows: all eight groups, in any
form; or give the link that it shares, or a picture of the code that it shows. It must come
from the device itself, not from the server, the page or the manifest; so the manifest is
not shown to copy from. If it is the key of the manifest, the manifest says from now on
that it was verified today on the device. If not, nothing is written, and which groups
differ is told. The manifest has to be signed afterwards: imprimatur keys sign.

  --root DIR      the site's folder                              (default: this folder)
  --no-config     read no configuration: nothing of the site’s own code runs
  --format F      text, or json for programs                     (default: text)
  --help          this text

Exit code: 0 it is the same key, 1 it is not, or could not be read, 2 wrong usage.
`,
  options: configOptions,
  most: 3,
  completes: 'file',
  run: confirm,
}

async function confirm(call: Call): Promise<Outcome> {
  const missing = missingInput(call, ['JID', 'ID'], [])
  if (missing.length > 0) return { diagnostics: missing }
  const [jid = '', id = '', given] = call.positionals
  const found = await deviceOf(call, jid, id)
  if (!found.value) return found
  const { device, place, source } = found.value
  const shown = await readScreen(call, given, device)
  const flaws = judge(await readAny(shown, call.cwd), jid, device)
  if (flaws.length > 0) return { diagnostics: flaws, summary: 'Nothing was written.' }

  const verified = { on: localDay(now(call.env)), how: 'on-device' }
  return writeEdited(
    found.value,
    setVerified(source, place.account, place.device, verified),
    `It is the key of “${device.name}” (${id}) of ${jid}: verified on the device, today.\nSign it: imprimatur keys sign --key ~/.ssh/id_ed25519`,
  )
}

/** From the call, or as many lines from the terminal as eight groups take: some clients show them in two. */
async function readScreen(call: Call, given: string | undefined, { name, id }: Device): Promise<string> {
  if (given === '-' || (given === undefined && !call.stdin.isTerminal())) return call.stdin.read()
  if (given !== undefined) return given
  let text = ''
  for (let line = 0; line < 8; line++) {
    const question =
      line === 0 ? `What does “${name}” (${id}) show on its own screen, all eight groups?\n>` : '>'
    const answer = await askLine(question)
    text = `${text} ${answer}`.trim()
    if (answer === '' || digitsIn(text) >= 64 || /^xmpp:|\.png$/i.test(text)) break
  }
  return text
}

const digitsIn = (text: string) => text.replace(/[^0-9a-f]/gi, '').length

/** Is it the key of this device, and nothing else beside it? */
function judge({ claims, broken, unread }: ReadSource, jid: string, device: Device): readonly Diagnostic[] {
  const report = (message: string, hint: string) => [diagnostic('devices/unconfirmed', message, { hint })]
  const again = 'look at the device again, and copy all eight groups; do not copy them from the manifest'
  if (unread.length > 0) {
    return unread.map(message =>
      diagnostic('devices/unread', message, { hint: 'type the eight groups instead' }),
    )
  }
  const mine = claims.filter(
    claim =>
      (claim.id === undefined || claim.id === device.id) &&
      (claim.jid === undefined || claim.jid === normalizeJid(jid)),
  )
  const name = `“${device.name}” (${device.id})`
  const same = mine.filter(({ fingerprint }) => fingerprint === device.fingerprint)
  const others = mine.filter(({ fingerprint }) => fingerprint !== device.fingerprint)
  if (same.length > 0 && others.length === 0) return []
  if (same.length > 0)
    return report(`It shows the key of ${name}, and another one for the same device`, again)
  const other = others[0]?.fingerprint ?? broken[0]?.digits
  if (other !== undefined) {
    const different = groupsOf(other).flatMap((group, n) =>
      group === groupsOf(device.fingerprint)[n] ? [] : [n + 1],
    )
    const where = different.length === 8 ? 'in every group' : `in group ${different.join(', ')}`
    const hint =
      different.length < 8
        ? 'is it typed right? if it is, the manifest is wrong: correct it, or ask who wrote it there'
        : 'is it the right device? if it is, the key in the manifest is not its key: do not sign it'
    return report(`That is not the key that the manifest has for ${name}: it differs ${where}`, hint)
  }
  if (claims.length > 0) return report(`What it shows is of another device or account than ${name}`, again)
  return report('There is no whole fingerprint in it', again)
}
