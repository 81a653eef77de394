import { reason } from '../../core/source.ts'

/** What a reader takes from a host at most. */
export interface Limits {
  /** Of one file, after decompression. */
  readonly bytes: number
  readonly manifests: number
  readonly redirects: number
  /** For everything together. */
  readonly milliseconds: number
}

export const usualLimits: Limits = {
  bytes: 256 * 1024,
  manifests: 10_000,
  redirects: 5,
  milliseconds: 30_000,
}

/** What a host says to one question. `failed` is none of an answer: nothing follows from it but that nothing was seen. */
export type Retrieved =
  | { readonly kind: 'found'; readonly bytes: Buffer; readonly clock: Date | undefined }
  | { readonly kind: 'absent'; readonly status: number }
  | { readonly kind: 'failed'; readonly why: string }

export type Retrieve = (address: URL) => Promise<Retrieved>

/** Over plain http anybody on the way can change an answer; on this machine there is no way. */
export const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))

/**
 * Asks one host only, over https, within the limits: no redirect leads to another host, to another port or out of https, and the time
 * is for all questions together. Never throws.
 */
export function createRetriever(limits: Limits = usualLimits): Retrieve {
  const signal = AbortSignal.timeout(limits.milliseconds)
  const failed = (why: string): Retrieved => ({ kind: 'failed', why })
  const ask = async (address: URL, left: number): Promise<Retrieved> => {
    if (!isSafe(address))
      return failed(`${address.protocol}// is not asked: over it anybody on the way can change the answer`)
    const response = await fetch(address, {
      signal,
      redirect: 'manual',
      headers: { accept: '*/*', 'cache-control': 'no-cache' },
    })
    const { status, headers } = response
    if (status >= 300 && status < 400 && status !== 304) {
      await response.body?.cancel()
      const location = headers.get('location') ?? ''
      const target = URL.canParse(location, address) ? new URL(location, address) : undefined
      if (!target) return failed(`${status} without a place to go to`)
      if (target.host !== address.host || target.protocol !== address.protocol) {
        return failed(`it leads to another place, ${target.origin}, which is not the one that you named`)
      }
      return left === 0 ? failed('it leads around in circles') : ask(target, left - 1)
    }
    if (status === 404 || status === 410) {
      await response.body?.cancel()
      return { kind: 'absent', status }
    }
    if (status !== 200) {
      await response.body?.cancel()
      return failed(`the host answers ${status}`)
    }
    const chunks: Uint8Array[] = []
    let length = 0
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      length += chunk.length
      if (length > limits.bytes) return failed(`it is larger than ${limits.bytes / 1024} KiB`)
      chunks.push(chunk)
    }
    const date = new Date(headers.get('date') ?? '')
    return {
      kind: 'found',
      bytes: Buffer.concat(chunks),
      clock: Number.isNaN(date.getTime()) ? undefined : date,
    }
  }
  return async address => {
    try {
      return await ask(address, limits.redirects)
    } catch (error) {
      if (signal.aborted) return failed(`no whole answer within ${limits.milliseconds / 1000} seconds`)
      const { cause } = error as { cause?: unknown }
      return failed(reason(cause ?? error))
    }
  }
}

/** Text of a stranger as it may stand on a terminal: no control, no invisible and no turning character, and not without end. */
export const printable = (text: string): string =>
  (text.length > 4000 ? `${text.slice(0, 4000)}…` : text).replace(
    /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    character => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
