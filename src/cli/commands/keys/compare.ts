import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { readRegularFile } from '../../../core/read-file.ts'
import { diagnostic } from '../../../core/diagnostic.ts'
import { compareText, type ListedDevice } from '../../../keys/identity/compare.ts'
import { createRetriever, usualLimits, type Retrieve } from '../../../keys/follow/retrieve.ts'
import { readManifest, type ManifestDraft } from '../../../keys/manifest/manifest.ts'
import { entryName } from '../../../keys/manifest/sources.ts'
import { verifyCopy } from '../../../keys/verify/verify-copy.ts'
import type { Result, SourceFile } from '../../../core/types.ts'
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

  --with FILE     a copy of somebody's keys.yaml, or its https:// address; with .sig,
                  allowed_signers and history/ beside it, its signature and
                  every manifest before it, too                    (default: this site)
  --root DIR      the site's folder                              (default: this folder)
  --no-config     read no configuration: nothing of the site’s own code runs
  --format F      text, or json for programs                     (default: text)
  --help          this text

Exit code: 0 a published device, 1 none, a revoked one, or a contradiction, 2 wrong usage.
`,
  options: { ...configOptions, with: { type: 'string', completes: 'file' } },
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
  const read = /^https?:/.test(place) ? download(createRetriever()) : readLocal(call.cwd)
  try {
    const text = await read(place)
    if (text === undefined) throw new Error('there is no such file')
    const [signature, allowedSigners] = await Promise.all([`${place}.sig`, siblingOf(place)].map(read))
    const file = (path: string, contents: string | undefined) =>
      contents === undefined ? undefined : { path, text: contents }
    const manifest = { path: place, text }
    const { value, diagnostics } = verifyCopy(
      {
        manifest,
        signature: file(`${place}.sig`, signature),
        allowedSigners: file(siblingOf(place), allowedSigners),
        history: await readHistory(manifest, read),
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

type ReadText = (place: string) => Promise<string | undefined>

/** As a page has it beside the manifest, or as a repository has it: every file of it, or nothing where there is no first one. */
async function readHistory(
  manifest: SourceFile,
  read: ReadText,
): Promise<ReadonlyMap<string, SourceFile> | undefined> {
  const last = readManifest(manifest).value?.draft.serial ?? 0
  const folders = [
    manifest.path.replace(/(?<![^/\\])[^/\\]*$/, 'history/'),
    manifest.path.replace(/\.ya?ml$/, '/history/'),
  ]
  for (const folder of folders) {
    const history = new Map<string, SourceFile>()
    // One more than there should be: a newer one says that this is an older manifest.
    for (let n = 1; n <= Math.min(last, usualLimits.manifests) + 1; n++) {
      const names = [entryName(n), `${entryName(n)}.sig`]
      const texts = await Promise.all(names.map(name => read(folder + name)))
      for (const [i, name] of names.entries()) {
        if (texts[i] !== undefined) history.set(name, { path: folder + name, text: texts[i] })
      }
      if (history.size === 0) break
    }
    if (history.size > 0) return history
  }
  return undefined
}

/** The list of signers lies in the folder of the manifest. */
const siblingOf = (place: string) => place.replace(/(?<![^/\\])[^/\\]*$/, 'allowed_signers')

const readLocal =
  (cwd: string): ReadText =>
  place => {
    const path = resolve(cwd, place)
    return Promise.resolve(existsSync(path) ? readRegularFile(path).toString('utf8') : undefined)
  }

/** Undefined for what is not there. It follows no redirection to another host, and takes no more than a reader who follows does. */
const download =
  (retrieve: Retrieve): ReadText =>
  async address => {
    const answer = await retrieve(new URL(address))
    if (answer.kind === 'failed') throw new Error(answer.why)
    return answer.kind === 'found' ? answer.bytes.toString('utf8') : undefined
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
