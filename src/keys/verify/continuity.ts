import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import type { LocatedDocument } from '../manifest/yaml-document.ts'
import type { HistoryEntry, Succession } from '../verified-keys.ts'

/** A manifest of a chain that somebody saw. */
export interface SeenLink {
  readonly serial: number
  /** `sha256:…` of the exact bytes. */
  readonly hash: string
  readonly succession?: Succession | undefined
}

/** A chain as it was seen somewhere, oldest first; its beginning may not be known. */
export interface SeenChain {
  /** Completes “which is …”: “in the output folder”. */
  readonly where: string
  readonly links: readonly SeenLink[]
}

/** What became of a chain that was seen. `link` is the first of what was seen that is not in the chain of now. */
export type Continuity =
  | { readonly kind: 'same' | 'ahead' }
  | { readonly kind: 'rolled-back' | 'forked' | 'recovered' | 'superseded'; readonly link: SeenLink }

type Chain = readonly Pick<HistoryEntry, 'serial' | 'hash' | 'succession'>[]

/**
 * Does a verified chain go on from one that was seen? A fork is *recovered* where a recovery key, named before the fork, has
 * signed the first manifest of this branch and none of the other; *superseded* is a chain that says itself what it takes
 * the place of, which no key of the old one vouches for.
 */
export function judgeContinuity(
  seen: readonly SeenLink[],
  chain: Chain,
  supersedes: string | undefined,
): Continuity {
  const lost = seen.find(({ serial, hash }) => chain[serial - 1]?.hash !== hash)
  if (!lost) return { kind: (seen.at(-1)?.serial ?? 0) < chain.length ? 'ahead' : 'same' }
  if (seen.some(({ hash }) => hash === supersedes)) return { kind: 'superseded', link: lost }
  const rival = chain[lost.serial - 1]
  if (!rival) return { kind: 'rolled-back', link: lost }
  const isBeginningKnown = seen.some(({ serial }) => serial === lost.serial - 1)
  // A recovery key that has signed since may have been taken away by that, and stolen afterwards.
  const hasRecovered = seen.some(
    ({ serial, succession }) => serial >= lost.serial && succession === 'recovery',
  )
  const isRecovery = isBeginningKnown && rival.succession === 'recovery' && !hasRecovered && lost.serial > 1
  return { kind: isRecovery ? 'recovered' : 'forked', link: lost }
}

/** What the owner is told of chains that were published before, against the one that is there now. */
export function checkSeen(
  seen: readonly SeenChain[],
  chain: Chain,
  supersedes: string | undefined,
  { file, spanOf }: LocatedDocument,
): readonly Diagnostic[] {
  const serial = chain.length
  return seen.flatMap(({ where, links }) => {
    const continuity = judgeContinuity(links, chain, supersedes)
    if (!('link' in continuity)) return []
    const { kind, link } = continuity
    const rest = (hint: string) => ({ hint, file, span: spanOf(['serial']) })
    const last = links.at(-1) ?? link
    const one = `number ${last.serial} (${last.hash.slice(0, 19)}…), which is ${where}`
    if (kind === 'rolled-back') {
      const message = `Manifest ${serial} is older than ${one}: whoever has that one is alarmed, and a device that it revoked comes back`
      const hint = 'put the newest back, with its signature and its files of the history'
      return [diagnostic('trust/rolled-back', message, rest(hint))]
    }
    if (kind === 'forked') {
      const message = `This chain does not have ${one}; they part at number ${link.serial}`
      const hint =
        'put that chain back and sign yours as its next; if it is not yours, the recovery key can take its place: keys sign'
      return [diagnostic('trust/forked', message, rest(hint))]
    }
    if (kind === 'recovered') {
      const message = `A recovery key has decided: from number ${link.serial} on this chain takes the place of ${one}`
      const hint =
        'tell your readers what happened; those who follow the page are told that the chain was recovered'
      return [diagnostic('trust/recovered', message, rest(hint))]
    }
    const message = `This is a new chain in place of ${one}: no key of that one has signed it`
    const hint = 'every reader who follows is alarmed: tell them yourself, by another way'
    return [diagnostic('trust/superseded', message, rest(hint))]
  })
}
