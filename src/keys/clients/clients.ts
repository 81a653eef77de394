import { groupsOf } from '../identity/fingerprint.ts'
import type { OmemoClient } from './client.ts'
import { conversations } from './conversations.ts'
import { converse } from './converse.ts'
import { dino } from './dino.ts'
import { gajim } from './gajim.ts'
import { kaidan } from './kaidan.ts'
import { monal } from './monal.ts'
import { monocles } from './monocles.ts'
import { movim } from './movim.ts'
import { profanity } from './profanity.ts'
import { siskin } from './siskin.ts'

/** In the order in which the page has them. */
export const clients: readonly OmemoClient[] = [
  conversations,
  monocles,
  monal,
  siskin,
  dino,
  gajim,
  kaidan,
  profanity,
  converse,
  movim,
]

interface KeyOfDevice {
  /** 64 lower-case hexadecimal digits, as `ed25519`. */
  readonly fingerprint: string
  readonly ed25519?: string | undefined
}

/** The fingerprint of a device as this client shows it; undefined where the manifest lacks the form that it shows. */
export function writeFingerprint(device: KeyOfDevice, { shows, layOut }: OmemoClient): string | undefined {
  const key = device[shows]
  return key === undefined ? undefined : layOut(groupsOf(key))
}

/** The line to paste into the client that trusts a device of `jid`; undefined for a client that takes none. */
export function writeCommand(jid: string, device: KeyOfDevice, client: OmemoClient): string | undefined {
  const text = writeFingerprint(device, client)
  return text === undefined ? undefined : client.command?.(jid, text)
}
