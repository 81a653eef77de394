import { largest } from '../../core/lists/long-lists.ts'
import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { SourceFile } from '../../core/types.ts'

/** Where everything of one manifest lies, relative to the site's root. */
export interface KeyPaths {
  readonly manifest: string
  readonly signature: string
  readonly allowedSigners: string
  readonly history: string
}

/** Texts are the exact bytes: the files are UTF-8, byte order mark and line endings included. */
export interface KeySources {
  readonly paths: KeyPaths
  readonly manifest: SourceFile
  readonly signature?: SourceFile | undefined
  readonly allowedSigners: SourceFile
  /** Every file of the history folder, by name. */
  readonly history: ReadonlyMap<string, SourceFile>
}

/** `pages/about/keys.yaml` has its history in `pages/about/keys/history/`. */
export const keyPaths = (manifest: string, allowedSigners?: string): KeyPaths => ({
  manifest,
  signature: `${manifest}.sig`,
  allowedSigners: allowedSigners ?? posix.join(posix.dirname(manifest), 'allowed_signers'),
  history: posix.join(manifest.replace(/\.ya?ml$/, ''), 'history'),
})

export const entryName = (serial: number): string => `${String(serial).padStart(4, '0')}.yaml`

/** The highest number in the history; 0 where there is none. */
export const lastSerial = ({ history }: Pick<KeySources, 'history'>): number =>
  largest(
    [...history.keys()].filter(name => /^\d{4,}\.yaml$/.test(name)).map(name => parseInt(name, 10)),
    0,
  )

/** In hexadecimal, of the exact bytes. */
export const sha256Of = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** What `previous` names a manifest by. */
export const hashOf = ({ text }: SourceFile): string => `sha256:${sha256Of(text)}`

/** A manifest and its signature, about to be written. */
export interface SignedManifest {
  readonly serial: number
  readonly text: string
  readonly signature: string
}
