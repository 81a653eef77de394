import { button, element } from './dom.ts'
import { measureLines, type FoundFault, type MeasuredWidth } from './measure.ts'
import type { LineFault } from './lines.ts'

const titles: Readonly<Record<LineFault['kind'], readonly [one: string, many: string]>> = {
  'short line': ['line is short by more than a fifth', 'lines are short by more than a fifth'],
  'single word': ['paragraph ends in a single word', 'paragraphs end in a single word'],
  chain: ['chain of tied words is too long to break well', 'chains of tied words are too long to break well'],
}

/** Measures the lines of the page, and lists what is wrong with them by width. Pressed again, it puts the list away. */
export async function showLines(list: HTMLElement): Promise<void> {
  if (!list.hidden) {
    list.hidden = true
    return
  }
  list.hidden = false
  list.replaceChildren(element('p', { role: 'status' }, 'The page is being set at three widths …'))
  const measured = await measureLines()
  list.replaceChildren(...measured.map(section))
}

function section({ width, faults }: MeasuredWidth): HTMLElement {
  const kinds = (Object.keys(titles) as LineFault['kind'][])
    .map(kind => [kind, faults.filter(each => each.kind === kind)] as const)
    .filter(([, some]) => some.length > 0)
  return element(
    'section',
    {},
    element('h2', {}, `At ${width} pixels`),
    ...(kinds.length === 0 ? [element('p', {}, 'Every line is well filled.')] : []),
    ...kinds.map(([kind, some]) => group(kind, some)),
  )
}

function group(kind: LineFault['kind'], faults: readonly FoundFault[]): HTMLElement {
  const [one, many] = titles[kind]
  return element(
    'details',
    {},
    element('summary', {}, `${faults.length} ${faults.length === 1 ? one : many}`),
    element(
      'ul',
      {},
      ...faults.map(({ text, block }) =>
        element(
          'li',
          {},
          button(text, () => look(block)),
        ),
      ),
    ),
  )
}

/** Brings a block into view, and outlines it for a moment. */
function look(block: Element | undefined): void {
  if (!(block instanceof HTMLElement)) return
  block.scrollIntoView({ block: 'center', behavior: 'instant' })
  const { style } = block
  const before = style.getPropertyValue('outline')
  style.setProperty('outline', '2px solid #8a5a00')
  setTimeout(() => style.setProperty('outline', before), 2000)
}
