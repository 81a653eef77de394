import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { diagnostic } from '../../../core/diagnostic.ts'
import { compareText, type ListedDevice } from '../../../keys/identity/compare.ts'
import { readManifest, type ManifestDraft } from '../../../keys/manifest/manifest.ts'
import type { Result, SourceFile } from '../../../core/types.ts'
import { now } from '../../../core/dates.ts'
import { reason } from '../../../core/source.ts'
import { commonOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { callConfig, missingInput, optionText } from '../../input.ts'
import { verifySite } from '../../../keys/verify-site.ts'

export const command: Command = {
  help: `imprimatur keys compare: which device is this?

  imprimatur keys compare TEXT|- [--with FILE|URL] [--root DIR] [--format F]

TEXT is a fingerprint as any client writes it, a link, or the line for Profanity; - reads
it from standard input. Part of a fingerprint is never enough.

  --with FILE     a copy of somebody's keys.yaml, or its https:// address; its signature
                  is not checked, see the keys page for how to      (default: this site)
  --root DIR      the site's folder                              (default: this folder)
  --format F      text, or json for programs                     (default: text)
  --help          this text

Exit code: 0 a published device, 1 none, a revoked one, or a contradiction, 2 wrong usage.
`,
  options: { ...commonOptions, with: { type: 'string' } },
  most: 1,
  run: compare,
}

async function compare(call: Call): Promise<Outcome> {
  const missing = missingInput(call, ['TEXT'], [])
  if (missing.length > 0) return { diagnostics: missing }
  const copy = optionText(call, 'with')
  const listed = copy === undefined ? await readSite(call) : await readCopy(copy, call.cwd)
  if (!listed.value) return { diagnostics: listed.diagnostics }
  const [given = '-'] = call.positionals
  const { kind, message } = compareText(given === '-' ? call.stdin.read() : given, listed.value)
  if (kind === 'listed') return { diagnostics: [], summary: message }
  const hint =
    kind === 'unreadable'
      ? 'copy it again, whole'
      : 'ask the owner, by another way than this chat, before you trust it'
  return { diagnostics: [diagnostic('keys/no-match', message, { hint })] }
}

async function readSite(call: Call): Promise<Result<readonly ListedDevice[]>> {
  const config = await callConfig(call)
  if (!config.value) return { diagnostics: config.diagnostics }
  const { value, diagnostics } = verifySite(config.value, now(call.env))
  return value ? { value: listDevices(value.manifest), diagnostics } : { diagnostics }
}

async function readCopy(place: string, cwd: string): Promise<Result<readonly ListedDevice[]>> {
  const isRemote = /^https?:/.test(place)
  const file: SourceFile = { path: place, text: '' }
  try {
    const text = isRemote ? await download(place) : readFileSync(resolve(cwd, place), 'utf8')
    const { value, diagnostics } = readManifest({ ...file, text })
    return value ? { value: listDevices(value.draft), diagnostics } : { diagnostics }
  } catch (error) {
    const hint = 'name a copy of keys.yaml, or its https:// address'
    const message = `The copy cannot be read: ${reason(error)}`
    return { diagnostics: [diagnostic('keys/read', message, { hint, file, span: [0, 0] })] }
  }
}

async function download(address: string): Promise<string> {
  const local = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/.test(address)
  if (!address.startsWith('https:') && !local)
    throw new Error('over plain http anybody on the way can change it')
  const response = await fetch(address, { signal: AbortSignal.timeout(20_000) })
  if (!response.ok) throw new Error(`the host answers ${response.status}`)
  return response.text()
}

/** What a reader may compare with: published and revoked devices, and none that nobody verified. */
const listDevices = ({ accounts }: ManifestDraft): readonly ListedDevice[] =>
  accounts.flatMap(({ jid, devices }) =>
    devices
      .filter(({ verified, revoked }) => verified || revoked)
      .map(({ id, name, fingerprint, ed25519, revoked }) => ({
        jid,
        id,
        name,
        fingerprint,
        ed25519,
        isRevoked: revoked !== undefined,
      })),
  )
