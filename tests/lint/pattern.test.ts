import { assert, constantFrom, property, array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defineRule } from '../../src/config/rule-definition.ts'
import { EditBuffer } from '../../src/lint/engine/edit-buffer.ts'
import { replacement } from '../../src/lint/engine/pattern.ts'
import type { Permission } from '../../src/lint/engine/permission.ts'
import { ownRule } from '../../src/lint/rules/own-rule.ts'
import type { RuleContext } from '../../src/lint/rules/rule.ts'

const anything: Permission = {
  write: () => true,
  insertAfter: () => true,
  grows: () => true,
  breakAfter: () => true,
  breaksHard: () => false,
  between: () => '',
  sourceOf: () => '',
}

/** What a rule does to paragraphs that are set as one text. */
function change(paragraphs: string, run: (buffer: EditBuffer) => void): string {
  const buffer = new EditBuffer(paragraphs, anything)
  buffer.rule = {
    code: 'a/rule',
    writable: new Set([...'-+'].map(each => each.charCodeAt(0))),
    movesLineEnds: false,
    writesMarks: true,
    writesOnlyDashes: false,
  }
  run(buffer)
  return buffer.text
}

const patterns: readonly (readonly [RegExp, string])[] = [
  [/^-/, '+'],
  [/-$/, '+'],
  [/^-$/, '+'],
  [/^(a)-/g, '$1+'],
  [/-(?=$|a)/, '+'],
  [/(^|a)-/, '$1+'],
  [/(a|^)-/, '$1+'],
  [/(\s|^)-/, '$1+'],
  [/(^|[ab])-/, '$1+'],
  [/(^|[^ab])-(?!-)/, '$1+'],
  [/(^|\s)-/, '$1+'],
  [/(^|\d)-/, '$1+'],
  [/-(b|$)/, '+$1'],
  [/([$^])-/, '$1+'],
  [/([\]^$])-/, '$1+'],
  [/(\^|\$)-/, '$1+'],
  [/^(\[)-|(b)-$/m, '$1$2+'],
]

const texts = array(constantFrom(...'--ab[]^$ 1\u2029\u2029'), { minLength: 1, maxLength: 12 }).map(each =>
  each.join(''),
)

describe('`^` and `$` are a paragraph’s ends in a rule of ours as in one of a configuration', () => {
  test.each(patterns)('%s', (pattern, wanted) => {
    const definition = defineRule({
      code: 'own/rule',
      title: 'A rule',
      why: 'For this.',
      writes: '-+',
      examples: [],
      run: text => text.replace(pattern, wanted),
    })
    let changed = 0
    assert(
      property(texts, text => {
        const ours = change(text, buffer => buffer.replace([replacement(pattern, wanted)]))
        const paragraphs = text.split('\u2029')
        const own = change(text, buffer => ownRule(definition).run?.(buffer, {} as RuleContext))
        expect(ours).toBe(own)
        if (ours !== text && paragraphs.length > 1) changed++
      }),
      { numRuns: 300, seed: 20_261_127 },
    )
    expect(changed).toBeGreaterThan(0)
  })
})
