import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic, Result, SourceFile, Span } from '../../core/types.ts'
import { refuse, type Checked } from '../identity/refusal.ts'
import { namespace } from './ssh-signature.ts'
import { parseSshKey, sshFingerprint, type SshKey } from './ssh-key.ts'

/** One line of allowed_signers: who may sign with which key, for what, from when until when. */
export interface AllowedSigner {
  readonly principals: string
  readonly namespaces?: string | undefined
  /** Milliseconds since 1970, in UTC. */
  readonly validAfter: number
  readonly validBefore: number
  readonly key: SshKey
}

/**
 * Reads a list as ssh-keygen(1), ALLOWED SIGNERS, describes it. It passes over keys of kinds that no manifest can be signed
 * with; any other line that it cannot use is an error, so that ssh-keygen on the reader's machine judges as we do.
 */
export function readAllowedSigners(file: SourceFile): Result<readonly AllowedSigner[]> {
  const signers: AllowedSigner[] = []
  const diagnostics: Diagnostic[] = []
  let offset = 0
  for (const line of file.text.split('\n')) {
    const span: Span = [offset, offset + line.trimEnd().length]
    offset += line.length + 1
    const text = line.replace(/(?<![ \t\r])[ \t\r]+$/, '').replace(/^[ \t]+/, '')
    if (text === '' || text.startsWith('#') || isOfAnotherKind(text)) continue
    const { value, refusal } = parseSigner(text)
    if (value) signers.push(value)
    else diagnostics.push(diagnostic(refusal.code, refusal.message, { hint: refusal.hint, file, span }))
  }
  if (signers.length === 0 && diagnostics.length === 0) {
    const hint = `add a line: press@example.org namespaces="${namespace}" ssh-ed25519 AAAA…`
    diagnostics.push(
      diagnostic('keys/allowed-signers', 'Nobody is allowed to sign', { hint, file, span: [0, 0] }),
    )
  }
  return diagnostics.length > 0 ? { diagnostics } : { value: signers, diagnostics }
}

/** Certificates, their authorities, and keys of kinds that are not read: they say nothing about the others. */
const isOfAnotherKind = (line: string) =>
  /\s(?:ssh-dss|webauthn-sk-\S+|\S+-cert-v01@openssh\.com)\s+[A-Za-z0-9+/=]+/.test(line) ||
  /^(?:"[^"]*"|[^\s"]+)\s+(?:[^\s"]|"[^"]*")*\bcert-authority\b/i.test(line)

const wrong = (message: string, hint: string) => refuse('keys/allowed-signers', message, hint)

const fields =
  /^("[^"]*"|[^\s"]+)\s+(?:((?:[a-z-]+(?:="[^"]*",?|(?:=[^\s",]*)?(?:,|(?=\s))))+)\s+)?((?:ssh|ecdsa|sk)-\S+\s+\S.*)$/i

function parseSigner(line: string): Checked<AllowedSigner> {
  const [, principals = '', options = '', keyText = ''] = fields.exec(line) ?? []
  const key = parseSshKey(keyText)
  if (!key) {
    return wrong(
      'This line has no key that signatures are read of',
      `write PRINCIPAL namespaces="${namespace}" and the line of a .pub file: ed25519, ecdsa or rsa`,
    )
  }
  const signer = { principals: unquote(principals), validAfter: -Infinity, validBefore: Infinity, key }
  let namespaces: string | undefined
  const given = new Set<string>()
  for (const [, name = '', value = ''] of options.matchAll(/([a-z-]+)(?:=("[^"]*"|[^\s",]*))?,?/gi)) {
    const text = unquote(value)
    const option = name.toLowerCase()
    if (given.has(option)) return wrong(`ssh-keygen takes “${name}” once in a line`, 'leave one of the two')
    given.add(option)
    if (value !== '' && !value.startsWith('"')) {
      return wrong(`ssh-keygen wants the value of ${name} in quotes`, `write ${name}="${value}"`)
    }
    if (option === 'namespaces') namespaces = text
    else if (option === 'valid-after' || option === 'valid-before') {
      const time = parseTime(text, option)
      if (time === undefined) return wrong(`“${text}” is no time`, 'write 20261121Z, or 202611211200Z')
      signer[option === 'valid-after' ? 'validAfter' : 'validBefore'] = time
    } else {
      return wrong(
        `ssh-keygen knows no option “${name}”`,
        'namespaces, valid-after and valid-before are known',
      )
    }
  }
  return { value: { ...signer, namespaces } }
}

const unquote = (text: string) => text.replace(/^"(.*)"$/, '$1')

/**
 * YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS. Without a Z, ssh-keygen takes the time zone of whoever runs it; here
 * such a time holds only where it holds in every time zone, so that no two machines judge differently.
 */
function parseTime(text: string, option: 'valid-after' | 'valid-before'): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z?)$/.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone] = match
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
  const time = Date.parse(iso)
  if (Number.isNaN(time) || new Date(time).toISOString() !== iso.replace('Z', '.000Z')) return undefined
  const hours = 60 * 60 * 1000
  return zone === 'Z' ? time : time + (option === 'valid-after' ? 12 : -14) * hours
}

const refused = (message: string, hint: string) => refuse('keys/signer', message, hint)

/** May this key sign a manifest in this name, at this time? Agrees with `ssh-keygen -Y verify`. */
export function authorise(
  signers: readonly AllowedSigner[],
  key: SshKey,
  principal: string,
  time: Date,
): Checked<AllowedSigner> {
  const name = `${key.type} key ${sshFingerprint(key.blob)}`
  const withKey = signers.filter(signer => signer.key.blob.equals(key.blob))
  if (withKey.length === 0) {
    const line = `${principal} namespaces="${namespace}" ${key.type} ${key.blob.toString('base64')}`
    return refused(
      `The ${name} is not an allowed signer`,
      `if it is yours, add this to allowed_signers: ${line}`,
    )
  }
  const named = withKey.filter(({ principals }) => matchesList(principal, principals))
  if (named.length === 0) {
    const names = withKey.map(({ principals }) => principals).join(', ')
    return refused(`The ${name} may not sign as ${principal}`, `allowed_signers has it as ${names}`)
  }
  const forThis = named.filter(
    ({ namespaces }) => namespaces === undefined || matchesList(namespace, namespaces),
  )
  if (forThis.length === 0) {
    return refused(
      `The ${name} may not sign manifests`,
      `its namespaces in allowed_signers lack ${namespace}`,
    )
  }
  const now = time.getTime()
  const valid = forThis.find(({ validAfter, validBefore }) => validAfter <= now && now <= validBefore)
  if (valid) return { value: valid }
  return refused(
    `The ${name} was not valid on ${time.toISOString().slice(0, 10)}`,
    'sign with a key that is, or change valid-after and valid-before in allowed_signers',
  )
}

/** PATTERNS of ssh_config(5): `*`, `?`, and `!` in front, which outweighs every match. */
function matchesList(text: string, list: string): boolean {
  const matches = (pattern: string) =>
    new RegExp(
      `^${pattern
        .replace(/[.+^$()|[\]{}\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
      'su',
    ).test(text)
  const patterns = list.split(',')
  if (patterns.some(pattern => pattern.startsWith('!') && matches(pattern.slice(1)))) return false
  return patterns.some(pattern => !pattern.startsWith('!') && matches(pattern))
}
