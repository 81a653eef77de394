import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Config } from '../config/config.ts'
import { diagnostic } from '../core/diagnostic.ts'
import { readKeySources } from './manifest/key-files.ts'
import { keyPaths, type KeyPaths } from './manifest/sources.ts'
import { verifyManifest, type Publication } from './verify/verify.ts'
import type { Result } from '../core/types.ts'

/** Where the keys of this site lie; a site without a manifest says how to begin one. */
export function locateKeys({ keys }: Config): Result<KeyPaths> {
  if (keys.manifest !== undefined) {
    return { value: keyPaths(keys.manifest, keys.allowedSigners), diagnostics: [] }
  }
  const hint = "write into imprimatur.config: keys: { manifest: 'pages/about/keys.yaml' }"
  return { diagnostics: [diagnostic('config/value', 'No manifest of keys is configured', { hint })] }
}

/** Reads and verifies the manifest that the configuration names. */
export function verifySite(config: Config, now: Date): Result<Publication> {
  const paths = locateKeys(config)
  if (!paths.value) return { diagnostics: paths.diagnostics }
  return verifyFiles(config.root, paths.value, now)
}

/** Reads and verifies a manifest and all that it rests on. */
export function verifyFiles(root: string, paths: KeyPaths, now: Date): Result<Publication> {
  const sources = readKeySources(root, paths)
  if (!sources.value) return { diagnostics: sources.diagnostics }
  return verifyManifest(sources.value, { now, readBeside: readBeside({ root }, paths) })
}

/** Reads a file that the manifest names, from its own folder. */
export const readBeside =
  ({ root }: Pick<Config, 'root'>, { manifest }: KeyPaths) =>
  (name: string): string | undefined => {
    const path = join(root, posix.dirname(manifest), name)
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined
  }
