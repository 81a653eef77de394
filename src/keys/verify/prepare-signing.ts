import { homedir } from 'node:os'
import { join } from 'node:path'
import { readRegularFile } from '../../core/read-file.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic, Result, SourceFile } from '../../core/types.ts'
import { compareManifests, nameDevice, type ManifestChange } from '../manifest/changes.ts'
import { setKeyHash, setSignedFields, type SignedFields } from '../manifest/edit.ts'
import { readManifest, type Manifest, type ManifestDraft, type ReadManifest } from '../manifest/manifest.ts'
import {
  entryName,
  hashOf,
  lastSerial,
  sha256Of,
  type KeySources,
  type SignedManifest,
} from '../manifest/sources.ts'
import type { LocatedDocument } from '../manifest/yaml-document.ts'
import { readAllowedSigners, type AllowedSigner } from './allowed-signers.ts'
import { checkChain } from './history-chain.ts'
import { parseSshKey, sshFingerprint, type SshKey } from './ssh-key.ts'
import { checkSignature, namespace } from './ssh-signature.ts'
import { checkReplaced, describeSuccession } from './succession.ts'
import { verifyManifest, type VerifyOptions } from './verify.ts'

export interface SignOptions extends VerifyOptions {
  readonly root: string
  /** A private key, or the public half of one that the agent holds. */
  readonly key: string
  /** The day to write as `issued`, an ISO day. */
  readonly today: string
  /** Whether to begin a new chain in place of one whose keys are all lost. */
  readonly supersede?: boolean | undefined
}

/** What is about to be signed, for the owner to look at. */
export interface SigningPlan {
  /** Undefined when the manifest is signed already. */
  readonly serial: number | undefined
  /** Against the last manifest that was signed, none for the first. */
  readonly changes: readonly ManifestChange[]
}

interface ReadySources {
  readonly whole: KeySources
  readonly tip: number
  readonly head: ReadManifest
  readonly signers: readonly AllowedSigner[]
}

/** What a signature would be of; nothing is signed and nothing written. Errors are those that would keep it from being made. */
export function planSigning(sources: KeySources, given: SignOptions): Result<SigningPlan> {
  const options = unlessBegun(sources, given)
  const isSigned = options.supersede ? undefined : verifyManifest(sources, options)
  if (isSigned?.value) return { value: { serial: undefined, changes: [] }, diagnostics: [] }
  const ready = makeReady(sources, options)
  if (!ready.value) return { diagnostics: ready.diagnostics }
  const { whole, tip, head } = ready.value
  if (resume(whole, tip, options)) return { value: { serial: tip, changes: [] }, diagnostics: [] }
  const filed = whole.history.get(entryName(tip))
  const before = filed && readManifest(filed).value?.draft
  const { draft, document } = head
  const changes = [
    ...succeeding(whole, tip, options.key),
    ...compareManifests(before, withoutSignature(draft, options, sources)),
  ]
  const diagnostics = [
    ...(isManifest(before) ? checkReplaced(before, draft, document) : []),
    ...warnOfLoss(changes, document),
  ]
  return { value: { serial: tip + 1, changes }, diagnostics }
}

const isManifest = (draft: ManifestDraft | undefined): draft is Manifest =>
  draft?.serial !== undefined && draft.issued !== undefined && draft.signer !== undefined

const withoutSignature = (draft: ManifestDraft, { supersede }: SignOptions, sources: KeySources) =>
  supersede ? { ...draft, supersedes: lastHash(sources) } : draft

/** Another key than before, where its public half can be read. */
function succeeding({ history }: KeySources, tip: number, key: string): readonly ManifestChange[] {
  const entry = history.get(entryName(tip))
  const signature = history.get(`${entryName(tip)}.sig`)
  const manifest = entry && readManifest(entry).value?.draft
  const signed = entry && signature && checkSignature(Buffer.from(entry.text, 'utf8'), signature.text).value
  const mine = publicHalf(key)
  if (!isManifest(manifest) || !signed || !mine) return []
  const before = { manifest, signerKey: sshFingerprint(signed.blob) }
  return describeSuccession(before, { manifest, signerKey: sshFingerprint(mine.blob) })
}

/** Of a private key, or of one that the agent holds. */
export function publicHalf(key: string): SshKey | undefined {
  const path = expandHome(key)
  try {
    return parseSshKey(readRegularFile(path.endsWith('.pub') ? path : `${path}.pub`).toString('utf8'))
  } catch {
    return undefined
  }
}

