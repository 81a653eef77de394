import { TOKEN_HEADER, type Requests } from './protocol.ts'

/** Asks the server to change something; `page` is added. Gives why it was refused, or nothing. */
export type Ask = <Name extends keyof Requests>(
  name: Name,
  fields: Omit<Requests[Name], 'page'>,
) => Promise<string | undefined>

export const asker =
  (token: string): Ask =>
  async (name, fields) => {
    try {
      const response = await fetch(`/.imprimatur/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [TOKEN_HEADER]: token },
        body: JSON.stringify({ page: location.pathname, ...fields }),
      })
      return response.ok ? undefined : (await response.text()).trim()
    } catch {
      return 'The server does not answer.'
    }
  }

/** What of a page outlives its reload. */
export interface Kept {
  readonly isOpen?: boolean
  /** The mark that has the focus, by its number in the page, or the button, by its name. */
  readonly focus?: number | string | undefined
  readonly message?: KeptMessage | undefined
}

export interface KeptMessage {
  readonly text: string
  /** Until then it is said again when the page is loaded again: nobody has had the time to read it. Milliseconds since 1970. */
  readonly until: number
}

const READING = 3000

export const messageOf = (text: string): KeptMessage => ({ text, until: Date.now() + READING })

const KEY = 'imprimatur page'

/** What was done while the page was on its way out is kept, too. */
export function reload(kept: () => Kept): void {
  const keep = () =>
    sessionStorage.setItem(KEY, JSON.stringify({ href: location.href, x: scrollX, y: scrollY, kept: kept() }))
  addEventListener('pagehide', keep, { once: true })
  location.reload()
}

/** Scrolls to where the page was before it was reloaded, and gives what was kept. */
export function restore(): Kept {
  const {
    href,
    x = 0,
    y = 0,
    kept = {},
  } = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as {
    href?: string
    x?: number
    y?: number
    kept?: Kept
  }
  sessionStorage.removeItem(KEY)
  if (href !== location.href) return {}
  const back = () => scrollTo({ left: x, top: y, behavior: 'instant' })
  back()
  // Images without a size move what is below them.
  addEventListener('load', back)
  return kept
}
