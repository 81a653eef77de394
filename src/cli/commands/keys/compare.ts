import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { readRegularFile } from '../../../core/read-file.ts'
import { diagnostic } from '../../../core/diagnostic.ts'
import { compareText, type ListedDevice } from '../../../keys/identity/compare.ts'
import type { ManifestDraft } from '../../../keys/manifest/manifest.ts'
import { verifyCopy } from '../../../keys/verify/verify-copy.ts'
import type { Result } from '../../../core/types.ts'
import { now } from '../../../core/dates.ts'
import { reason } from '../../../core/source.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { callConfig, missingInput, optionText } from '../../input.ts'
import { verifySite } from '../../../keys/verify-site.ts'

export const command: Command = {
  help: `imprimatur keys compare: which device is this?

  imprimatur keys compare TEXT|- [--with FILE|URL] [--root DIR] [--format F]

TEXT is a fingerprint as any client writes it, a link, or the line for Profanity; - reads
it from standard input. Part of a fingerprint is never enough.

  --with FILE     a copy of somebody's keys.yaml, or its https:// address; with .sig and
                  allowed_signers beside it, its signature, too    (default: this site)
  --root DIR      the site's folder                              (default: this folder)
  --no-config     read no configuration: nothing of the site’s own code runs
  --format F      text, or json for programs                     (default: text)
  --help          this text

Exit code: 0 a published device, 1 none, a revoked one, or a contradiction, 2 wrong usage.
`,
  options: { ...configOptions, with: { type: 'string' } },
  most: 1,
  run: compare,
}

async function compare(call: Call): Promise<Outcome> {
  const missing = missingInput(call, ['TEXT'], [])
  if (missing.length > 0) return { diagnostics: missing }
  const copy = optionText(call, 'with')
  const listed = copy === undefined ? await readSite(call) : await readCopy(copy, call)
  if (!listed.value) return { diagnostics: listed.diagnostics }
  const [given = '-'] = call.positionals
  const { devices, standing } = listed.value
  const { kind, message } = compareText(given === '-' ? call.stdin.read() : given, devices)
  const summary = [message, ...(standing === undefined ? [] : [standing])].join('\n')
  if (kind === 'listed') return { diagnostics: listed.diagnostics, summary }
  const hint =
    kind === 'unreadable'
      ? 'copy it again, whole'
      : 'ask the owner, by another way than this chat, before you trust it'
  return { diagnostics: [...listed.diagnostics, diagnostic('keys/no-match', message, { hint })] }
}

interface ListOfDevices {
  readonly devices: readonly ListedDevice[]
  /** How good a copy is, in a sentence. */
  readonly standing?: string
}

async function readSite(call: Call): Promise<Result<ListOfDevices>> {
  const config = await callConfig(call)
  if (!config.value) return { diagnostics: config.diagnostics }
  const { value, diagnostics } = verifySite(config.value, now(call.env))
  return value ? { value: { devices: listDevices(value.manifest) }, diagnostics: [] } : { diagnostics }
}

async function readCopy(place: string, call: Call): Promise<Result<ListOfDevices>> {
  const read = /^https?:/.test(place) ? download : readLocal(call.cwd)
  try {
    const text = await read(place)
    if (text === undefined) throw new Error('there is no such file')
    const [signature, allowedSigners] = await Promise.all([`${place}.sig`, siblingOf(place)].map(read))
    const { value, diagnostics } = verifyCopy(
      {
        manifest: { path: place, text },
        signature: signature === undefined ? undefined : { path: `${place}.sig`, text: signature },
        allowedSigners:
          allowedSigners === undefined ? undefined : { path: siblingOf(place), text: allowedSigners },
      },
      now(call.env),
    )
    if (!value) return { diagnostics }
    return { value: { devices: listDevices(value.draft), standing: value.standing }, diagnostics }
  } catch (error) {
    const hint = 'name a copy of keys.yaml, or its https:// address'
    const message = `The copy cannot be read: ${reason(error)}`
    const file = { path: place, text: '' }
    return { diagnostics: [diagnostic('keys/read', message, { hint, file, span: [0, 0] })] }
  }
}

/** The list of signers lies in the folder of the manifest. */
const siblingOf = (place: string) => place.replace(/[^/\\]*$/, 'allowed_signers')

const readLocal = (cwd: string) => (place: string) => {
  const path = resolve(cwd, place)
  return Promise.resolve(existsSync(path) ? readRegularFile(path).toString('utf8') : undefined)
}

/** Undefined for 404 and 410. It follows no redirection, which could lead to plain http. */
async function download(address: string): Promise<string | undefined> {
  const local = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/.test(address)
  if (!address.startsWith('https:') && !local)
    throw new Error('over plain http anybody on the way can change it')
  const response = await fetch(address, { signal: AbortSignal.timeout(20_000), redirect: 'manual' })
  if (response.status === 404 || response.status === 410) return undefined
  if (!response.ok) throw new Error(`the host answers ${response.status}`)
  return response.text()
}

/** What a reader may compare with: published and revoked devices, and none that nobody verified. */
const listDevices = ({ accounts }: ManifestDraft): readonly ListedDevice[] =>
  accounts.flatMap(({ jid, devices }) =>
    devices
      .filter(({ verified, revoked }) => verified || revoked)
      .map(({ id, name, fingerprint, ed25519, pq, revoked }) => ({
        jid,
        id,
        name,
        fingerprint,
        ed25519,
        pq,
        isRevoked: revoked !== undefined,
      })),
  )
