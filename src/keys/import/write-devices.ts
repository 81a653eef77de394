import type { Result, SourceFile } from '../../core/types.ts'
import { inGroups } from '../identity/fingerprint.ts'
import { normalizeJid } from '../identity/link.ts'
import { addDevice } from '../manifest/edit.ts'
import { readManifest, type ManifestDraft } from '../manifest/manifest.ts'
import type { AgreedDevice } from './merge.ts'

export interface WriteOptions {
  /** An ISO day, of the reading. */
  readonly today: string
  /** What one device is called, and the app on it, whatever was read. */
  readonly name?: string | undefined
  readonly client?: string | undefined
}

export interface WrittenDevices {
  readonly text: string
  readonly written: readonly (AgreedDevice & { readonly name: string })[]
}

/**
 * Writes devices into a manifest as nobody’s to trust yet: without `verified`, each with a comment that says where it is from. What
 * comes out is checked as every manifest is.
 */
export function writeDevices(
  file: SourceFile,
  devices: readonly AgreedDevice[],
  { today, name: called, client: app }: WriteOptions,
): Result<WrittenDevices> {
  const draft = readManifest(file).value?.draft
  const taken = new Set(draft?.accounts.flatMap(account => account.devices.map(({ name }) => name)))
  const written: (AgreedDevice & { readonly name: string })[] = []
  let { text } = file
  for (const device of devices) {
    const { id, fingerprint, ed25519, pq, places } = device
    const jid = spellingIn(draft, device.jid)
    const name = unused(called ?? device.name ?? `device ${id}`, id, taken)
    taken.add(name)
    const client = app ?? device.client
    const fields = {
      id,
      name,
      ...(client !== undefined && { client }),
      fingerprint: inGroups(fingerprint),
      ...(ed25519 !== undefined && { ed25519 }),
      ...(pq !== undefined && { pq: inGroups(pq) }),
    }
    const comment = `from ${shorten(places.join(', '))}, ${today}`
    const edited = addDevice({ ...file, text }, jid, fields, { comment })
    if (edited.value === undefined) return { diagnostics: edited.diagnostics }
    text = edited.value
    written.push({ ...device, jid, name })
  }
  const { value, diagnostics } = readManifest({ ...file, text })
  return value ? { value: { text, written }, diagnostics } : { diagnostics }
}

/** An address as the manifest has it already, which may have its domain in the other spelling. */
const spellingIn = (draft: ManifestDraft | undefined, jid: string) =>
  draft?.accounts.find(account => normalizeJid(account.jid) === jid)?.jid ?? jid

const unused = (name: string, id: number, taken: ReadonlySet<string>) =>
  taken.has(name) ? `${name.slice(0, 40)} ${id}` : name

const shorten = (text: string) => (text.length > 160 ? `${text.slice(0, 160)}…` : text)
