import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { readRegularFile } from '../../core/read-file.ts'
import { hashOf, type KeyPaths } from '../manifest/sources.ts'
import { readManifest, type Manifest } from '../manifest/manifest.ts'
import type { SeenChain } from './continuity.ts'
import { sshFingerprint } from './ssh-key.ts'
import { checkSignature } from './ssh-signature.ts'
import { successionOf, type SignedLink } from './succession.ts'

/** Texts of history files by their names; there may be several of one name. */
export type SeenVersions = ReadonlyMap<string, readonly string[]>

interface SeenManifest extends SignedLink {
  readonly hash: string
}

/**
 * The chains that the files make up, one for each manifest that no other names as the one before. Only what somebody has signed
 * counts, so that a stray file is no memory. A chain that another took the place of is left out, but for `current`’s.
 */
export function chainsOf(versions: SeenVersions, where: string, current?: string): readonly SeenChain[] {
  const seen = new Map<string, SeenManifest>()
  for (const [name, texts] of versions) {
    if (!name.endsWith('.yaml')) continue
    for (const text of texts) {
      const file = { path: name, text }
      const draft = readManifest(file).value?.draft
      const { serial, issued, signer } = draft ?? {}
      if (!draft || serial === undefined || issued === undefined || signer === undefined) continue
      const bytes = Buffer.from(text, 'utf8')
      const key = (versions.get(`${name}.sig`) ?? [])
        .map(signature => checkSignature(bytes, signature).value)
        .find(Boolean)
      if (!key) continue
      const manifest: Manifest = { ...draft, serial, issued, signer }
      seen.set(hashOf(file), { manifest, hash: hashOf(file), signerKey: sshFingerprint(key.blob) })
    }
  }
  const all = [...seen.values()]
  const followed = new Set(all.map(({ manifest }) => manifest.previous))
  const replaced = new Set(all.map(({ manifest }) => manifest.supersedes))
  return all
    .filter(({ hash }) => !followed.has(hash) && (hash === current || !replaced.has(hash)))
    .map(tip => ({ where, links: walkBack(tip, seen) }))
}

function walkBack(tip: SeenManifest, seen: ReadonlyMap<string, SeenManifest>): SeenChain['links'] {
  const links: { serial: number; hash: string; succession: ReturnType<typeof successionOf> }[] = []
  for (let at: SeenManifest | undefined = tip; at;) {
    const before: SeenManifest | undefined = seen.get(at.manifest.previous ?? '')
    links.unshift({ serial: at.manifest.serial, hash: at.hash, succession: successionOf(before, at) })
    at = before && before.manifest.serial < at.manifest.serial ? before : undefined
  }
  return links
}

/** Every version of the history that the commits up to HEAD have had; nothing where there is no repository, or no git. */
export function readCommitted(root: string, { history }: Pick<KeyPaths, 'history'>): SeenVersions {
  const git = (args: readonly string[], input = '') => {
    const { status, stdout } = spawnSync('git', ['-C', root, ...args], {
      input,
      maxBuffer: 256 * 1024 * 1024,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    return status === 0 ? stdout : Buffer.alloc(0)
  }
  const log = git(['log', '--format=', '--raw', '--no-abbrev', '--no-renames', '-z', 'HEAD', '--', history])
  const blobs = new Map<string, string>()
  const fields = String(log).split('\0')
  for (const [n, field] of fields.entries()) {
    const [, blob] = /^\n?:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [AM]$/.exec(field) ?? []
    if (blob !== undefined) blobs.set(blob, posix.basename(fields[n + 1] ?? ''))
  }
  const versions = new Map<string, string[]>()
  if (blobs.size === 0) return versions
  const contents = git(['cat-file', '--batch'], [...blobs.keys()].join('\n'))
  for (let at = 0; at < contents.length;) {
    const end = contents.indexOf(10, at)
    const [blob = '', , size] = contents.subarray(at, end).toString('latin1').split(' ')
    const length = Number(size)
    if (!Number.isInteger(length)) break
    const name = blobs.get(blob) ?? ''
    versions.set(name, [...(versions.get(name) ?? []), contents.toString('utf8', end + 1, end + 1 + length)])
    at = end + 1 + length + 1
  }
  return versions
}

/** The history that lies in a folder. */
export function readHistoryFolder(folder: string): SeenVersions {
  if (!existsSync(folder)) return new Map()
  const files = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isFile())
  return new Map(files.map(({ name }) => [name, [readRegularFile(join(folder, name)).toString('utf8')]]))
}
