import { posix } from 'node:path'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import { describeChanges, fingerprintsOf } from '../manifest/changes.ts'
import { escape } from '../../core/html.ts'
import { renderJson, renderText } from './listing.ts'
import type { PageOptions } from './page.ts'
import { checkQrFiles } from '../qr/read-image.ts'
import { drawPng, drawSvg, encodeQr } from '../qr/encode.ts'
import type { Checked } from '../identity/refusal.ts'
import { styleSheet } from './style.ts'
import { saysExactly } from '../identity/uri.ts'
import type { Publication } from '../verify/verify.ts'
import { viewAccount, type AccountView, type QrView } from './view.ts'

export interface CompanionOptions extends PageOptions {
  readonly title: string
  /** The compiled scripts of the box, by name: `compare.js`, and what it imports. */
  readonly scripts: ReadonlyMap<string, string>
}

/**
 * Every file that lies beside the page, by its path relative to the page’s folder. Each link is read back before it
 * is published, which never fails; each QR code is decoded from the bytes of its file, and a wrong one is an error.
 */
export function renderCompanions(
  publication: Publication,
  options: CompanionOptions,
): Result<ReadonlyMap<string, string | Uint8Array>> {
  const { manifest, sources, document, files } = publication
  const accounts = manifest.accounts.map(account => viewAccount(account, publication))
  const diagnostics: Diagnostic[] = []
  for (const [link, says] of accounts.flatMap(({ meant }) => [...meant])) {
    if (!saysExactly(link, says)) throw new Error(`The link ${link} reads back as something else`)
  }
  const output = new Map<string, string | Uint8Array>([
    ['keys.yaml', sources.manifest.text],
    ['keys.yaml.sig', sources.signature?.text ?? ''],
    ['allowed_signers', sources.allowedSigners.text],
    ...[...sources.history].map(([name, { text }]) => [posix.join('history', name), text] as const),
    ...files,
    ['keys.json', renderJson(publication, accounts)],
    ['keys.txt', renderText(publication, accounts)],
    ['keys.atom', writeFeed(publication, options)],
    ['keys.css', styleSheet(groupsOf(accounts))],
    ...options.scripts,
  ])
  for (const [n, { qr, trustQr, devices }] of accounts.entries()) {
    for (const code of [qr, trustQr, ...devices.map(device => device.qr)]) {
      if (code === undefined) continue
      const { value: drawn, refusal } = drawCode(code)
      for (const [name, contents] of drawn ?? []) output.set(posix.join('qr', name), contents)
      if (!refusal) continue
      const rest = { hint: refusal.hint, file: document.file, span: document.spanOf(['accounts', n, 'jid']) }
      diagnostics.push(diagnostic(refusal.code, refusal.message, rest))
    }
  }
  return diagnostics.length > 0 ? { diagnostics } : { value: output, diagnostics }
}

const groupsOf = (accounts: readonly AccountView[]) =>
  accounts.flatMap(({ devices, revoked }) =>
    [...devices, ...revoked].flatMap(({ groups }) => groups.map(({ text }) => text)),
  )

function drawCode({
  name,
  text,
  title,
}: QrView): Checked<readonly (readonly [string, string | Uint8Array])[]> {
  const { value: modules, refusal } = encodeQr(text)
  if (refusal) return { refusal }
  const [svg, png] = [drawSvg(modules, title), drawPng(modules)]
  const checked = checkQrFiles([svg, png], text)
  if (checked.refusal) return checked
  return { value: [[`${name}.svg`, svg] as const, [`${name}.png`, png] as const] }
}

const time = (day: string) => `${day}T00:00:00Z`

/** RFC 4287. One entry for every manifest, so that contacts hear of a new or lost device; newest first. */
function writeFeed({ manifest, history }: Publication, { siteUrl, base, title }: CompanionOptions): string {
  const url = escape(`${siteUrl}${base}`)
  const entries = history.toReversed().map(({ serial, issued, changes, hash, signer, signerKey }) => {
    const descriptions = describeChanges(changes)
    const items = descriptions.map(change => `<li>${escape(change)}</li>`).join('')
    const keys = fingerprintsOf(changes).map(line => `<li>${escape(line)}</li>`)
    const witness = `<p>Manifest ${serial}, ${hash}, signed by ${escape(signer)} with ${escape(signerKey)}</p>`
    const content = `<ul>${items}</ul>${keys.length > 0 ? `<ul>${keys.join('')}</ul>` : ''}${witness}`
    return `<entry>
<id>${url}#${serial}</id>
<title>Manifest ${serial}: ${escape(descriptions.join('; '))}</title>
<updated>${time(issued)}</updated>
<link rel="alternate" type="text/html" href="${url}"/>
<content type="html">${escape(content)}</content>
</entry>`
  })
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>${url}</id>
<title>${escape(title)}</title>
<updated>${time(manifest.issued)}</updated>
<author><name>${escape(manifest.signer)}</name></author>
<link rel="alternate" type="text/html" href="${url}"/>
<link rel="self" type="application/atom+xml" href="${url}keys.atom"/>
${entries.join('\n')}
</feed>
`
}
