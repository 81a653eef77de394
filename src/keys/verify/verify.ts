import { append } from '../../core/lists/long-lists.ts'
import { diagnostic, hasErrors } from '../../core/diagnostic.ts'
import type { Diagnostic, Result, Verified } from '../../core/types.ts'
import { readAllowedSigners } from './allowed-signers.ts'
import { parseSshKey, rsaBits, sshFingerprint, type SshKey } from './ssh-key.ts'
import { checkSeen, type SeenChain } from './continuity.ts'
import { checkChain, checkSigned } from './history-chain.ts'
import type { HistoryEntry } from '../verified-keys.ts'
import type { LocatedDocument } from '../manifest/yaml-document.ts'
import { compareManifests, describeChanges, nothingNew } from '../manifest/changes.ts'
import { entryName, lastSerial, sha256Of, type KeySources } from '../manifest/sources.ts'
import {
  checkDays,
  readManifest,
  type ManifestDraft,
  type Manifest,
  type ReadManifest,
} from '../manifest/manifest.ts'
import { checkOpenpgpFile } from '../identity/openpgp-file.ts'

/** A manifest that may be published, with all that a page says about why. */
export interface Publication {
  readonly manifest: Verified<Manifest>
  /** `SHA256:…` of the key that signed it. */
  readonly signerKey: string
  /** Oldest first; the last is the manifest itself. */
  readonly history: readonly HistoryEntry[]
  readonly sources: KeySources
  /** Where in the manifest everything stands, for what is found later. */
  readonly document: LocatedDocument
  /** Files that the manifest names, by name: armoured OpenPGP keys. */
  readonly files: ReadonlyMap<string, string>
  /** Whether `validUntil` is past: then no link and no code is shown. */
  readonly isExpired: boolean
}

export interface VerifyOptions {
  readonly now: Date
  /** Reads a file beside the manifest; undefined when it is not there. */
  readonly readBeside: (name: string) => string | undefined
  /** Whether a manifest that is past its validity, and otherwise good, is given all the same, with its error. Default: it is not. */
  readonly allowExpired?: boolean | undefined
  /** Chains that were published before: the manifest has to go on from each. */
  readonly seen?: readonly SeenChain[] | undefined
}

const day = 24 * 60 * 60 * 1000
const warnedDaysAhead = 30

const isoDay = (time: number) => new Date(time).toISOString().slice(0, 10)

/**
 * The one road to a `Verified<Manifest>`: the signature is good, by an allowed signer, for this purpose and now; the
 * history is whole; every rule of `manifest.ts` holds; and no day lies in the future. Warnings may accompany it.
 */
export function verifyManifest(sources: KeySources, options: VerifyOptions): Result<Publication> {
  const signers = readAllowedSigners(sources.allowedSigners)
  const head = readManifest(sources.manifest)
  if (!signers.value) return { diagnostics: [...signers.diagnostics, ...head.diagnostics] }

  const signed = checkSigned(head, sources.manifest, sources.signature, signers.value, () => [options.now])
  if (!head.value) return { diagnostics: signed.diagnostics }
  const diagnostics = signed.diagnostics.map(found => tellDifferences(found, head.value, sources))
  const { draft, document } = head.value
  const files = new Map<string, string>()
  append(
    diagnostics,
    checkDays(draft, document),
    checkToday(draft, document, options.now),
    checkFiles(draft, document, options.readBeside, files),
    findUnverified(draft, document),
    findWeakKeys(
      draft,
      document,
      signers.value.find(({ key }) => sshFingerprint(key.blob) === signed.value?.signerKey)?.key,
    ),
  )
  const last = draft.serial ?? 0
  const end = { head, last, file: document.file, span: document.spanOf(['serial']) }
  const chain = checkChain(sources, signers.value, end)
  append(diagnostics, chain.diagnostics)
  if (chain.value) {
    append(diagnostics, checkSeen(options.seen ?? [], chain.value, draft.supersedes, document))
  }
  const filed = sources.history.get(entryName(last))
  if (signed.value && filed && filed.text !== sources.manifest.text) {
    const hint = 'put back the one of the history, or sign yours as the next: imprimatur keys sign'
    const message = `This manifest and number ${last} of the history are two, and both are signed`
    diagnostics.push(
      diagnostic('keys/history', message, { hint, file: document.file, span: document.spanOf(['serial']) }),
    )
  }
  const isExpired = diagnostics.some(({ code }) => code === 'keys/expired')
  const others = diagnostics.filter(({ code }) => !(options.allowExpired && code === 'keys/expired'))
  if (hasErrors(others) || !signed.value || !chain.value) return { diagnostics }

  const { manifest, signerKey } = signed.value
  const publication: Publication = {
    manifest: manifest as Verified<Manifest>,
    signerKey,
    history: chain.value,
    sources,
    document,
    files,
    isExpired,
  }
  return { value: publication, diagnostics }
}

/** Of a manifest that is not what was signed: how it differs from the last that was. */
function tellDifferences(found: Diagnostic, head: ReadManifest | undefined, sources: KeySources): Diagnostic {
  const last = lastSerial(sources)
  const entry = sources.history.get(entryName(last))
  const isAltered =
    ['keys/signature', 'keys/unsigned'].includes(found.code) && !found.message.includes('CRLF')
  const filed = entry && isAltered ? readManifest(entry).value : undefined
  if (!entry || !filed || !head || found.file !== sources.manifest) return found
  const place = `${sources.paths.history}/${entryName(last)}`
  const isSame = entry.text === sources.manifest.text
  const differences = describeChanges(compareManifests(filed.draft, head.draft))
  const since = isSame ? 'it is that manifest' : differences.join('; ')
  return {
    ...found,
    message: `${found.message}. Against manifest ${last}, the last one that was signed: ${isSame ? since : differences.includes(nothingNew) ? 'only comments, layout or the head differ' : since}`,
    hint: isSame
      ? `put back its signature: ${place}.sig`
      : `if you made these changes, sign them: imprimatur keys sign; if not, somebody else did: put back ${place} and its .sig`,
  }
}

