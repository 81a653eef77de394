/**
 * What the development server adds to each page: it reloads the page when it has changed, swaps stylesheets, and shows
 * what is wrong. Browsers are served this very file, so it imports nothing.
 */
export interface PageDiagnostic {
  readonly severity: 'error' | 'warning' | 'info'
  readonly code: string
  readonly message: string
  readonly hint?: string | undefined
  /** `pages/a.md:3:5`, or as much of it as is known. */
  readonly place?: string | undefined
  readonly frame?: DiagnosticFrame | undefined
}

export interface DiagnosticFrame {
  readonly line: number
  readonly source: string
  readonly start: number
  readonly length: number
  readonly fixed?: string | undefined
}

/** Which state of a page, of the stylesheets, and of other files is served. */
export interface Version {
  readonly page: string
  readonly styles: string
  readonly assets: string
}

/** The state of the open page, sent whenever any of it has changed. */
export interface Status extends Version {
  /** Absent at first: a client that has to reload must not wait for it. */
  readonly report?: PageReport | undefined
}

export interface PageReport {
  /** The page is how it was before the mistake. */
  readonly isStale: boolean
  readonly diagnostics: readonly PageDiagnostic[]
}

const SCROLL = 'imprimatur scroll'

function connect(script: HTMLScriptElement): void {
  const [page, styles, assets] = (script.dataset.version ?? '').split('.')
  let shownStyles = styles
  const overlay = createOverlay()
  const events = new EventSource(`/.imprimatur/events?page=${encodeURIComponent(location.pathname)}`)
  events.addEventListener('status', event => {
    const status = JSON.parse((event as MessageEvent<string>).data) as Status
    if (status.page !== page || status.assets !== assets) return reload()
    if (status.styles !== shownStyles) swapStyles((shownStyles = status.styles))
    if (status.report) showReport(overlay, status.report)
    return undefined
  })
  addEventListener('pagehide', () => events.close())
  // A page restored from the back/forward cache has missed the events since.
  addEventListener('pageshow', ({ persisted }) => persisted && reload())
  restoreScroll()
}

function reload(): void {
  sessionStorage.setItem(SCROLL, JSON.stringify([location.href, scrollX, scrollY]))
  location.reload()
}

function restoreScroll(): void {
  const [href, x, y] = JSON.parse(sessionStorage.getItem(SCROLL) ?? '[]') as [string?, number?, number?]
  sessionStorage.removeItem(SCROLL)
  if (href !== location.href) return
  const back = () => scrollTo({ left: x ?? 0, top: y ?? 0, behavior: 'instant' })
  back()
  // Images without a size move what is below them.
  addEventListener('load', back)
}

/** The old stylesheet stays until the new one has loaded, so that the page is never unstyled. */
function swapStyles(version: string): void {
  for (const old of document.querySelectorAll<HTMLLinkElement>('link[rel~="stylesheet"]')) {
    const address = new URL(old.href)
    if (address.origin !== location.origin) continue
    address.searchParams.set('v', version)
    const sheet = old.cloneNode() as HTMLLinkElement
    sheet.href = address.href
    sheet.addEventListener('load', () => old.remove())
    sheet.addEventListener('error', () => old.remove())
    old.after(sheet)
  }
}

/** The element of the report, and what is in it. */
interface Overlay {
  readonly host: HTMLElement
  readonly panel: ShadowRoot
}

function createOverlay(): Overlay {
  const host = document.createElement('imprimatur-notes')
  return { host, panel: host.attachShadow({ mode: 'open' }) }
}

let dismissed = ''

/** Shadow DOM and a stylesheet of the server's own: the page's styles and its Content-Security-Policy are not in the way. */
function showReport({ host, panel }: Overlay, { diagnostics, isStale }: PageReport): void {
  const text = JSON.stringify(diagnostics)
  if (diagnostics.length === 0 || text === dismissed) return host.remove()
  const style = element('link', { rel: 'stylesheet', href: '/.imprimatur/client.css' })
  const close = element('button', { type: 'button' }, 'Hide')
  close.addEventListener('click', () => {
    dismissed = text
    host.remove()
  })
  const wasOpen = panel.querySelector('details')?.open ?? false
  const box = element('details', {}, element('summary', {}, sum(diagnostics)))
  box.open = wasOpen || diagnostics.some(({ severity }) => severity === 'error')
  if (isStale) box.append(element('p', { class: 'stale' }, 'Below is the page as it was before the mistake.'))
  box.append(close, element('ol', {}, ...diagnostics.map(describe)))
  panel.replaceChildren(style, box)
  document.documentElement.append(host)
}

const words = { error: ['error', 'errors'], warning: ['warning', 'warnings'], info: ['remark', 'remarks'] }

const sum = (notes: readonly PageDiagnostic[]) =>
  (['error', 'warning', 'info'] as const)
    .map(kind => [notes.filter(({ severity }) => severity === kind).length, words[kind]] as const)
    .filter(([count]) => count > 0)
    .map(([count, [one, many]]) => `${count} ${count === 1 ? one : many}`)
    .join(', ')

function describe({ severity, code, message, hint, place, frame }: PageDiagnostic): HTMLElement {
  const item = element('li', { class: severity })
  item.append(
    element(
      'p',
      { class: 'head' },
      element('b', {}, place ?? ''),
      ' ',
      element('span', { class: 'severity' }, severity),
      ' ',
      element('code', {}, code),
    ),
    element('p', {}, message),
  )
  if (frame) item.append(draw(frame))
  if (hint !== undefined) item.append(element('p', { class: 'hint' }, `→ ${hint}`))
  return item
}

function draw({ line, source, start, length, fixed }: DiagnosticFrame): HTMLElement {
  const frame = element(
    'pre',
    {},
    `${line} │ ${source.slice(0, start)}`,
    element('mark', {}, source.slice(start, start + length) || ' '),
    source.slice(start + length),
  )
  if (fixed !== undefined) frame.append(`\n${' '.repeat(String(line).length)} │ `, element('ins', {}, fixed))
  return frame
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...contents: readonly (string | Node)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...contents)
  return made
}

if ('document' in globalThis) {
  const script = document.querySelector<HTMLScriptElement>('script[src="/.imprimatur/client.js"]')
  if (script) connect(script)
}
