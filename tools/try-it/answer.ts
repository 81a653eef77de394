import { describeRule, fix, type Edit, type LintOptions } from '../../src/linter.ts'
import type { Answer, Found, Question, Settings } from './messages.ts'

/** Lints and sets a text. */
export function answer({ id, text, settings }: Question): Answer {
  const { found: diagnostics, edits } = fix(text, optionsOf(settings))
  const made = new Set(edits.map(({ span }) => span.join()))
  const found = diagnostics.map(({ code, message, hint, span = [0, 0], fix: change }): Found => {
    const spans = change?.edits.map(edit => edit.span) ?? [span]
    return {
      code,
      message,
      hint,
      spans,
      isSet: change?.safe === true && spans.every(each => made.has(each.join())),
    }
  })
  const codes = [...new Set(found.map(({ code }) => code))]
  const rules = Object.fromEntries(
    codes.flatMap(code => {
      const rule = describeRule(code)
      return rule ? [[code, { title: rule.title, why: rule.why }]] : []
    }),
  )
  return { id, found, pieces: piecesOf(text, edits), rules }
}

/** A language that is chosen is named as a file’s name does it, so that no letters contradict it. */
const optionsOf = ({ lang, format, space }: Settings): LintOptions => ({
  path: `text${lang === '' ? '' : `.${lang}`}.${format === 'html' ? 'html' : 'md'}`,
  noBreakSpace: space === 'character' ? 'character' : 'entity',
})

function piecesOf(text: string, edits: readonly Edit[]): readonly string[] {
  const pieces: string[] = []
  let at = 0
  for (const { span, text: written } of edits) {
    pieces.push(text.slice(at, span[0]), written)
    at = span[1]
  }
  return [...pieces, text.slice(at)]
}
