import { join } from 'node:path'
import type { Config } from '../../../config/config.ts'
import { localDay, now } from '../../../core/dates.ts'
import { diagnostic, hasErrors } from '../../../core/diagnostic.ts'
import { isPresent, readSource } from '../../../core/read-file.ts'
import type { Diagnostic, Result, SourceFile } from '../../../core/types.ts'
import { checkJid } from '../../../keys/identity/jid.ts'
import type { ReadSource } from '../../../keys/import/claim.ts'
import { mergeClaims, type MergeOptions } from '../../../keys/import/merge.ts'
import { writeDevices, type WriteOptions } from '../../../keys/import/write-devices.ts'
import { writeDraft } from '../../../keys/manifest/key-files.ts'
import { readManifest } from '../../../keys/manifest/manifest.ts'
import { locateKeys } from '../../../keys/verify-site.ts'
import type { Call, Outcome } from '../../arguments.ts'

interface WriteReadOptions extends MergeOptions, Pick<WriteOptions, 'name' | 'client'> {
  /** Whether one device that is disputed keeps the others from being written. */
  readonly isOne?: boolean
}

/**
 * Writes what was read into the manifest, but for what is disputed or incomplete, which is told. Nothing that was read is verified
 * by that.
 */
export function writeRead(
  call: Call,
  config: Config,
  read: ReadSource,
  { isOne = false, name, client, jid, id }: WriteReadOptions = {},
): Outcome {
  const paths = locateKeys(config)
  if (!paths.value) return paths
  const source = readOrBegin(config, paths.value.manifest)
  if (!source.value) return source
  const head = readManifest(source.value)
  if (!head.value) return { diagnostics: head.diagnostics, summary: nothingWritten }

  const { fresh, known, problems } = mergeClaims(read, head.value.draft, { jid, id })
  const diagnostics = [
    ...read.unread.map(message =>
      diagnostic('devices/unread', message, {
        hint: 'nothing of it is in the manifest: read it in another form',
      }),
    ),
    ...problems.map(({ code, message, hint }) => diagnostic(code, message, { hint })),
  ]
  if (read.claims.length === 0 && diagnostics.length === 0) {
    const hint = 'give a link, a QR code as a PNG, or eight groups of eight digits as a client shows them'
    return {
      diagnostics: [diagnostic('devices/unread', 'Nothing in it says which devices are whose', { hint })],
      summary: nothingWritten,
    }
  }
  const there = known.map(
    ({ id: device, jid: whose }) => `  ${device} of ${whose} is there already, with this key`,
  )
  if (fresh.length === 0 || (isOne && hasErrors(diagnostics))) {
    return { diagnostics, summary: [nothingWritten, ...there].join('\n') }
  }
  if (name !== undefined && fresh.length > 1) {
    const hint = `leave --name out, and name the ${fresh.length} devices in the file`
    return {
      diagnostics: [diagnostic('usage/option', 'There is one name, and more than one device', { hint })],
    }
  }
  const today = localDay(now(call.env))
  const edited = writeDevices(source.value, fresh, { today, name, client })
  if (!edited.value) return { diagnostics: [...diagnostics, ...edited.diagnostics], summary: nothingWritten }
  const saved = writeDraft(config.root, paths.value, edited.value.text)
  if (!saved.value) return { diagnostics: [...diagnostics, ...saved.diagnostics] }
  const { written } = edited.value
  const lines = [
    `Wrote into ${paths.value.manifest}, as nobody’s to trust yet:`,
    ...written.map(
      device => `  ${device.name} (${device.id}) of ${device.jid}, from ${device.places.join(', ')}`,
    ),
    ...there,
    'Now compare each with what its own screen shows:',
    ...written.map(device => `  imprimatur keys confirm ${device.jid} ${device.id}`),
    'and sign: imprimatur keys sign --key ~/.ssh/id_ed25519',
  ]
  return { diagnostics, summary: lines.join('\n') }
}

const nothingWritten = 'Nothing was written.'

/** The manifest as it is, or one that says nothing yet. */
export const readOrBegin = ({ root }: Config, path: string): Result<SourceFile> =>
  isPresent(join(root, path))
    ? readSource(root, path)
    : {
        value: {
          path,
          text: '# The devices of this account; every signature is filed in the history.\nversion: 1\n',
        },
        diagnostics: [],
      }

/** Whether what stands for an address is one. */
export function checkAddress(name: string, jid: string | undefined): readonly Diagnostic[] {
  const refusal = jid === undefined ? undefined : checkJid(jid, { allowUnicode: true }).refusal
  return refusal ? [diagnostic('usage/argument', `${name}: ${refusal.message}`, { hint: refusal.hint })] : []
}
