import { append, largest, smallest } from '../../core/lists/long-lists.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Code } from '../../core/codes.ts'
import type { Diagnostic, Result, SourceFile, Span } from '../../core/types.ts'
import { authorise, type AllowedSigner } from './allowed-signers.ts'
import { compareManifests, type ManifestChange } from '../manifest/changes.ts'
import { statement } from '../manifest/statements.ts'
import {
  checkReplaced,
  describeSuccession,
  judgeSuccession,
  successionOf,
  type SignedLink,
} from './succession.ts'
import { entryName, hashOf, type KeySources } from '../manifest/sources.ts'
import { readManifest, type Manifest, type ReadManifest } from '../manifest/manifest.ts'
import type { HistoryEntry } from '../verified-keys.ts'
import { checkSignature } from './ssh-signature.ts'
import { sshFingerprint } from './ssh-key.ts'

/** A manifest whose signature is good; `at` is when its signer had to be allowed to sign. */
export function checkSigned(
  read: Result<ReadManifest>,
  file: SourceFile,
  signature: SourceFile | undefined,
  signers: readonly AllowedSigner[],
  at: (manifest: Manifest) => readonly Date[],
): Result<{ readonly read: ReadManifest; readonly manifest: Manifest; readonly signerKey: string }> {
  const key = signature && checkSignature(Buffer.from(file.text, 'utf8'), signature.text)
  const span = read.value?.document.keySpanOf(['signer']) ?? [0, 0]
  const diagnostics = [...read.diagnostics]
  const report = (code: Code, message: string, hint: string, where: Span = span) =>
    diagnostics.push(diagnostic(code, message, { hint, file, span: where }))
  if (!key) {
    const hint = 'sign it: imprimatur keys sign --key ~/.ssh/id_ed25519'
    report('keys/unsigned', `The manifest is not signed: there is no ${nameOf(file)}.sig`, hint)
  } else if (key.refusal && isSignedWithLf(file, signature)) {
    const hint = `git did that, or an editor: write “${file.path} -text” into .gitattributes, for the history too, and check the files out anew`
    report('keys/signature', 'The line endings are CRLF, and the manifest was signed with LF', hint)
  } else if (key.refusal) report(key.refusal.code, key.refusal.message, key.refusal.hint)
  if (!read.value) return { diagnostics }

  const { draft, document } = read.value
  const { serial, issued, signer } = draft
  if (serial === undefined || issued === undefined || signer === undefined) {
    if (!key) return { diagnostics }
    const lacking = Object.entries({ serial, issued, signer }).filter(([, value]) => value === undefined)
    const message = `A signed manifest has ${lacking.map(([name]) => name).join(' and ')}`
    const hint = 'let the program write it: imprimatur keys sign --key ~/.ssh/id_ed25519'
    report('keys/missing-key', message, hint, document.start)
    return { diagnostics }
  }
  const manifest: Manifest = { ...draft, serial, issued, signer }
  if (key?.value) {
    const judged = at(manifest).map(time => authorise(signers, key.value, signer, time))
    const refusal = judged.every(each => each.refusal) ? judged[0]?.refusal : undefined
    if (refusal) report(refusal.code, refusal.message, refusal.hint, document.spanOf(['signer']))
  }
  return diagnostics.length > 0 || !key?.value
    ? { diagnostics }
    : { value: { read: read.value, manifest, signerKey: sshFingerprint(key.value.blob) }, diagnostics }
}

/** A checkout with `core.autocrlf` changes every line of both files, and nothing that anybody wrote. */
function isSignedWithLf({ text }: SourceFile, signature: SourceFile | undefined): boolean {
  if (signature === undefined || !`${text}${signature.text}`.includes('\r\n')) return false
  const [message, armour] = [text, signature.text].map(each => each.replaceAll('\r\n', '\n'))
  return checkSignature(Buffer.from(message!, 'utf8'), armour!).value !== undefined
}

const nameOf = ({ path }: SourceFile) => path.split('/').at(-1) ?? path

/** A signer of the past was allowed to sign on the day it says, at its beginning or at its end. */
const onItsDay = ({ issued }: Manifest) => [new Date(`${issued}T00:00:00Z`), new Date(`${issued}T23:59:59Z`)]

/** How far a history has to go, and where to say so when it does not. */
export interface ChainEnd {
  /** The manifest as it was read, where it is: the last link is mostly the same file once more. */
  readonly head?: Result<ReadManifest>
  readonly last: number
  readonly file: SourceFile
  readonly span: Span
}

/**
 * Verifies the history from the first manifest to the last: none missing, each whole, signed, numbered in order and
 * naming the one before it by its hash. Everything wrong is reported, each at its own file.
 */