/** A day is in the future when it has not begun anywhere, and over when it is over everywhere. */
export function checkToday(
  { issued, validUntil }: ManifestDraft,
  { file, spanOf }: LocatedDocument,
  now: Date,
): readonly Diagnostic[] {
  const hours = 60 * 60 * 1000
  const [latestToday, earliestToday] = [
    isoDay(now.getTime() + 14 * hours),
    isoDay(now.getTime() - 12 * hours),
  ]
  const diagnostics: Diagnostic[] = []
  if (issued !== undefined && issued > latestToday) {
    const hint = 'is the clock right? else sign again: imprimatur keys sign'
    const message = `The manifest was issued on ${issued}, which is in the future`
    diagnostics.push(diagnostic('keys/date', message, { hint, file, span: spanOf(['issued']) }))
  }
  if (validUntil === undefined) return diagnostics
  const rest = {
    hint: 'set validUntil to a later day and sign: imprimatur keys sign',
    file,
    span: spanOf(['validUntil']),
  }
  if (validUntil < earliestToday) {
    diagnostics.push(diagnostic('keys/expired', `The manifest was valid until ${validUntil}`, rest))
  } else if (validUntil <= isoDay(now.getTime() + warnedDaysAhead * day)) {
    const message = `The manifest is valid until ${validUntil}; after that the page shows no link and no code`
    diagnostics.push(diagnostic('keys/expiring', message, rest))
  }
  return diagnostics
}

/** Is every file that the manifest names there, plainly beside it, and the key of its fingerprint? */
function checkFiles(
  { keys }: ManifestDraft,
  { file, spanOf }: LocatedDocument,
  readBeside: VerifyOptions['readBeside'],
  files: Map<string, string>,
): readonly Diagnostic[] {
  return keys.flatMap((key, n) => {
    if (key.type !== 'openpgp' || key.file === undefined) return []
    const rest = (hint: string) => ({ hint, file, span: spanOf(['keys', n, 'file']) })
    if (!/^[A-Za-z0-9][\w.-]*$/.test(key.file)) {
      const message = `“${key.file}” is not the name of a file beside the manifest`
      return [diagnostic('keys/public-key', message, rest('letters, digits, _ . and -, and no folders'))]
    }
    const text = readBeside(key.file)
    if (text === undefined) {
      const hint = rest(`put it there: gpg --armor --export ${key.fingerprint} > ${key.file}`)
      return [diagnostic('keys/read', `There is no ${key.file} beside the manifest`, hint)]
    }
    const { refusal } = checkOpenpgpFile(text, key.fingerprint)
    files.set(key.file, text)
    if (refusal) return [diagnostic(refusal.code, refusal.message, rest(refusal.hint))]
    if (key.sha256 === sha256Of(text)) return []
    const message =
      key.sha256 === undefined
        ? `The manifest does not name the hash of ${key.file}: nobody has signed what is in it`
        : `${key.file} is not the file that was signed: its hash is another`
    const hint =
      'look at it: gpg --show-keys; if it is yours, sign again, which writes its hash: imprimatur keys sign'
    return [diagnostic('keys/public-key', message, rest(hint))]
  })
}

/** BSI TR-02102-1 and NIST SP 800-57 want 3000 and 3072 bits for what is to hold beyond 2030. */
/** RSA keys that are long enough to sign today and not to be trusted for years: those published, and those that may sign. */
function findWeakKeys(
  { keys, signers = [] }: ManifestDraft,
  { file, spanOf }: LocatedDocument,
  signer: SshKey | undefined,
): readonly Diagnostic[] {
  const isNamed = signers.some(({ fingerprint }) => signer && fingerprint === sshFingerprint(signer.blob))
  const all = [
    ...keys.map((key, n) => ({
      key: key.type === 'ssh' ? parseSshKey(key.key) : undefined,
      path: ['keys', n, 'key'],
    })),
    ...signers.map(({ key }, n) => ({ key: parseSshKey(key), path: ['signers', n, 'key'] })),
    ...(isNamed ? [] : [{ key: signer, path: ['signer'] }]),
  ]
  return all.flatMap(({ key, path }) => {
    const bits = key && rsaBits(key)
    if (bits === undefined || bits >= 3072) return []
    const hint = 'make another: ssh-keygen -t ed25519; whoever has both can tell others of the new one'
    const which = path[0] === 'keys' ? 'This RSA key' : 'The RSA key of the signer'
    const message = `${which} has ${bits} bits, and 3072 are wanted of one that is to last`
    return [diagnostic('keys/weak-key', message, { hint, file, span: spanOf(path) })]
  })
}

const findUnverified = (
  { accounts }: ManifestDraft,
  { file, spanOf }: LocatedDocument,
): readonly Diagnostic[] =>
  accounts.flatMap(({ devices }, n) =>
    devices.flatMap(({ name, verified, revoked }, d) => {
      if (verified || revoked) return []
      const hint = 'compare it on the device itself, then add verified: { on: 2026-11-20, how: on-device }'
      const message = `Nobody verified “${name}”: it is in no link and no code, and only in the manifest itself`
      const span = spanOf(['accounts', n, 'devices', d, 'name'])
      return [diagnostic('keys/device-unverified', message, { hint, file, span })]
    }),
  )
