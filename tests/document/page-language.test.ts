import { describe, expect, test } from 'vitest'
import { readDocument } from '../../src/document/document.ts'
import { languageOfPage } from '../../src/document/page-language.ts'

const languageFor = (text: string, siteLang: string, path = 'a.md') => {
  const { tag, isKnown } = languageOfPage(readDocument({ path, text }), siteLang)
  return isKnown ? tag : `not ${tag}`
}

const english = 'She said that it is so, and left.'
const russian = 'Он сказал, что это так, и вышел.'
const ukrainian = 'Він каже, що її дім поруч, і він радіє.'
const serbian = 'Он је у шуми, ту је његов љубимац.'
const german = 'Er sagte, daß es so ist, und ging über die Straße.'

describe('a page that names its language', () => {
  test.each([english, russian, ukrainian])('is in it, whatever its script: %s', text => {
    expect(languageFor(`---\nlang: ru_RU\n---\n\n${text}`, 'en')).toBe('ru-RU')
  })
})

describe('a page that names none', () => {
  test.each([
    ['en', english, 'en'],
    ['en', russian, 'ru'],
    ['en', 'Дом стоит в лесу.', 'ru'],
    ['en', ukrainian, 'not en'],
    ['en', serbian, 'not en'],
    ['de', russian, 'ru'],
    ['en', german, 'en'],
    ['ru', russian, 'ru'],
    ['ru', english, 'en'],
    ['ru', german, 'not ru'],
    ['ru', serbian, 'not ru'],
    ['ru-BY', russian, 'ru-BY'],
    ['uk', ukrainian, 'uk'],
    ['uk', 'Мы были в этом лесу вчера.', 'ru'],
    ['uk', 'Дом стоит в лесу.', 'uk'],
    ['be', 'Мы былі ў лесе, і ён рады.', 'be'],
    ['be', 'Мы были в этом лесу вчера.', 'ru'],
  ])('on a site in %s: “%s” is in %s', (siteLang, text, lang) =>
    expect(languageFor(text, siteLang)).toBe(lang),
  )

  test.each(['', '# Welcome', 'Он сказал слово', '* * *'])(
    'is in the site’s when it has few words: %j',
    text => {
      expect(languageFor(text, 'en')).toBe('en')
      expect(languageFor(text, 'ru')).toBe('ru')
    },
  )

  test('does not depend on code, tags and other opaque parts', () => {
    const code = `\`${english}\`\n\n\`\`\`\n${english.repeat(9)}\n\`\`\`\n\n{% raw %}${english.repeat(9)}{% endraw %}\n<a title="${english}">`
    expect(languageFor(`${code}${russian}`, 'ru')).toBe('ru')
    expect(languageFor(`${code}${russian}`, 'en')).toBe('ru')
    expect(languageFor(`<p>${russian}</p><script>${english.repeat(9)}</script>`, 'en', 'a.html')).toBe('ru')
  })

  test('is in the site’s when half of its letters are', () => {
    expect(languageFor(`${english}\n\n${english}\n\n${russian}`, 'en')).toBe('en')
    expect(languageFor(`${russian}\n\n${english}`, 'ru')).toBe('ru')
  })
})
