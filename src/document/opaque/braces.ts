/**
 * Finds the brace that closes another, as JavaScript has them: those in strings and comments do not count, and a string in single or
 * double quotes ends with its line. For places that are asked for in ascending order; looks at no character of the text twice.
 */
export class Braces {
  private readonly text: string
  /** Behind the closing brace, by the place of the opening one; -1 when it is never closed. */
  private readonly ends = new Map<number, number>()
  /** From the first brace that nothing closes on, what is not known yet is not closed either. */
  private failed = Infinity

  constructor(text: string) {
    this.text = text
  }

  /** Behind the brace that closes the one at `at`; undefined when none does. */
  end(at: number): number | undefined {
    if (!this.ends.has(at) && at < this.failed) this.match(at)
    const end = this.ends.get(at) ?? -1
    return end < 0 ? undefined : end
  }

  private match(at: number): void {
    const { text, ends } = this
    const open: number[] = []
    const sign = /[{}]|\/\*|'(?:[^'\\\r\n]|\\.){0,500}'|"(?:[^"\\\r\n]|\\.){0,500}"/g
    sign.lastIndex = at
    let comment = 0
    for (let found = sign.exec(text); found; found = sign.exec(text)) {
      if (found[0] === '/*' && comment >= 0) {
        comment = text.indexOf('*/', sign.lastIndex)
        if (comment >= 0) sign.lastIndex = comment + 2
      } else if (found[0] === '{') open.push(found.index)
      else if (found[0] === '}') {
        ends.set(open.pop() as number, sign.lastIndex)
        if (open.length === 0) return
      }
    }
    for (const each of open) ends.set(each, -1)
    this.failed = Math.min(this.failed, at)
  }
}
