import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFileName, wrongDay } from '../../src/document/place/file-name.ts'

test.each([
  ['title.md', { stem: 'title' }],
  ['posts/2020-01-02-title.md', { stem: 'title', day: '2020-01-02' }],
  ['2020-01-02_title.markdown', { stem: 'title', day: '2020-01-02' }],
  ['2020-01-02 a title.md', { stem: 'a title', day: '2020-01-02' }],
  ['2020-01-02.md', { stem: '2020-01-02' }],
  ['2020-01-02title.md', { stem: '2020-01-02title' }],
  ['2020-13-02-title.md', { stem: '2020-13-02-title' }],
  ['1620-1699-a-century.md', { stem: '1620-1699-a-century' }],
  ['posts/2020-01-02-title/index.md', { stem: 'index', day: '2020-01-02' }],
  ['posts/2020-01-02/index.md', { stem: 'index' }],
  ['posts/2020-01-02-title/more.md', { stem: 'more' }],
  ['title.ru.md', { stem: 'title', lang: 'ru' }],
  ['title.pt-BR.md', { stem: 'title', lang: 'pt-BR' }],
  ['title.zh_Hans.html', { stem: 'title', lang: 'zh-Hans' }],
  ['2020-01-02-title.ru.md', { stem: 'title', day: '2020-01-02', lang: 'ru' }],
  ['index.ru.md', { stem: 'index', lang: 'ru' }],
  ['posts/_index.md', { stem: 'index', isList: true }],
  ['posts/_index.ru.md', { stem: 'index', lang: 'ru', isList: true }],
  ['socket.io.md', { stem: 'socket.io' }],
  ['node.js.md', { stem: 'node.js' }],
  ['v1.10.md', { stem: 'v1.10' }],
  ['_index_.md', { stem: '_index_' }],
])('%s', (path, expected) => expect(readFileName(path)).toEqual({ isList: false, ...expected }))

test('a page that names another language has a word of its name there', () => {
  expect(readFileName('what.is.md', 'en')).toMatchObject({ stem: 'what.is', lang: undefined })
  expect(readFileName('what.en.md', 'en-GB')).toMatchObject({ stem: 'what', lang: 'en' })
  expect(readFileName('what.pt-BR.md', 'pt-PT')).toMatchObject({ stem: 'what.pt-BR' })
})

test('what is taken from a name is all that its stem lacks', () => {
  const word = fc.stringMatching(/^[a-z][a-z_-]{0,8}$/).filter(each => !/^_?index$/.test(each))
  fc.assert(
    fc.property(word, fc.boolean(), fc.boolean(), (stem, hasDay, hasLanguage) => {
      const name = `${hasDay ? '2024-02-29-' : ''}${stem}${hasLanguage ? '.de' : ''}.md`
      expect(readFileName(`a/${name}`)).toEqual({
        stem,
        day: hasDay ? '2024-02-29' : undefined,
        lang: hasLanguage ? 'de' : undefined,
        isList: false,
      })
    }),
  )
})

test('a day that there is not is none', () => {
  expect(wrongDay(readFileName('2023-02-29-a.md'))).toBe('2023-02 has 28 days')
  expect(wrongDay(readFileName('2024-02-29-a.md'))).toBeUndefined()
})
