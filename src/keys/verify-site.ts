import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { readRegularFile } from '../core/read-file.ts'
import type { Config } from '../config/config.ts'
import { diagnostic } from '../core/diagnostic.ts'
import { readKeySources } from './manifest/key-files.ts'
import { readManifest } from './manifest/manifest.ts'
import { entryName, keyPaths, type KeyPaths } from './manifest/sources.ts'
import type { SeenChain } from './verify/continuity.ts'
import { chainsOf, readCommitted, readHistoryFolder } from './verify/seen-chains.ts'
import { verifyManifest, type Publication, type VerifyOptions } from './verify/verify.ts'
import type { Result } from '../core/types.ts'

/** Where the keys of this site lie; a site without a manifest says how to begin one. */
export function locateKeys({ keys }: Config): Result<KeyPaths> {
  if (keys.manifest !== undefined) {
    return { value: keyPaths(keys.manifest, keys.allowedSigners), diagnostics: [] }
  }
  const hint = "write into imprimatur.config: keys: { manifest: 'pages/about/keys.yaml' }"
  return { diagnostics: [diagnostic('config/value', 'No manifest of keys is configured', { hint })] }
}

/**
 * Reads and verifies the manifest that the configuration names: by itself, and against the chains that the commits of the repository
 * and the output folder have, and those that `options` adds.
 */
export function verifySite(
  config: Config,
  now: Date,
  options: Pick<VerifyOptions, 'allowExpired' | 'seen'> = {},
): Result<Publication> {
  const paths = locateKeys(config)
  if (!paths.value) return { diagnostics: paths.diagnostics }
  const seen = [...seenChains(config, paths.value), ...(options.seen ?? [])]
  return verifyFiles(config.root, paths.value, { now, allowExpired: options.allowExpired, seen })
}

/** Reads and verifies a manifest and all that it rests on. */
export function verifyFiles(
  root: string,
  paths: KeyPaths,
  options: Omit<VerifyOptions, 'readBeside'>,
): Result<Publication> {
  const sources = readKeySources(root, paths)
  if (!sources.value) return { diagnostics: sources.diagnostics }
  return verifyManifest(sources.value, { ...options, readBeside: readBeside({ root }, paths) })
}

/** What this machine has seen of the chain: in the commits of the repository, and in the output folder. */
export function seenChains(config: Config, paths: KeyPaths): readonly SeenChain[] {
  const output = join(config.root, config.dirs.output, keysPageName(config, paths.manifest), 'history')
  const first = readKeySources(config.root, paths).value?.history.get(entryName(1))
  const supersedes = first && readManifest(first).value?.draft.supersedes
  return [
    ...chainsOf(readCommitted(config.root, paths), 'in a commit of this repository', supersedes),
    ...chainsOf(readHistoryFolder(output), 'in the output folder', supersedes),
  ]
}

/** The chain that the page of the site itself has now, which is fetched. */
export async function publishedSeen(config: Config): Promise<Result<readonly SeenChain[]>> {
  const paths = locateKeys(config)
  if (!paths.value) return { diagnostics: paths.diagnostics }
  const { publishedChains } = await import('./follow/published.ts')
  const first = readKeySources(config.root, paths.value).value?.history.get(entryName(1))
  const supersedes = first && readManifest(first).value?.draft.supersedes
  const page = `${config.site.url}/${encodeURI(keysPageName(config, paths.value.manifest))}/`
  return publishedChains(new URL(page), supersedes)
}

/** `pages/about/keys.yaml` has its page, and everything of it, at `about/keys`. */
export function keysPageName({ dirs }: Config, manifest: string): string {
  const name = manifest.replace(/\.ya?ml$/, '')
  return name.startsWith(`${dirs.pages}/`) ? name.slice(dirs.pages.length + 1) : posix.basename(name)
}

/** Reads a file that the manifest names, from its own folder. */
export const readBeside =
  ({ root }: Pick<Config, 'root'>, { manifest }: KeyPaths) =>
  (name: string): string | undefined => {
    const path = join(root, posix.dirname(manifest), name)
    return existsSync(path) ? readRegularFile(path).toString('utf8') : undefined
  }