export function checkChain(
  sources: KeySources,
  signers: readonly AllowedSigner[],
  { head, last, file, span: end }: ChainEnd,
): Result<readonly HistoryEntry[]> {
  const diagnostics: Diagnostic[] = []
  const report = (code: Code, message: string, hint: string, where = file, span: Span = end) =>
    diagnostics.push(diagnostic(code, message, { hint, file: where, span }))
  const restore = 'restore the history folder from a copy: every signed manifest stays in it'
  const entries: HistoryEntry[] = []
  let before: (SignedLink & { readonly file: SourceFile }) | undefined
  const serials = [...sources.history.keys()]
    .filter(name => /^\d+\.yaml$/.test(name))
    .map(name => parseInt(name, 10))
  for (let serial = 1; serial <= last; serial++) {
    const name = entryName(serial)
    const entry = sources.history.get(name)
    if (!entry) {
      // A serial may be any number: a gap is one diagnostic.
      const next = smallest(
        serials.filter(there => there > serial),
        last + 1,
      )
      const missing = next === serial + 1 ? 'is missing' : `and all to ${entryName(next - 1)} are missing`
      report('keys/history', `${sources.paths.history}/${name} ${missing}`, restore)
      before = undefined
      serial = next - 1
      continue
    }
    const isHead = head?.value && entry.text === sources.manifest.text
    const checked = checkSigned(
      isHead ? head : readManifest(entry),
      entry,
      sources.history.get(`${name}.sig`),
      signers,
      onItsDay,
    )
    append(diagnostics, checked.diagnostics)
    if (!checked.value) {
      before = undefined
      continue
    }
    const { manifest, read, signerKey } = checked.value
    const at = (key: string) => read.document.spanOf([key])
    if (manifest.serial !== serial) {
      const message = `The file is number ${serial}, and the manifest in it has serial ${manifest.serial}`
      report('keys/serial', message, restore, entry, at('serial'))
    }
    if (
      serial === 1 ? manifest.previous !== undefined : before && manifest.previous !== hashOf(before.file)
    ) {
      const message =
        serial === 1
          ? 'The first manifest cannot have one before it'
          : `This is not the hash of ${entryName(serial - 1)}: one of the two files was altered`
      report('keys/previous', message, restore, entry, at('previous'))
    }
    if (before && manifest.issued < before.manifest.issued) {
      const message = `Issued on ${manifest.issued}, before its predecessor of ${before.manifest.issued}`
      report('keys/date', message, 'was the clock wrong? sign again on the right day', entry, at('issued'))
    }
    const link = { file: entry, manifest, signerKey }
    for (const { code, message, hint } of before ? judgeSuccession(before, link) : []) {
      report(code, message, hint, entry, at('signers'))
    }
    if (before) append(diagnostics, checkReplaced(before.manifest, manifest, read.document))
    if (
      manifest.supersedes !== undefined &&
      (serial > 1 ? before && before.manifest.supersedes !== manifest.supersedes : false)
    ) {
      const hint = 'a new chain begins with manifest 1: imprimatur keys sign --supersede'
      report(
        'keys/previous',
        'Only the first manifest of a chain takes the place of another',
        hint,
        entry,
        at('supersedes'),
      )
    }
    entries.push({
      serial,
      issued: manifest.issued,
      signer: manifest.signer,
      signerKey,
      succession: successionOf(before, link),
      hash: hashOf(entry),
      changes: changesOf(before, link),
    })
    before = link
  }
  checkFolder(sources, last, report)
  return diagnostics.length > 0 ? { diagnostics } : { value: entries, diagnostics }
}

/** What a manifest changed, its signature and its layout with the rest: none only where nothing but the signature is new. */
function changesOf(
  before: (SignedLink & { readonly file: SourceFile }) | undefined,
  after: SignedLink & { readonly file: SourceFile },
): readonly ManifestChange[] {
  const changes = [
    ...describeSuccession(before, after),
    ...compareManifests(before?.manifest, after.manifest),
  ]
  const isSame = !before || changes.length > 0 || bodyOf(before.file) === bodyOf(after.file)
  return isSame ? changes : [statement('layout', 'layout')]
}

/** Without the lines that every signature writes anew. */
const bodyOf = ({ text }: SourceFile) => text.replace(/^(?:serial|issued|previous|signer):.*\r?\n?/gm, '')

/** Whatever else lies in the history folder: newer manifests mean that an older one was put back. */
function checkFolder(
  { history, paths }: KeySources,
  last: number,
  report: (code: Code, message: string, hint: string, where?: SourceFile, span?: Span) => void,
) {
  const newest = [...history.keys()]
    .filter(name => /^\d{4,}\.yaml$/.test(name))
    .map(name => parseInt(name, 10))
  if (largest(newest, 0) > last) {
    const message = `The history goes on to number ${largest(newest)}: this is an older manifest`
    report('keys/serial', message, `put back the newest, ${paths.history}/${entryName(largest(newest))}`)
  }
  for (const [name, file] of history) {
    const serial = Number(/^(\d{4,})\.yaml(?:\.sig)?$/.exec(name)?.[1])
    if (entryName(serial) !== name.replace(/\.sig$/, '')) {
      const hint = 'move it out of the folder, or give it its number'
      report('keys/history', `“${name}” is no part of the history`, hint, file, [0, 0])
    } else if (!history.has(name.replace(/\.sig$/, ''))) {
      const hint = 'sign again, which finishes what was begun: imprimatur keys sign'
      report('keys/history', 'This is a signature without its manifest', hint, file, [0, 0])
    }
  }
}
