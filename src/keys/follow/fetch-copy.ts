import type { SourceFile } from '../../core/types.ts'
import { readManifest } from '../manifest/manifest.ts'
import { entryName, keyPaths, type KeySources } from '../manifest/sources.ts'
import { usualLimits, type Limits, type Retrieve } from './retrieve.ts'

/** Everything that a page publishes of its keys, as the host hands it out; nothing of it is verified. */
export interface PageCopy {
  readonly sources: KeySources
  readonly html: string | undefined
  /** Files that the manifest names. */
  readonly beside: ReadonlyMap<string, string>
  /** What the host takes for now. */
  readonly clock: Date | undefined
}

export type FetchedCopy =
  | { readonly copy: PageCopy; readonly failure?: undefined; readonly isAbsent?: undefined }
  | {
      readonly failure: string
      /** Whether the host says that there is no manifest. */
      readonly isAbsent?: boolean
      readonly copy?: undefined
    }

/** Where the files of a page lie: its address with a slash at the end, whatever file of it was named. */
export function baseOf(address: string): URL | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return undefined
  const path = url.pathname.replace(/(?:keys\.(?:yaml|json|txt|atom)|index\.html?)$/, '')
  return new URL(path.endsWith('/') ? path : `${path}/`, url)
}

/** Fetches the signed files, the whole history and the page. */
export async function fetchCopy(
  base: URL,
  retrieve: Retrieve,
  limits: Limits = usualLimits,
): Promise<FetchedCopy> {
  const failures: string[] = []
  const clocks: Date[] = []
  const read = async (name: string): Promise<SourceFile | undefined> => {
    const address = new URL(name, base)
    const answer = await retrieve(address)
    if (answer.kind === 'failed') failures.push(`${address.href}: ${answer.why}`)
    if (answer.kind !== 'found') return undefined
    if (answer.clock) clocks.push(answer.clock)
    return { path: name === '' ? 'index.html' : name, text: answer.bytes.toString('utf8') }
  }
  const [manifest, signature, allowedSigners, page] = await Promise.all(
    ['keys.yaml', 'keys.yaml.sig', 'allowed_signers', ''].map(read),
  )
  if (failures.length > 0) return { failure: failures[0]! }
  if (!manifest)
    return { failure: `${new URL('keys.yaml', base).href}: there is no such file`, isAbsent: true }
  const draft = readManifest(manifest).value?.draft
  const serial = draft?.serial ?? 0
  if (serial > limits.manifests) {
    return { failure: `the history has ${serial} manifests, and ${limits.manifests} are fetched at most` }
  }
  const names = Array.from({ length: serial }, (_, n) => [entryName(n + 1), `${entryName(n + 1)}.sig`]).flat()
  const history = new Map<string, SourceFile>()
  const wanted = names[Symbol.iterator]()
  const worker = async () => {
    for (const name of wanted) {
      const file = failures.length > 0 ? undefined : await read(`history/${name}`)
      if (file) history.set(name, file)
    }
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  const beside = new Map<string, string>()
  for (const key of draft?.keys ?? []) {
    if (key.type !== 'openpgp' || key.file === undefined || !/^[A-Za-z0-9][\w.-]*$/.test(key.file)) continue
    const file = await read(key.file)
    if (file) beside.set(key.file, file.text)
  }
  if (failures.length > 0) return { failure: failures[0]! }
  const sources: KeySources = {
    paths: { ...keyPaths('keys.yaml'), history: 'history' },
    manifest,
    signature,
    allowedSigners: allowedSigners ?? { path: 'allowed_signers', text: '' },
    history,
  }
  return { copy: { sources, html: page?.text, beside, clock: clocks[0] } }
}
