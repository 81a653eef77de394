import { expect, test } from 'vitest'
import { starter } from '../../src/scaffold/starter.ts'

test('the stylesheet of a new site has something for each block that the Markdown can make', () => {
  const { text = '' } = starter('2026-06-01', undefined).get('pages/main.css') ?? {}
  for (const selector of [
    'figure',
    'figcaption',
    'aside.note',
    '.note-title',
    'ul.tasks',
    '.table',
    '.align-right',
    '.tml-right',
    'img',
  ])
    expect(text).toMatch(new RegExp(`(?:^|\\n)${selector.replace('.', '\\.')}(?: \\{|,)`))
})
