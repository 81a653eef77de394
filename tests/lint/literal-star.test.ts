import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../src/lint/fix.ts'
import { createParser } from '../../src/document/markdown.ts'
import { lint } from './fix.ts'

const parser = createParser()
const noticed = (text: string) =>
  lint(text, { lang: 'ru' }).filter(({ code }) => code === 'imprimatur/literal-star')

describe('stars that are read as stars', () => {
  test.each([
    ['Это **«Текст»**ом', 'Это «<strong>Текст</strong>»ом'],
    ['слово**«Текст»** тут', 'слово«<strong>Текст</strong>» тут'],
    ['**"Текст"**ом', '&quot;<strong>Текст</strong>&quot;ом'],
    ['*«Текст»*ом', '«<em>Текст</em>»ом'],
  ])('%s is proposed to be %s, and no safe fix', (text, html) => {
    expect(parser.renderInline(text)).toContain('*')
    const [found, ...others] = noticed(text)
    expect(others).toEqual([])
    expect(found?.fix?.safe).toBe(false)
    expect(parser.renderInline(applyEdits(text, found?.fix?.edits ?? []))).toBe(html)
  })

  test('there is no proposal when the mark is no quotation mark', () => {
    expect(noticed('**Важно!**Текст').map(({ fix, hint }) => [fix, hint])).toEqual([
      [undefined, 'leave a blank beside them, or put the mark outside'],
    ])
  })

  test.each([
    '**«Два»** и **«три»**',
    '**слово**м',
    'файлы **/*.ts и **/a.**b',
    '2*(3)*x',
    '\\*\\*«а»\\*\\*б и `**«а»**б`',
  ])('nothing is reported in %s', text => expect(noticed(text)).toEqual([]))
})
