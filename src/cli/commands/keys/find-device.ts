import { diagnostic, suggestion } from '../../../core/diagnostic.ts'
import type { Result } from '../../../core/types.ts'
import type { ReadManifest } from '../../../keys/manifest/manifest.ts'

/** Where a device that is not revoked stands in the manifest, as indices of its account and of itself there. */
export function findDevice(
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
