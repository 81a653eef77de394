import { element, onceAFrame, place } from './dom.ts'
import type { PageDiagnostic, PageReport } from './protocol.ts'
import { boxFinder, findMarked, type Box, type MarkedFinding } from './ranges.ts'

export interface MarksOptions {
  /** Enter, or a click. */
  onChoose(finding: PageDiagnostic, number: number): void
}

/** Findings, marked at their places in the page: elements over the text, which itself stays as it is. */
export interface Marks {
  readonly layer: HTMLElement
  show(report: PageReport): void
  /** Looks again where the text is. */
  draw(): void
  /** Puts the focus on a mark by its number, or on the last. False when there is none. */
  focus(number: number): boolean
  /** To the mark behind, or before, the one that had the focus last, or the first that is in view. */
  step(direction: 1 | -1): void
  /** The number of the mark that has the focus. */
  focused(): number | undefined
  /** The findings that have a mark. */
  shown(): ReadonlySet<PageDiagnostic>
}

interface FindingMark {
  readonly marked: MarkedFinding
  readonly button: HTMLButtonElement
}

export function createMarks({ onChoose }: MarksOptions): Marks {
  const layer = element('div', { class: 'marks', role: 'group', 'aria-label': 'Findings in the text' })
  const tip = element('div', { class: 'tip', role: 'tooltip', id: 'tip', hidden: '' })
  let marks: readonly FindingMark[] = []
  /** The one that Tab reaches. */
  let current = 0
  let hasMoved = false
  /** Whether the server takes fixes from here. */
  let isFixable = false

  const draw = () => {
    const { left, top } = layer.getBoundingClientRect()
    // All is looked at before anything is written, or the page would be laid out for each mark.
    const boxesOf = boxFinder()
    const boxes = marks.map(({ marked }) => marked.ranges.flatMap(boxesOf))
    marks.forEach(({ button }, i) => drawMark(button, boxes[i] ?? [], { left, top }))
  }
  const redraw = onceAFrame(draw)
  const hide = () => tip.toggleAttribute('hidden', true)
  const explain = ({ marked: { finding }, button }: FindingMark) => {
    tip.replaceChildren(...describe(finding, isFixable))
    tip.toggleAttribute('hidden', false)
    const box = button.getBoundingClientRect()
    const { width, height } = tip.getBoundingClientRect()
    const below = box.bottom + GAP
    const isBelow = below + height < document.documentElement.clientHeight
    const furthest = document.documentElement.clientWidth - width - GAP
    place(tip, {
      left: Math.max(GAP, Math.min(box.left, furthest)),
      top: isBelow ? below : box.top - height - GAP,
    })
  }
  const step = (direction: 1 | -1) => {
    if (marks.length === 0) return
    const next = hasMoved || isMarkFocused() ? current + direction : firstInView(marks)
    focus((next + marks.length) % marks.length)
  }
  const isMarkFocused = () => marks.some(({ button }) => button.matches(':focus'))
  const makeCurrent = (number: number) => {
    marks.forEach(({ button }, i) => (button.tabIndex = i === number ? 0 : -1))
    current = number
  }
  function focus(number: number): boolean {
    const mark = marks[Math.min(number, marks.length - 1)]
    if (!mark) return false
    mark.button.focus({ preventScroll: true })
    const { top, bottom } = mark.button.getBoundingClientRect()
    if (top < 0 || bottom > innerHeight * VISIBLE)
      mark.button.scrollIntoView({ block: 'center', behavior: 'instant' })
    return true
  }
  const createMark = (marked: MarkedFinding, number: number): FindingMark => {
    const { finding } = marked
    const button = element('button', {
      type: 'button',
      class: `mark ${finding.severity}${finding.fix ? '' : ' report'}`,
      'aria-label': nameOf(finding, isFixable),
      'aria-describedby': 'tip',
    })
    const mark = { marked, button }
    const enter = () => explain(mark)
    button.addEventListener('pointerenter', enter)
    button.addEventListener('pointerleave', () => button.matches(':focus-visible') || hide())
    button.addEventListener('focus', () => {
      makeCurrent(number)
      hasMoved = true
      enter()
    })
    button.addEventListener('blur', hide)
    // A finger cannot point: the first touch says what the second one will do.
    let wasShown = false
    button.addEventListener('pointerdown', ({ pointerType }) => {
      wasShown = pointerType !== 'touch' || button.matches(':focus')
    })
    button.addEventListener('click', ({ detail }) => {
      if (detail === 0 || wasShown) onChoose(finding, number)
      else button.focus({ preventScroll: true })
    })
    button.addEventListener('keydown', event => {
      const direction = STEPS[event.key]
      if (direction) step(direction)
      else if (event.key === 'Escape') button.blur()
      else return
      event.preventDefault()
      event.stopPropagation()
    })
    return mark
  }
  follow(redraw, () => {
    const mark = marks[current]
    if (mark?.button.matches(':focus')) explain(mark)
    else hide()
  })
  return {
    layer,
    show(report) {
      isFixable = report.source !== undefined
      const found = findMarked(report)
      marks = found.map(createMark)
      layer.replaceChildren(...marks.map(({ button }) => button), tip)
      hide()
      makeCurrent(Math.min(current, Math.max(0, marks.length - 1)))
      draw()
      for (const { button } of marks) if (button.hidden) button.tabIndex = -1
    },
    draw,
    focus,
    step,
    focused: () => (isMarkFocused() ? current : undefined),
    shown: () => new Set(marks.map(({ marked }) => marked.finding)),
  }
}

