import { diagnostic } from '../../core/diagnostic.ts'
import type { Result } from '../../core/types.ts'
import { chainsOf } from '../verify/seen-chains.ts'
import type { SeenChain } from '../verify/continuity.ts'
import { fetchCopy } from './fetch-copy.ts'
import { createRetriever, isSafe, printable } from './retrieve.ts'

/** The chain that is on the page now, as its host hands it out. A host that has no manifest has published none. */
export async function publishedChains(
  base: URL,
  supersedes: string | undefined,
): Promise<Result<readonly SeenChain[]>> {
  const unseen = (why: string) => {
    const hint = 'look again later, or leave --published out'
    return {
      diagnostics: [
        diagnostic('trust/unseen', `What is published cannot be compared: ${printable(why)}`, { hint }),
      ],
    }
  }
  if (!isSafe(base)) return unseen(`${base.href} is not https`)
  const { copy, failure, isAbsent } = await fetchCopy(base, createRetriever())
  if (!copy) return isAbsent ? { value: [], diagnostics: [] } : unseen(failure)
  const { manifest, signature, history } = copy.sources
  const versions = new Map([...history].map(([name, { text }]) => [name, [text]]))
  const name = `${String(history.size).padStart(4, '0')}-head.yaml`
  versions.set(name, [manifest.text])
  versions.set(`${name}.sig`, signature ? [signature.text] : [])
  return { value: chainsOf(versions, `on the page, ${base.href}`, supersedes), diagnostics: [] }
}
