import { button, element } from './dom.ts'
import type { DiagnosticFrame, PageDiagnostic, PageReport } from './protocol.ts'

export interface DrawerOptions {
  /** Fixes these findings; `name` is that of the button that was pressed. */
  onFix(fixes: readonly string[], name: string): void
  onUndo(): void
  onOpen(finding: PageDiagnostic): void
  /** Hides everything until there is something new. */
  onHide(): void
  /** Shows how the lines of the page break. */
  onMeasure(list: HTMLElement): void
}

/** What is wrong with the page, a line a finding. */
export interface Drawer {
  readonly box: HTMLDetailsElement
  /** `marked` are those that stand in the text. */
  show(report: PageReport, marked: ReadonlySet<PageDiagnostic>): void
  /** Says something to whoever looks or listens. */
  announce(message: string): void
  /** Puts the focus on a button by its name. */
  focus(name: string): void
}

export function createDrawer(options: DrawerOptions): Drawer {
  const summary = element('summary')
  const message = element('p', { class: 'message', role: 'status' })
  const tools = element('div', { class: 'tools' })
  const list = element('ol')
  const lines = element('div', { class: 'lines', role: 'region', 'aria-label': 'Lines', hidden: '' })
  const keys = element('p', { class: 'keys' }, KEYS)
  const box = element('details', { class: 'drawer' }, summary, tools, message, lines, keys, list)
  let isUsed = false
  summary.addEventListener('click', () => (isUsed = true))
  const named = (name: string) => tools.querySelector<HTMLButtonElement>(`[data-name="${name}"]`)
  return {
    box,
    show(report, marked) {
      const { diagnostics, isStale, source, notice } = report
      const safe = diagnostics.flatMap(({ fix }) => (fix?.isSafe ? [fix.id] : []))
      summary.replaceChildren(
        ...(notice === undefined ? [] : [element('strong', {}, notice), ' ']),
        sum(diagnostics),
      )
      if (!isUsed && diagnostics.some(({ severity }) => severity === 'error')) box.open = true
      tools.replaceChildren(
        ...(source && safe.length > 0
          ? [
              button(`Set all ${safe.length} that are safe`, () => options.onFix(safe, 'all'), {
                'data-name': 'all',
              }),
            ]
          : []),
        ...(source && source.undoable > 0
          ? [
              button('Undo', options.onUndo, {
                'data-name': 'undo',
                'aria-keyshortcuts': 'U',
                title: 'Key U',
              }),
            ]
          : []),
        button('Lines', () => options.onMeasure(lines), { 'data-name': 'lines' }),
        button('Hide', options.onHide, { 'data-name': 'hide' }),
      )
      keys.hidden = marked.size === 0
      const stale = isStale
        ? [element('li', { class: 'stale' }, 'Below is the page as it was before the mistake.')]
        : []
      list.replaceChildren(...stale, ...diagnostics.map(each => row(each, marked.has(each), report, options)))
    },
    announce: text => message.replaceChildren(text),
    focus(name) {
      // In a closed drawer there is nothing to be on but its title.
      const there = box.open ? (named(name) ?? named('hide')) : undefined
      ;(there ?? summary).focus({ preventScroll: true })
    },
  }
}

const KEYS = 'F8 goes to the next mark in the text, Enter sets it, U undoes.'

const words = { error: ['error', 'errors'], warning: ['warning', 'warnings'], info: ['remark', 'remarks'] }

const sum = (found: readonly PageDiagnostic[]) =>
  (['error', 'warning', 'info'] as const)
    .map(kind => [found.filter(({ severity }) => severity === kind).length, words[kind]] as const)
    .filter(([count]) => count > 0)
    .map(([count, [one, many]]) => `${count} ${count === 1 ? one : many}`)
    .join(', ') || 'Nothing is left'

/** A line, which opens to show the rest. */
function row(
  found: PageDiagnostic,
  isMarked: boolean,
  { source, hasEditor }: PageReport,
  options: DrawerOptions,
): HTMLElement {
  const { severity, code, message, hint, frame, fix } = found
  const text = fix
    ? [element('del', {}, fix.before), ' → ', element('ins', {}, fix.after)]
    : [element('span', {}, message)]
  const weight = severity === 'warning' ? [] : [element('span', { class: 'severity' }, severity), ' ']
  const name = element('span', { class: 'code' }, ...weight, code)
  const more = element('details', {}, element('summary', {}, ...text, ' ', name))
  more.open = severity === 'error'
  // Most are never opened, and there may be thousands.
  const fill = () => {
    if (fix) more.append(element('p', {}, message))
    if (frame) more.append(draw(frame))
    if (hint !== undefined) more.append(element('p', { class: 'hint' }, `→ ${hint}`))
  }
  if (more.open) fill()
  else more.addEventListener('toggle', fill, { once: true })
  const item = element(
    'li',
    { class: `${severity}${isMarked ? '' : ' unmarked'}` },
    where(found, { source, hasEditor }, options),
    more,
  )
  if (fix && source)
    item.append(
      button(fix.isSafe ? 'Set' : 'Change', () => options.onFix([fix.id], 'all'), {
        'aria-label': `${fix.isSafe ? 'Set' : 'Change'} ${fix.before}`,
      }),
    )
  return item
}

/** A place leads to the editor, when one is known. In the source of the page itself, line and column say where it is. */
function where(
  found: PageDiagnostic,
  { source, hasEditor }: Pick<PageReport, 'source' | 'hasEditor'>,
  { onOpen }: DrawerOptions,
): HTMLElement {
  const { file = '', line, column, href } = found.place ?? {}
  const whole = [file, line, column].filter(part => part !== undefined).join(':')
  const text = file === source?.path && line !== undefined ? `${line}:${column}` : whole
  const title = hasEditor || href !== undefined ? `Open ${whole} in the editor` : whole
  if (href !== undefined) return element('a', { class: 'place', href, title }, text)
  if (!hasEditor || file === '') return element('span', { class: 'place', title }, text)
  return button(text, () => onOpen(found), { class: 'place', title })
}

function draw({ line, source, start, length, fixed }: DiagnosticFrame): HTMLElement {
  const frame = element(
    'pre',
    { tabindex: '0' },
    `${line} │ ${source.slice(0, start)}`,
    element('mark', {}, source.slice(start, start + length) || ' '),
    source.slice(start + length),
  )
  if (fixed !== undefined) frame.append(`\n${' '.repeat(String(line).length)} │ `, element('ins', {}, fixed))
  return frame
}
