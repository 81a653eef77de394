import { element } from './dom.ts'
import { faultsOf, isOnLineOf, type LineFault, type SetWord } from './lines.ts'

/** A fault of a line, and the block of the page that it is in. */
export interface FoundFault extends LineFault {
  readonly block: Element | undefined
}

export interface MeasuredWidth {
  readonly width: number
  readonly faults: readonly FoundFault[]
}

/** CSS pixels: a phone, a tablet, a large screen. */
export const WIDTHS = [360, 820, 1600] as const

/** What the marks of faults are found by again. */
const BLOCKS = 'p, li, dd, dt, blockquote, figcaption, h1, h2, h3, h4, h5, h6'

/**
 * Sets the page at each width, in a frame that nobody sees and in which no script runs, and looks at its lines. The page is copied as it
 * is, so that it is set by the same styles and the same policy.
 */
export async function measureLines(): Promise<readonly MeasuredWidth[]> {
  const measured: MeasuredWidth[] = []
  const blocks = [...document.querySelectorAll(BLOCKS)]
  for (const width of WIDTHS) {
    const frame = element('iframe', { sandbox: 'allow-same-origin', 'aria-hidden': 'true', tabindex: '-1' })
    const size = {
      position: 'fixed',
      left: '-9999px',
      top: '0',
      width: `${width}px`,
      height: '900px',
      border: '0',
      visibility: 'hidden',
    }
    for (const [name, value] of Object.entries(size)) frame.style.setProperty(name, value)
    const loaded = new Promise<void>(resolve =>
      frame.addEventListener('load', () => resolve(), { once: true }),
    )
    frame.srcdoc = copyOfPage()
    document.documentElement.append(frame)
    try {
      await loaded
      const { contentDocument: copy } = frame
      if (!copy) continue
      // Fonts are fetched when something is set in them.
      copy.body.getBoundingClientRect()
      await copy.fonts.ready
      const faults = [...copy.querySelectorAll(BLOCKS)].flatMap((block, i) =>
        faultsIn(block).map(({ kind, text }) => ({ kind, text, block: blocks[i] })),
      )
      measured.push({ width, faults })
    } finally {
      frame.remove()
    }
  }
  return measured
}

function copyOfPage(): string {
  const copy = document.documentElement.cloneNode(true) as HTMLElement
  for (const own of copy.querySelectorAll('imprimatur-notes, script, noscript, iframe')) own.remove()
  // A policy that the page itself holds is that of the page around the frame anyway.
  for (const policy of copy.querySelectorAll('meta[http-equiv]')) policy.remove()
  for (const lazy of copy.querySelectorAll('[loading="lazy"]')) lazy.removeAttribute('loading')
  return `<!doctype html>${copy.outerHTML}`
}

/** Only of a block that holds text itself, and whose lines run from left to right. */
function faultsIn(block: Element): readonly LineFault[] {
  const view = block.ownerDocument.defaultView
  const style = view?.getComputedStyle(block)
  if (!view || !style || style.direction === 'rtl' || !/^(?:start|left|justify)$/.test(style.textAlign))
    return []
  if (block.querySelector(BLOCKS) || !block.checkVisibility()) return []
  if (block.closest('nav, header, footer, table, pre, [aria-hidden="true"]')) return []
  const pixels = (name: 'paddingLeft' | 'paddingRight' | 'borderLeftWidth' | 'borderRightWidth') =>
    Number.parseFloat(style[name])
  const { left, right } = block.getBoundingClientRect()
  const start = left + pixels('paddingLeft') + pixels('borderLeftWidth')
  const end = right - pixels('paddingRight') - pixels('borderRightWidth')
  // An initial beside the text is no part of its lines.
  const first = view.getComputedStyle(block, '::first-letter')
  const hasInitial = first.float !== 'none' || !/^(?:normal)?$/.test(first.getPropertyValue('initial-letter'))
  return faultsOf(wordsOf(block, { start, hasInitial }), {
    measure: end - start,
    size: Number.parseFloat(style.fontSize),
    isHeading: /^H[1-6]$/.test(block.tagName),
  })
}

interface BlockOfText {
  /** Where its lines begin, in the window. */
  readonly start: number
  readonly hasInitial: boolean
}

/** The words of a block: text between blanks at which a line may break, across elements; of one that is broken, the part on each line. */
function wordsOf(block: Element, { start, hasInitial }: BlockOfText): readonly SetWord[] {
  const walker = block.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  const words: SetWord[] = []
  let isOpen = false
  let skipped = hasInitial ? 1 : 0
  while (walker.nextNode()) {
    const node = walker.currentNode
    if (node.nodeType === Node.ELEMENT_NODE) {
      // What the author has broken is no line that the browser broke.
      if ((node as Element).tagName === 'BR') return []
      continue
    }
    for (const { 0: text, index } of (node as Text).data.matchAll(/[ \t\n\r\f]+|[^ \t\n\r\f]+/g)) {
      if (/^[ \t\n\r\f]/.test(text)) {
        isOpen = false
        continue
      }
      for (const { left, right, top, bottom } of boxesOf(
        node as Text,
        index + skipped,
        index + text.length,
      )) {
        const word: SetWord = { text, left: left - start, right: right - start, top, bottom }
        const before = words.at(-1)
        if (isOpen && before && isOnLineOf(word, before)) words[words.length - 1] = join(before, word)
        else words.push(word)
        isOpen = true
      }
      skipped = 0
    }
  }
  return words
}

/** The boxes of a part of a text that show something. */
function boxesOf(node: Text, from: number, to: number): readonly DOMRect[] {
  const range = node.ownerDocument.createRange()
  range.setStart(node, from)
  range.setEnd(node, to)
  return [...range.getClientRects()].filter(({ width }) => width > 0)
}

const join = (a: SetWord, b: SetWord): SetWord => ({
  ...a,
  text: a.text === b.text ? a.text : a.text + b.text,
  right: Math.max(a.right, b.right),
})
