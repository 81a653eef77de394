import { append } from '../../core/lists/long-lists.ts'
import { diagnostic, suggestion } from '../../core/diagnostic.ts'
import type { Code } from '../../core/codes.ts'
import type { Diagnostic, Result, SourceFile } from '../../core/types.ts'
import { checkCurve, toCurve25519 } from '../identity/curve25519.ts'
import { readDocument, type LocatedDocument, type Path } from './yaml-document.ts'
import { foldFingerprint } from '../identity/fingerprint.ts'
import { checkJid } from '../identity/jid.ts'
import {
  checkAgeKey,
  checkMinisignKey,
  checkOpenpgpFingerprint,
  checkSshKey,
  type PublicKey,
} from '../identity/public-key.ts'
import type { Checked } from '../identity/refusal.ts'
import { findDuplicates } from './duplicates.ts'
import type { Issue } from './kinds.ts'
import { checkForm, type howVerified, type WrittenKey } from './schema.ts'

export interface Device {
  readonly id: number
  readonly name: string
  readonly client?: string | undefined
  /** 64 lower-case hexadecimal digits, as `ed25519` and `pq`. */
  readonly fingerprint: string
  readonly ed25519?: string | undefined
  /** The identity key of the post-quantum OMEMO of Monocles: another Curve25519 key under the same id. */
  readonly pq?: string | undefined
  /** Days are ISO days. */
  readonly verified?: { readonly on: string; readonly how: (typeof howVerified)[number] } | undefined
  readonly revoked?: { readonly on: string; readonly reason: string } | undefined
}

export interface Account {
  readonly jid: string
  readonly label?: string | undefined
  /** Whether the page offers a link by way of conversations.im too. */
  readonly invitation: boolean
  readonly devices: readonly Device[]
}

/** A key that may sign the next manifest. */
export interface NamedSigner {
  readonly name: string
  /** `SHA256:…` */
  readonly fingerprint: string
  /** Type and base64, as `allowed_signers` has them. */
  readonly key: string
  /** Whether it decides between two chains, and only its own signature removes it. */
  readonly isRecovery: boolean
}

/** What the owner writes. `keys sign` adds what makes a manifest of it. */
export interface ManifestDraft {
  readonly serial?: number | undefined
  readonly issued?: string | undefined
  readonly validUntil?: string | undefined
  readonly previous?: string | undefined
  /** `sha256:…` of the last manifest of a chain that this one takes the place of. */
  readonly supersedes?: string | undefined
  readonly signer?: string | undefined
  /** Who may sign the next; where it is absent, only the key that signed this one. */
  readonly signers?: readonly NamedSigner[] | undefined
  /** Where else the signer’s key stands: `https://…`, `dns:example.org`. */
  readonly anchors?: readonly string[] | undefined
  readonly accounts: readonly Account[]
  readonly keys: readonly PublicKey[]
}

/** A draft that has everything a signed one needs; whether the signature is good is another question. */
export type Manifest = ManifestDraft & {
  readonly serial: number
  readonly issued: string
  readonly signer: string
}

export interface ReadManifest {
  readonly draft: ManifestDraft
  readonly document: LocatedDocument
}

/** Devices that a page shows: somebody compared the fingerprint, and nobody revoked it. */
export const publishedDevices = ({ devices }: Account): readonly Device[] =>
  devices.filter(({ verified, revoked }) => verified && !revoked)

export const revokedDevices = ({ devices }: Account): readonly Device[] =>
  devices.filter(({ revoked }) => revoked)

