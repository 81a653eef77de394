import { diagnostic, hasErrors, suggestion } from '../../../core/diagnostic.ts'
import { readSource } from '../../../core/read-file.ts'
import type { Result, SourceFile } from '../../../core/types.ts'
import { writeDraft } from '../../../keys/manifest/key-files.ts'
import { readManifest, type Device, type ReadManifest } from '../../../keys/manifest/manifest.ts'
import type { KeyPaths } from '../../../keys/manifest/sources.ts'
import { locateKeys } from '../../../keys/verify-site.ts'
import type { Call, Outcome } from '../../arguments.ts'
import { callConfig } from '../../input.ts'

/** A device in the manifest of the site that a call is about. */
interface FoundDevice {
  readonly root: string
  readonly paths: KeyPaths
  readonly source: SourceFile
  readonly device: Device
  /** Indices of its account, and of itself there. */
  readonly place: { readonly account: number; readonly device: number }
}

/** The device that a call names, unless it is revoked. */
export async function deviceOf(call: Call, jid: string, id: string): Promise<Result<FoundDevice>> {
  const config = await callConfig(call)
  if (!config.value) return { diagnostics: config.diagnostics }
  const paths = locateKeys(config.value)
  if (!paths.value) return { diagnostics: paths.diagnostics }
  const { root } = config.value
  const source = readSource(root, paths.value.manifest)
  if (!source.value) return { diagnostics: source.diagnostics }
  const read = readManifest(source.value)
  if (!read.value) return { diagnostics: read.diagnostics }
  const place = findDevice(read.value, jid, id)
  if (!place.value) return { diagnostics: place.diagnostics }
  const device = read.value.draft.accounts[place.value.account]!.devices[place.value.device]!
  return {
    value: { root, paths: paths.value, source: source.value, device, place: place.value },
    diagnostics: [],
  }
}

/** Writes the manifest with one of its devices edited, unless it would be none any more. */
export function writeEdited(
  { root, paths, source }: FoundDevice,
  edited: Result<string>,
  summary: string,
): Outcome {
  if (edited.value === undefined) return edited
  const { diagnostics } = readManifest({ ...source, text: edited.value })
  if (hasErrors(diagnostics)) return { diagnostics, summary: 'Nothing was written.' }
  const written = writeDraft(root, paths, edited.value)
  return written.value ? { diagnostics, summary } : written
}

function findDevice(
  { draft, document }: ReadManifest,
  jid: string,
  id: string,
): Result<{ readonly account: number; readonly device: number }> {
  const { file, spanOf, start } = document
  const account = draft.accounts.findIndex(each => each.jid === jid)
  const known = draft.accounts[account]?.devices ?? []
  const device = known.findIndex(each => String(each.id) === id)
  if (account < 0) {
    const all = draft.accounts.map(each => each.jid)
    const hint = `${suggestion(jid, all)}the accounts are ${all.join(', ')}`
    const rest = { hint, file, span: start }
    return { diagnostics: [diagnostic('keys/entry', `The manifest has no account ${jid}`, rest)] }
  }
  if (device < 0) {
    const hint = `its devices are ${known.map(each => `${each.id} (${each.name})`).join(', ')}`
    const rest = { hint, file, span: spanOf(['accounts', account, 'jid']) }
    return { diagnostics: [diagnostic('keys/entry', `${jid} has no device ${id}`, rest)] }
  }
  if (known[device]?.revoked) {
    const rest = {
      hint: 'nothing is left to do but to sign: imprimatur keys sign',
      file,
      span: spanOf(['accounts', account, 'devices', device, 'revoked']),
    }
    return { diagnostics: [diagnostic('keys/entry', `Device ${id} is revoked already`, rest)] }
  }
  return { value: { account, device }, diagnostics: [] }
}
