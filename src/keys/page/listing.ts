import { inGroups } from '../identity/fingerprint.ts'
import { describeChange } from '../manifest/changes.ts'
import type { Publication } from '../verify/verify.ts'
import type { AccountView } from './view.ts'

/** Stable: a field is added, never renamed or removed, while `version` stays 1. Days are ISO days, keys lower-case hex. */
export function renderJson(
  { manifest, signerKey, history, isExpired }: Publication,
  accounts: readonly AccountView[],
): string {
  const document = {
    version: 1,
    serial: manifest.serial,
    issued: manifest.issued,
    validUntil: manifest.validUntil,
    ...(isExpired && { expired: true }),
    supersedes: manifest.supersedes,
    signer: { principal: manifest.signer, key: signerKey },
    signers: manifest.signers?.map(({ name, fingerprint, key, isRecovery }) => ({
      name,
      fingerprint,
      key,
      recovery: isRecovery,
    })),
    anchors: manifest.anchors,
    accounts: accounts.map(({ jid, label, link, messageLink, trust, devices, revoked }) => ({
      jid,
      label,
      link,
      messageLink,
      trustMessage: trust,
      devices: devices.map(({ id, name, client, fingerprint, ed25519, pq, verified, link: own }) => ({
        id,
        name,
        client,
        fingerprint,
        ed25519,
        pq,
        verified,
        link: own,
      })),
      revoked: revoked.map(({ id, name, client, fingerprint, ed25519, pq, revoked: since }) => ({
        id,
        name,
        client,
        fingerprint,
        ed25519,
        pq,
        revoked: since,
      })),
    })),
    keys: manifest.keys,
    history: history.map(({ serial, issued, signer, signerKey: key, succession, hash, changes }) => ({
      serial,
      issued,
      signer,
      signerKey: key,
      succession,
      hash,
      changes: changes.map(describeChange),
    })),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** The same for people with a terminal. */
export function renderText(
  { manifest, signerKey, isExpired }: Publication,
  accounts: readonly AccountView[],
): string {
  const until = manifest.validUntil === undefined ? '' : `, valid until ${manifest.validUntil}`
  const lines = [
    `Keys, number ${manifest.serial}, signed on ${manifest.issued} by ${manifest.signer}${until}`,
  ]
  lines.push(`Signer's key: ${signerKey}`)
  if (isExpired) lines.push(`OUT OF DATE since ${manifest.validUntil}: trust none of this, and ask the owner`)
  for (const { jid, link, devices, revoked } of accounts) {
    lines.push('', jid, `  ${link}`)
    for (const { name, client, id, fingerprint, pq, verified } of devices) {
      const app = client === undefined ? '' : `${client}, `
      lines.push(`  ${name} (${app}${id}), verified ${verified?.on} (${verified?.how})`)
      lines.push(`    ${inGroups(fingerprint)}`)
      if (pq !== undefined) lines.push(`    post-quantum OMEMO of Monocles: ${inGroups(pq)}`)
    }
    for (const { name, id, fingerprint, revoked: since } of revoked) {
      lines.push(`  REVOKED ${name} (${id}), ${since?.on}: ${since?.reason}`, `    ${inGroups(fingerprint)}`)
    }
  }
  for (const key of manifest.keys) {
    lines.push('', `${key.type}: ${'key' in key ? key.key : key.fingerprint}`)
  }
  return `${lines.join('\n')}\n`
}