const GAP = 6
/** The part of the window, from its top, that the drawer does not cover. */
const VISIBLE = 0.6

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

const firstInView = (marks: readonly FindingMark[]) =>
  Math.max(
    0,
    marks.findIndex(({ button }) => button.getBoundingClientRect().bottom > 0),
  )

/** A button over the first box, with an element in it over each of the others. */
function drawMark(
  button: HTMLButtonElement,
  boxes: readonly Box[],
  origin: { left: number; top: number },
): void {
  const [first, ...others] = boxes
  button.hidden = first === undefined
  if (!first) return
  const { width, height } = first
  place(button, { left: first.left - origin.left, top: first.top - origin.top, width, height })
  button.replaceChildren(
    ...others.map(box => {
      const part = element('i')
      place(part, {
        left: box.left - first.left,
        top: box.top - first.top,
        width: box.width,
        height: box.height,
      })
      return part
    }),
  )
}

/** Draws anew whenever something may have moved. */
function follow(redraw: () => void, onScroll: () => void): void {
  const observer = new ResizeObserver(redraw)
  for (const each of [document.documentElement, document.body]) if (each) observer.observe(each)
  void document.fonts.ready.then(redraw)
  document.fonts.addEventListener('loadingdone', redraw)
  for (const name of ['load', 'resize', 'toggle', 'transitionend']) addEventListener(name, redraw, true)
  addEventListener(
    'scroll',
    ({ target }) => {
      if (target !== document) redraw()
      onScroll()
    },
    { capture: true, passive: true },
  )
}

const nameOf = ({ message, hint, fix }: PageDiagnostic, isFixable: boolean) =>
  [message, hint, fix && isFixable ? `Enter ${fix.isSafe ? 'sets' : 'changes'} it` : undefined]
    .filter(Boolean)
    .join('. ')

function describe({ code, message, hint, fix }: PageDiagnostic, isFixable: boolean): readonly Node[] {
  const what = fix
    ? [element('del', {}, fix.before), ' → ', element('ins', {}, fix.after)]
    : [element('span', {}, message)]
  return [
    element('p', { class: 'what' }, ...what),
    ...(hint === undefined ? [] : [element('p', {}, hint)]),
    element('p', { class: 'todo' }, isFixable ? whatToDo(fix) : '', ' ', element('code', {}, code)),
  ]
}

function whatToDo(fix: PageDiagnostic['fix']): string {
  if (!fix) return 'For you to decide.'
  return fix.isSafe
    ? 'Enter or a click sets it in the source.'
    : 'Enter or a click changes it in the source; look at it afterwards.'
}
