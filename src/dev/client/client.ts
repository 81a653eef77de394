/**
 * What the development server adds to each page: it reloads the page when it has changed, swaps stylesheets, marks what is wrong at its
 * place in the text, and has it fixed in the source. Browsers are served this folder as it is, so it imports nothing but itself.
 */
import { createDrawer, type Drawer } from './drawer.ts'
import { element } from './dom.ts'
import { createMarks, type Marks } from './marks.ts'
import type { PageDiagnostic, PageReport, Status } from './protocol.ts'
import { showLines } from './line-list.ts'
import { asker, messageOf, reload, restore, type Ask, type Kept, type KeptMessage } from './session.ts'

function connect(script: HTMLScriptElement): void {
  const [page, styles, assets] = (script.dataset.version ?? '').split('.')
  let shownStyles = styles
  const overlay = createOverlay(asker(script.dataset.token ?? ''), restore())
  const events = new EventSource(`/.imprimatur/events?page=${encodeURIComponent(location.pathname)}`)
  events.addEventListener('status', event => {
    const status = JSON.parse((event as MessageEvent<string>).data) as Status
    if (status.page !== page || status.assets !== assets) return reload(overlay.kept)
    if (status.styles !== shownStyles) swapStyles((shownStyles = status.styles))
    if (status.report) overlay.show(status.report)
    return undefined
  })
  addEventListener('pagehide', () => events.close())
  // A page restored from the back/forward cache has missed the events since.
  addEventListener('pageshow', ({ persisted }) => persisted && reload(overlay.kept))
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

interface Overlay {
  show(report: PageReport): void
  /** What is to be as it is after a reload. */
  kept(): Kept
}

/** Shadow DOM and a stylesheet of the server's own: the page's styles and its Content-Security-Policy are not in the way. */
function createOverlay(ask: Ask, restored: Kept): Overlay {
  const host = document.createElement('imprimatur-notes')
  const panel = host.attachShadow({ mode: 'open' })
  let report: PageReport | undefined
  let dismissed = ''
  let next: Kept = restored
  let said: KeptMessage | undefined
  const tell = async (asked: Promise<string | undefined>, done: Kept) => {
    next = done
    const refused = await asked
    if (refused === undefined) return
    next = {}
    drawer.announce(refused)
    drawer.box.open = true
  }
  const fix = (fixes: readonly string[], focus: Kept['focus']) => {
    const { path, version } = report?.source ?? {}
    if (path === undefined || version === undefined) return
    const message = messageOf(fixes.length === 1 ? 'Set.' : `${fixes.length} set.`)
    void tell(ask('fix', { source: path, version, fixes }), { focus, message })
  }
  const undo = (focus: Kept['focus']) => {
    if ((report?.source?.undoable ?? 0) > 0)
      void tell(ask('undo', {}), { focus, message: messageOf('Undone.') })
  }
  const open = ({ place }: PageDiagnostic) => {
    if (place) void tell(ask('open', place), {})
  }
  const drawer: Drawer = createDrawer({
    onFix: fix,
    onUndo: () => undo('undo'),
    onOpen: open,
    onHide() {
      dismissed = JSON.stringify(report)
      host.remove()
    },
    onMeasure: showLines,
  })
  const marks: Marks = createMarks({
    onChoose(finding, number) {
      if (finding.fix) fix([finding.fix.id], number)
      else if (finding.place?.href !== undefined) location.assign(finding.place.href)
      else if (report?.hasEditor === true) open(finding)
    },
  })
  drawer.box.open = restored.isOpen ?? false
  const style = element('link', { rel: 'stylesheet', href: '/.imprimatur/client.css' })
  panel.append(style, marks.layer, drawer.box)
  // Boxes are measured once the style of what is measured is there.
  style.addEventListener('load', marks.draw)
  addEventListener('keydown', event => {
    if (event.key !== 'F8' || !report) return
    event.preventDefault()
    if (!host.isConnected) draw(report)
    if (marks.shown().size > 0) marks.step(event.shiftKey ? -1 : 1)
    else drawer.focus('lines')
  })
  panel.addEventListener('keydown', event => {
    const { key, ctrlKey, metaKey, altKey } = event as KeyboardEvent
    if (key.toLowerCase() !== 'u' || ctrlKey || metaKey || altKey) return
    undo(marks.focused() ?? 'undo')
    event.preventDefault()
    // It is none of the page's keys.
    event.stopPropagation()
  })
  const draw = (current: PageReport) => {
    if (!host.isConnected) document.documentElement.append(host)
    marks.show(current)
    drawer.show(current, marks.shown())
  }
  return {
    show(current) {
      report = current
      const isEmpty = current.diagnostics.length === 0 && (current.source?.undoable ?? 0) === 0
      if ((isEmpty && current.notice === undefined) || JSON.stringify(current) === dismissed)
        return host.remove()
      draw(current)
      const { focus, message } = next
      next = {}
      if (message) drawer.announce((said = message).text)
      if (typeof focus === 'number' && !marks.focus(focus)) drawer.focus('undo')
      if (typeof focus === 'string') drawer.focus(focus)
    },
    kept: () => ({
      message: said && Date.now() < said.until ? said : undefined,
      ...next,
      isOpen: drawer.box.open,
    }),
  }
}

if ('document' in globalThis) {
  const script = document.querySelector<HTMLScriptElement>('script[src="/.imprimatur/client.js"]')
  if (script) connect(script)
}