/** A deleted device is revoked for nobody, and one that is trusted again was once said to be lost. */
export const warnOfLoss = (
  changes: readonly ManifestChange[],
  { file, start }: LocatedDocument,
): readonly Diagnostic[] =>
  changes.flatMap(change => {
    if (!('device' in change) || (change.kind !== 'removed' && change.kind !== 'reinstated')) return []
    const name = `${nameDevice(change.device)} of ${change.jid}`
    const [message, hint] =
      change.kind === 'removed'
        ? [
            `The device ${name} is deleted, and not revoked: whoever trusts it never learns that they should not`,
            'put it back with revoked: { on: …, reason: … }',
          ]
        : [
            `The device ${name} was revoked, and is to be trusted again`,
            'is it the same device, in your hands?',
          ]
    return [diagnostic('trust/removed', message, { hint, file, span: start })]
  })

/** Everything that can be known before anybody signs; the list of signers is as it will be. */
export function makeReady(given: KeySources, { supersede }: SignOptions): Result<ReadySources> {
  const head = readManifest(given.manifest)
  const chosen = supersede ? { ...given, history: new Map() } : given
  const tip = lastSerial(chosen)
  const whole = withoutOrphan(withNamedSigners(chosen, head.value?.draft), tip)
  const signers = readAllowedSigners(whole.allowedSigners)
  if (!head.value || !signers.value) return { diagnostics: [...head.diagnostics, ...signers.diagnostics] }
  const { file, spanOf } = head.value.document
  const chain = checkChain(whole, signers.value, { last: tip, file, span: spanOf(['serial']) })
  if (!chain.value) return { diagnostics: chain.diagnostics }
  return { value: { whole, tip, head: head.value, signers: signers.value }, diagnostics: [] }
}

export const lastHash = (sources: KeySources): string | undefined => {
  const entry = sources.history.get(entryName(lastSerial(sources)))
  return entry && hashOf(entry)
}

/** `ssh-keygen` wants a line for every key: those that a manifest of the chain names and that the list lacks are put behind it. */
function withNamedSigners(sources: KeySources, draft: ManifestDraft | undefined): KeySources {
  const { allowedSigners, history } = sources
  const drafts = [...history]
    .filter(([name]) => name.endsWith('.yaml'))
    .flatMap(([, file]) => readManifest(file).value?.draft ?? [])
  const known = readAllowedSigners(allowedSigners).value ?? []
  const listed = new Set(known.map(({ key }) => sshFingerprint(key.blob)))
  let { text } = allowedSigners
  for (const { signer, signers = [] } of draft ? [...drafts, draft] : drafts) {
    for (const { fingerprint, key, name } of signers) {
      if (signer === undefined || listed.has(fingerprint)) continue
      listed.add(fingerprint)
      text += `${text === '' || text.endsWith('\n') ? '' : '\n'}${signer} namespaces="${namespace}" ${key} ${name}\n`
    }
  }
  return { ...sources, allowedSigners: { ...allowedSigners, text } }
}

/** A signature without its manifest is what a signing leaves that was killed; it will be written over. */
function withoutOrphan(sources: KeySources, tip: number): KeySources {
  const history = new Map(sources.history)
  history.delete(`${entryName(tip + 1)}.sig`)
  return { ...sources, history }
}

/** A signing that was killed after it filed the entry: the draft, signed so, would be that entry, byte for byte. */
export function resume(
  { manifest, history }: KeySources,
  tip: number,
  { readBeside }: SignOptions,
): SignedManifest | undefined {
  const entry = history.get(entryName(tip))
  const signature = history.get(`${entryName(tip)}.sig`)
  const draft = entry && readManifest(entry).value?.draft
  if (!entry || !signature || !draft?.issued || !draft.signer) return undefined
  const { issued, signer, previous = null, supersedes } = draft
  const fields = { serial: tip, issued, previous, supersedes, signer }
  const text = complete(manifest, fields, readBeside).value
  return text === entry.text ? { serial: tip, text, signature: signature.text } : undefined
}

/** A new chain that a killed signing has begun is gone on with: another would take the place of this one. */
export const unlessBegun = (sources: KeySources, options: SignOptions): SignOptions =>
  options.supersede && resume(sources, lastSerial(sources), options)
    ? { ...options, supersede: false }
    : options

/** The draft with all that signing adds: the fields of its head, and the hash of each file that it names. */
export function complete(
  file: SourceFile,
  fields: SignedFields,
  readBeside: VerifyOptions['readBeside'],
): Result<string> {
  const head = setSignedFields(file, fields)
  const keys = readManifest(file).value?.draft.keys ?? []
  return [...keys.entries()].reduce((edited: Result<string>, [n, key]) => {
    if (edited.value === undefined || key.type !== 'openpgp' || key.file === undefined) return edited
    const contents = readBeside(key.file)
    return contents === undefined
      ? edited
      : setKeyHash({ ...file, text: edited.value }, n, sha256Of(contents))
  }, head)
}

export const expandHome = (path: string) => (path.startsWith('~/') ? join(homedir(), path.slice(2)) : path)