/** Reads and checks everything about a manifest that its own text can tell; nothing of signatures or of today. */
export function readManifest(file: SourceFile): Result<ReadManifest> {
  const read = readDocument(file)
  if (!read.value) return { diagnostics: read.diagnostics }
  const document = read.value
  const form = checkForm(document.value)
  if (!form.value) return { diagnostics: form.issues.map(issue => explain(issue, document)) }

  const diagnostics: Diagnostic[] = []
  const report = (code: Code, path: Path, message: string, hint: string) =>
    diagnostics.push(diagnostic(code, message, { hint, file, span: document.spanOf(path) }))
  const take = <T>(checked: Checked<T>, path: Path): T | undefined => {
    if (checked.refusal) report(checked.refusal.code, path, checked.refusal.message, checked.refusal.hint)
    return checked.value
  }
  const { accounts: written = [], keys: writtenKeys = [], signers: writtenSigners, ...head } = form.value
  const signers = writtenSigners?.flatMap(({ key: text, name, recovery = false }, n): NamedSigner[] => {
    const key = take(checkSshKey(text), ['signers', n, 'key'])
    return key?.type === 'ssh'
      ? [{ name, fingerprint: key.fingerprint, key: key.key, isRecovery: recovery }]
      : []
  })
  if (signers?.length === 0 && diagnostics.length === 0) {
    const hint = 'name the keys that may sign the next manifest, or leave “signers” out'
    report('keys/value', ['signers'], '“signers” names nobody: nothing could follow this manifest', hint)
  }
  const accounts = written.map((account, n): Account => {
    const path = ['accounts', n]
    const { allowUnicode = false, invitation = false, jid, label } = account
    take(checkJid(jid, { allowUnicode }), [...path, 'jid'])
    if (label !== undefined && label.normalize('NFC').toLowerCase() !== jid) {
      report(
        'keys/jid',
        [...path, 'label'],
        `The label is not a way to write ${jid}`,
        `write ${jid} with capitals`,
      )
    }
    const devices = account.devices.map((device, d): Device => {
      const at = (key: string) => [...path, 'devices', d, key]
      const { fingerprint, ed25519, pq: writtenPq } = device
      const u = takeFingerprint(fingerprint, at('fingerprint'))
      const pq = writtenPq === undefined ? undefined : takeFingerprint(writtenPq, at('pq'))
      const y = ed25519 === undefined ? undefined : take(foldFingerprint(ed25519), at('ed25519'))
      const converted = y && take(toCurve25519(y), at('ed25519'))
      if (u && converted && converted !== u) {
        const hint = `the Ed25519 key given is the fingerprint ${converted}: copy both from one device again`
        report('keys/ed25519', at('ed25519'), 'This is the Ed25519 form of another key', hint)
      }
      return { ...device, fingerprint: u ?? fingerprint, ed25519: y, ...(pq !== undefined && { pq }) }
    })
    return { jid, label, invitation, devices }
  })
  const keys = writtenKeys.flatMap((key, n) => {
    const field = key.type === 'openpgp' ? 'fingerprint' : 'key'
    return take(checkKey(key), ['keys', n, field]) ?? []
  })
  const draft: ManifestDraft = { ...head, ...(signers && { signers }), accounts, keys }
  append(diagnostics, findDuplicates(draft, document))
  return diagnostics.length > 0 ? { diagnostics } : { value: { draft, document }, diagnostics }

  function takeFingerprint(text: string, path: Path) {
    const folded = take(foldFingerprint(text), path)
    return folded && take(checkCurve(folded), path)
  }
}

function checkKey(key: WrittenKey): Checked<PublicKey> {
  if (key.type === 'ssh') return checkSshKey(key.key)
  if (key.type === 'age') return checkAgeKey(key.key)
  if (key.type === 'minisign') return checkMinisignKey(key.key)
  const checked = checkOpenpgpFingerprint(key.fingerprint)
  return checked.refusal ? checked : { value: { ...key, fingerprint: checked.value } }
}

/**
 * In a signed manifest nothing is verified or revoked after the day of the signature, and it is not valid until a
 * day before it. In a draft this may be so: it still has the day of the signature before.
 */
export function checkDays(
  { issued, validUntil, accounts }: ManifestDraft,
  { file, spanOf }: LocatedDocument,
): readonly Diagnostic[] {
  if (issued === undefined) return []
  const late = (path: Path, message: string, hint: string) =>
    diagnostic('keys/date', message, { hint, file, span: spanOf(path) })
  const expires =
    validUntil !== undefined && validUntil < issued
      ? [
          late(
            ['validUntil'],
            `It ends on ${validUntil}, before it begins on ${issued}`,
            'choose a later day',
          ),
        ]
      : []
  return [
    ...expires,
    ...accounts.flatMap(({ devices }, n) =>
      devices.flatMap((device, d) =>
        (['verified', 'revoked'] as const).flatMap(what => {
          const on = device[what]?.on
          if (on === undefined || on <= issued) return []
          const message = `The device was ${what} on ${on}, after the signature of ${issued}`
          const hint = 'correct the day, or sign again: imprimatur keys sign'
          return [late(['accounts', n, 'devices', d, what, 'on'], message, hint)]
        }),
      ),
    ),
  ]
}

/** An issue as the author sees it. */
function explain(issue: Issue, { file, spanOf, keySpanOf }: LocatedDocument): Diagnostic {
  const { path } = issue
  if (issue.what === 'unknown-key') {
    const key = String(path.at(-1))
    const hint = `${suggestion(key, issue.known)}the keys here are ${issue.known.join(', ')}`
    return diagnostic('keys/unknown-key', `“${key}” is no key here`, { hint, file, span: keySpanOf(path) })
  }
  const name = path.length === 0 ? 'The manifest' : `“${path.findLast(part => typeof part === 'string')}”`
  if (issue.what === 'missing') {
    const hint = `add it; it must be ${issue.expected}`
    return diagnostic('keys/missing-key', `${name} is missing`, { hint, file, span: spanOf(path) })
  }
  const hint = 'correct it; the manual says what every key means'
  return diagnostic('keys/value', `${name} must be ${issue.expected}`, { hint, file, span: spanOf(path) })
}
