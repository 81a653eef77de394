import type { Files } from '../tree.ts'
import { newSigner, buildHistory } from '../keys/signed-history.ts'

export interface KnownDevice {
  readonly id: number
  readonly name: string
  readonly fingerprint: string
  readonly ed25519?: string | undefined
  readonly isRevoked?: boolean
}

/** The files of a site whose signed manifest has these devices, by account. */
export function siteOf(accounts: Readonly<Record<string, readonly KnownDevice[]>>): Files {
  const blocks = Object.entries(accounts).map(([jid, devices]) =>
    [
      `  - jid: ${jid}`,
      devices.length > 0 ? '    devices:' : '    devices: []',
      devices.map(device => writeDevice(device).join('\n')).join('\n'),
    ].join('\n'),
  )
  const draft = `signer: press@example.org\naccounts:\n${blocks.join('\n')}\n`
  const { paths, manifest, signature, allowedSigners, history } = buildHistory(
    newSigner(),
    [draft],
    ['2026-11-20'],
  )
  const files = [manifest, signature!, allowedSigners, ...history.values()]
  return {
    'imprimatur.config.json': JSON.stringify({ keys: { manifest: paths.manifest } }),
    ...Object.fromEntries(files.map(({ path, text }) => [path, text])),
  }
}

const writeDevice = ({ id, name, fingerprint, ed25519, isRevoked }: KnownDevice) => [
  `      - id: ${id}`,
  `        name: ${name}`,
  `        fingerprint: ${fingerprint}`,
  ...(ed25519 === undefined ? [] : [`        ed25519: ${ed25519}`]),
  '        verified: { on: 2026-11-01, how: on-device }',
  ...(isRevoked ? ['        revoked: { on: 2026-11-10, reason: lost }'] : []),
]
