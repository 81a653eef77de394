import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { entryName, hashOf, keyPaths, type KeySources } from '../../src/keys/manifest/sources.ts'
import { namespace } from '../../src/keys/verify/ssh-signature.ts'
import { wireString } from '../../src/keys/verify/ssh-key.ts'
import { verifyManifest, type Publication } from '../../src/keys/verify/verify.ts'
import type { Result } from '../../src/core/types.ts'

export interface Signer {
  readonly privateKey: KeyObject
  readonly blob: Buffer
  readonly type: string
}

/** A throwaway key that signs in this process: a test of a thousand signatures cannot run ssh-keygen. */
export function newSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(12)
  const type = 'ssh-ed25519'
  return { privateKey, type, blob: Buffer.concat([wireString(type), wireString(key)]) }
}

export const publicLine = ({ type, blob }: Signer) => `${type} ${blob.toString('base64')}`

export function signText(text: string, signer: Signer, purpose: string = namespace): string {
  const hash = createHash('sha512').update(text).digest()
  const parts = [purpose, '', 'sha512'].map(wireString)
  const raw = sign(
    null,
    Buffer.concat([Buffer.from('SSHSIG'), ...parts, wireString(hash)]),
    signer.privateKey,
  )
  const version = Buffer.from([0, 0, 0, 1])
  const signature = wireString(Buffer.concat([wireString(signer.type), wireString(raw)]))
  const all = Buffer.concat([Buffer.from('SSHSIG'), version, wireString(signer.blob), ...parts, signature])
  const lines = all
    .toString('base64')
    .match(/.{1,70}/g)!
    .join('\n')
  return `-----BEGIN SSH SIGNATURE-----\n${lines}\n-----END SSH SIGNATURE-----\n`
}

export const now = new Date('2026-11-21T12:00:00Z')

export const vectors = JSON.parse(
  readFileSync(new URL('../fixtures/keys/vectors.json', import.meta.url), 'utf8'),
) as { devices: { id: number; name: string; fingerprint: string; ed25519: string }[] }

export const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/keys/${name}`, import.meta.url), 'utf8')

/**
 * The drafts that the history of the fixtures is made of: `serial`, `issued` and `previous` are put in front. With several signers
 * each signs one; all are in the list.
 */
export function buildHistory(
  signers: Signer | readonly Signer[],
  drafts: readonly string[],
  days: readonly string[],
): KeySources {
  const each = 'blob' in signers ? drafts.map(() => signers) : signers
  const paths = keyPaths('pages/about/keys.yaml')
  const history = new Map<string, { path: string; text: string }>()
  let previous = ''
  let manifest = ''
  for (const [n, draft] of drafts.entries()) {
    const head = `version: 1\nserial: ${n + 1}\nissued: ${days[n]}\n${previous}`
    manifest = `${head}${draft}`
    const path = `${paths.history}/${entryName(n + 1)}`
    history.set(entryName(n + 1), { path, text: manifest })
    history.set(`${entryName(n + 1)}.sig`, { path: `${path}.sig`, text: signText(manifest, each[n]!) })
    previous = `previous: ${hashOf({ path, text: manifest })}\n`
  }
  return {
    paths,
    manifest: { path: paths.manifest, text: manifest },
    signature: { path: paths.signature, text: signText(manifest, each.at(-1)!) },
    allowedSigners: {
      path: paths.allowedSigners,
      text: [...new Set(each)]
        .map(signer => `press@example.org namespaces="${namespace}" ${publicLine(signer)}\n`)
        .join(''),
    },
    history,
  }
}

export const verify = (sources: KeySources, at: Date = now): Result<Publication> =>
  verifyManifest(sources, { now: at, readBeside: () => undefined })

const deviceYaml = (n: number, rest: string) => {
  const { id, name, fingerprint } = vectors.devices[n]!
  return `      - id: ${id}\n        name: ${name}\n        fingerprint: ${fingerprint}\n        ${rest}\n`
}

const accountYaml = 'signer: press@example.org\naccounts:\n  - jid: press@example.org\n    devices:\n'
const good = 'verified: { on: 2026-05-01, how: on-device }'

/** Three drafts: a phone and a laptop; a desktop more; the laptop lost. */
export const drafts = [
  accountYaml + deviceYaml(0, good) + deviceYaml(1, good),
  accountYaml + deviceYaml(0, good) + deviceYaml(1, good) + deviceYaml(2, good),
  accountYaml +
    deviceYaml(0, good) +
    deviceYaml(1, `${good}\n        revoked: { on: 2026-11-01, reason: lost }`) +
    deviceYaml(2, good),
] as const

/** What a manifest says of who may sign the next. */
export const naming = (signers: Readonly<Record<string, Signer>>): string =>
  `signers:\n${Object.entries(signers)
    .map(
      ([name, signer]) =>
        `  - { key: '${publicLine(signer)}', name: ${name}${name.startsWith('safe') ? ', recovery: true' : ''} }\n`,
    )
    .join('')}`

export const days = ['2026-05-01', '2026-08-01', '2026-11-20'] as const
