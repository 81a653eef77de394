import { basename, join, resolve } from 'node:path'
import { writeNew } from '../../../../build/output/write-new.ts'
import { loadConfig, type Config } from '../../../../config/config.ts'
import { localDay, machineTimeZone, now } from '../../../../core/dates.ts'
import { diagnostic } from '../../../../core/diagnostic.ts'
import { isPresent, readRegularFile } from '../../../../core/read-file.ts'
import type { Diagnostic, Result } from '../../../../core/types.ts'
import { writeWhole } from '../../../../keys/manifest/key-files.ts'
import { addKeysSection, configText, quoteScript } from '../../../../scaffold/keys-files.ts'
import { starter } from '../../../../scaffold/starter.ts'
import { siteCodeOf, type Call } from '../../../arguments.ts'
import { callConfig, optionText } from '../../../input.ts'

export const isThere = (root: string, path: string): boolean => isPresent(join(root, path))

const rootOf = ({ values, cwd }: Call) => resolve(cwd, String(values.root ?? '.'))

const configNames = ['ts', 'mjs', 'js', 'json'].map(kind => `imprimatur.config.${kind}`)

interface BegunSite {
  readonly config: Config
  /** What was written for it. */
  readonly wrote: readonly string[]
}

/** The site that is there; in a folder without pages, layouts and configuration a small one is made. */
export async function beginSite(call: Call): Promise<Result<BegunSite>> {
  const root = rootOf(call)
  const isEmpty = ['pages', 'layouts', ...configNames].every(path => !isThere(root, path))
  if (!isEmpty) {
    const config = await callConfig(call)
    return config.value
      ? { value: { config: config.value, wrote: [] }, diagnostics: [] }
      : { diagnostics: config.diagnostics }
  }
  const today = localDay(now(call.env))
  const files = new Map(
    [...starter({ today, timeZone: machineTimeZone(), name: basename(root), version: call.version })].flatMap(
      ([path, { text, isSurrounding }]) =>
        isSurrounding && isThere(root, path) ? [] : [[path, text] as const],
    ),
  )
  const config = ['url', 'title'].reduce(
    (text, name) => {
      const said = optionText(call, name)
      return said === undefined
        ? text
        : text.replace(new RegExp(`${name}: '[^']*'`), () => `${name}: ${quoteScript(said)}`)
    },
    files.get('imprimatur.config.mjs') ?? '',
  )
  files.set('imprimatur.config.mjs', config)
  const wrong = writeNew(files, root, { code: 'init/exists', hint: 'choose an empty folder' })
  if (wrong.length > 0) return { diagnostics: wrong }
  const loaded = await callConfig(call)
  return loaded.value
    ? { value: { config: loaded.value, wrote: [...files.keys()] }, diagnostics: [] }
    : { diagnostics: loaded.diagnostics }
}

interface FileChange {
  /** Undefined when there was nothing to change. */
  readonly path?: string | undefined
  readonly diagnostics: readonly Diagnostic[]
}

export function changeFile(root: string, path: string, change: (text: string) => string): FileChange {
  const text = isThere(root, path) ? readRegularFile(join(root, path)).toString('utf8') : ''
  const changed = change(text)
  if (changed === text) return { diagnostics: [] }
  const failure = writeWhole(root, path, changed)
  return failure ? { diagnostics: [failure] } : { path, diagnostics: [] }
}

/** Writes the place of the manifest into the configuration, and puts it back as it was when anything else comes out of it. */
export async function nameManifest(call: Call, root: string, manifest: string): Promise<FileChange> {
  const name = configNames.find(each => isThere(root, each))
  const path = name ?? 'imprimatur.config.mjs'
  const text = name === undefined ? '' : readRegularFile(join(root, path)).toString('utf8')
  const options = { url: optionText(call, 'url'), title: optionText(call, 'title') }
  const changed = name === undefined ? configText(manifest, options) : addKeysSection(path, text, manifest)
  const hint = `write into it: keys: { manifest: '${manifest}' }, and run keys init again`
  const failed = (message: string): FileChange => ({
    diagnostics: [diagnostic('config/value', message, { hint, file: { path, text }, span: [0, 0] })],
  })
  const unable = 'The configuration is written in a way that the program cannot change without harm'
  if (changed === undefined || siteCodeOf(call) === 'none') return failed(unable)
  const load = () => loadConfig(root, {}, { folders: 'any', modules: 'fresh' })
  const before = await load()
  const failure = writeWhole(root, path, changed)
  if (failure) return { diagnostics: [failure] }
  const after = await load()
  const rest = (config: Config | undefined) => JSON.stringify({ ...config, keys: undefined })
  const isGood =
    after.value?.keys.manifest === manifest &&
    (name === undefined || rest(before.value) === rest(after.value))
  if (isGood) return { path, diagnostics: [] }
  writeWhole(root, path, text)
  return failed(unable)
}
