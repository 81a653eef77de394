import type { MarkdownIt } from 'markdown-it'

/** Finds the lines of a text as markdown-it does, but looks at no character twice, and at few of them once. */
export function findLinesInLeaps({ block }: MarkdownIt): void {
  const { State } = block
  block.State = class extends State {
    constructor(...[src, ...rest]: ConstructorParameters<typeof State>) {
      super('', ...rest)
      this.src = src
      this.lineMax = 0
      this.bMarks = []
      this.eMarks = []
      this.tShift = []
      this.sCount = []
      this.bsCount = []
      for (let start = 0; start < src.length;) {
        const text = skipBlanks(src, start)
        if (text === src.length) break
        const lineBreak = src.indexOf('\n', text)
        const end = lineBreak < 0 ? src.length : lineBreak
        this.addLine(start, end, text)
        start = end + 1
      }
      this.addLine(src.length, src.length, src.length)
      this.lineMax--
    }

    private addLine(start: number, end: number, text: number): void {
      this.bMarks.push(start)
      this.eMarks.push(end)
      this.tShift.push(text - start)
      this.sCount.push(columns(this.src, start, text))
      this.bsCount.push(0)
      this.lineMax++
    }
  }
}

function skipBlanks(src: string, start: number): number {
  let at = start
  while (src.charCodeAt(at) === 0x20 || src.charCodeAt(at) === 0x09) at++
  return at
}

/** How wide blanks are; a tab reaches to the next fourth column. */
function columns(src: string, start: number, end: number): number {
  let wide = 0
  for (let at = start; at < end; at++) wide += src.charCodeAt(at) === 0x09 ? 4 - (wide % 4) : 1
  return wide
}
