import { Resolver } from 'node:dns/promises'
import { reason } from '../../core/source.ts'
import { parseSshKey, sshFingerprint } from '../verify/ssh-key.ts'
import { createRetriever, printable, usualLimits, type Limits } from './retrieve.ts'

/** What another place says of the signer’s key. */
export interface AnchorAnswer {
  readonly anchor: string
  /** `silent`: it was read, and has no key at all. */
  readonly kind: 'agrees' | 'disagrees' | 'silent' | 'unreachable'
  /** A sentence: what it shows, and who could have made it show that. */
  readonly words: string
}

export interface AnchorOptions {
  readonly limits?: Limits | undefined
  /** The answer of the domain name system, each record whole; a test has its own. */
  readonly resolve?: ((name: string) => Promise<readonly string[]>) | undefined
}

/** Two tries of five seconds for each name server: the usual four take more time than a look may. */
const askDns = async (name: string) =>
  (await new Resolver({ timeout: 5000, tries: 2 }).resolveTxt(name)).map(parts => parts.join(''))

/** Looks at every other place where the signer’s key is said to stand. Evidence, and no proof: each can be forged by somebody. */
export const askAnchors = (
  anchors: readonly string[],
  signerKey: string,
  options: AnchorOptions = {},
): Promise<readonly AnchorAnswer[]> =>
  Promise.all(anchors.map(anchor => askAnchor(anchor, signerKey, options)))

async function askAnchor(
  anchor: string,
  signerKey: string,
  { limits = usualLimits, resolve = askDns }: AnchorOptions,
): Promise<AnchorAnswer> {
  const place = anchor.startsWith('dns:') ? `_imprimatur-keys.${anchor.slice('dns:'.length)}` : anchor
  const forger = anchor.startsWith('dns:')
    ? `whoever runs the name servers of ${anchor.slice('dns:'.length)}, or answers in their place, could forge it`
    : `whoever runs ${new URL(anchor).host}, or has the account there, could forge it`
  const answer = anchor.startsWith('dns:') ? await readDns(place, resolve) : await readWeb(place, limits)
  if (answer.why !== undefined) {
    return { anchor, kind: 'unreachable', words: `${place} cannot be read: ${printable(answer.why)}` }
  }
  const keys = keysIn(answer.text)
  if (keys.includes(signerKey)) {
    return { anchor, kind: 'agrees', words: `${place} shows the same key; ${forger}` }
  }
  const shown = keys.length === 0 ? 'no key at all' : `${keys.slice(0, 5).join(', ')}, and not ${signerKey}`
  return {
    anchor,
    kind: keys.length === 0 ? 'silent' : 'disagrees',
    words: `${place} shows ${shown}; ${forger}`,
  }
}

type PlaceText = { readonly text: string; readonly why?: undefined } | { readonly why: string }

async function readDns(
  name: string,
  resolve: (name: string) => Promise<readonly string[]>,
): Promise<PlaceText> {
  try {
    return { text: (await resolve(name)).join('\n') }
  } catch (error) {
    return { why: reason(error) }
  }
}

async function readWeb(address: string, limits: Limits): Promise<PlaceText> {
  const answer = await createRetriever(limits)(new URL(address))
  if (answer.kind === 'found') return { text: answer.bytes.toString('utf8') }
  return { why: answer.kind === 'failed' ? answer.why : `the host answers ${answer.status}` }
}

/** Fingerprints, and those of SSH keys, wherever they stand in a text. */
function keysIn(text: string): readonly string[] {
  const lines =
    text.match(
      /(?:ssh-(?:ed25519|rsa)|ecdsa-sha2-nistp\d+|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) [A-Za-z0-9+/]+=*/g,
    ) ?? []
  const read = lines.flatMap(line => {
    const key = parseSshKey(line)
    return key ? [sshFingerprint(key.blob)] : []
  })
  return [...new Set([...read, ...(text.match(/SHA256:[A-Za-z0-9+/]{43}/g) ?? [])])]
}
