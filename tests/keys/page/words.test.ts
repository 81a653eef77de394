import { parseFragment } from 'parse5'
import { describe, expect, test } from 'vitest'
import { clients } from '../../../src/keys/clients/clients.ts'
import { comparePage } from '../../../src/keys/follow/compare-page.ts'
import { describeKeys, renderKeys } from '../../../src/keys/page/page.ts'
import { languageOf, languages } from '../../../src/keys/page/words/languages.ts'
import { checkWording, wordsOf } from '../../../src/keys/page/words/wordbook.ts'
import {
  buildHistory,
  days,
  drafts,
  naming,
  newSigner,
  publicLine,
  vectors,
  verify,
} from '../signed-history.ts'
import { attributeOf, elementsOf, textOf } from './html.ts'

const [laptop, safe] = [newSigner(), newSigner()]
const publication = verify(
  buildHistory([laptop, laptop, safe], [drafts[0], naming({ laptop, safe }) + drafts[1], drafts[2]], days),
).value!
const data = describeKeys(publication, { base: '/about/keys/', siteUrl: 'https://example.org' })

/** A page with all that a page may have. */
const [phone, tablet, desk] = vectors.devices as [Vector, Vector, Vector]
type Vector = (typeof vectors.devices)[0]
const full = verify(
  buildHistory(
    laptop,
    [
      `signer: press@example.org
validUntil: 2027-01-01
accounts:
  - jid: press@example.org
    invitation: true
    devices:
      - { id: 1, name: phone, fingerprint: '${phone.fingerprint}', ed25519: '${phone.ed25519}', pq: '${vectors.devices[3]!.fingerprint}', verified: { on: 2026-04-01, how: qr } }
      - { id: 2, name: tablet, fingerprint: '${tablet.fingerprint}', verified: { on: 2026-04-01, how: in-person } }
      - { id: 3, name: desk, fingerprint: '${desk.fingerprint}', verified: { on: 2026-04-01, how: server } }
  - jid: press@bücher.example
    devices: []
keys:
  - { type: ssh, key: '${publicLine(laptop)} x' }
  - { type: minisign, key: RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3 }
`,
    ],
    ['2026-05-01'],
  ),
).value!
const options = { base: '/about/keys/', siteUrl: 'https://example.org' }
const every = [data, describeKeys(full, options), describeKeys({ ...full, isExpired: true }, options)]

const htmlOf = (lang: string, wording?: Readonly<Record<string, string>>) => {
  const pages = every.map(each => renderKeys(each, { lang, wording }))
  return pages.flatMap(({ accounts, parts }) =>
    [...accounts.map(account => account.parts), parts].flatMap(each => Object.values(each)),
  )
}

describe.each(languages)('the words in “%s”', lang => {
  const [words, english] = [wordsOf(lang), wordsOf('en')]

  test('are those of every language, with the same places for values', () => {
    expect(Object.keys(words).toSorted()).toEqual(Object.keys(english).toSorted())
    const places = (text: string) => [...new Set(text.match(/\{\w+\}/g))].toSorted()
    // In the steps of a client a link may stand in another step.
    const own = Object.entries(words).filter(([name]) => !clients.some(({ id }) => name.startsWith(`${id}.`)))
    for (const [name, text] of own) expect([name, places(text)]).toEqual([name, places(english[name]!)])
    for (const [name, text] of Object.entries(words)) {
      expect([name, text.trim()]).toEqual([name, text])
      expect([name, text]).not.toEqual([name, ''])
    }
  })

  test('say nothing in another language', () => {
    const foreign = lang === 'ru' ? /(?<![\w{`“«(])[a-z]{3,}(?![\w}])/ : /\p{Script=Cyrillic}/u
    // Names of programs, files and formats, and what apps call things themselves, stay as they are.
    const names =
      /`[^`]*`|«[^»]*»|\/omemo gen|conversations\.im|minisign|pq|OMEMO|XMPP|ru|age|[A-Z]\w+|\{\w+\}/g
    const strange = Object.entries(words).filter(([, text]) => foreign.test(text.replace(names, ' ')))
    expect(strange).toEqual([])
  })

  test('fill every place, and every part of the page says its language', () => {
    for (const html of htmlOf(lang)) {
      const roots = parseFragment(html).childNodes.filter(node => 'tagName' in node)
      const wordless = new Set(['link', 'script'])
      const worded = roots.filter(root => !wordless.has(root.tagName) && textOf(root).trim() !== '')
      expect([html.slice(0, 80), ...worded.map(root => attributeOf(root, 'lang'))]).toEqual([
        html.slice(0, 80),
        ...worded.map(() => lang),
      ])
      const text = roots.map(textOf).join(' ')
      expect(text).not.toMatch(/[{}]|\*\*|`|undefined|\[object/)
      const attributes = [...roots, ...roots.flatMap(elementsOf)]
        .flatMap(({ attrs }) => attrs)
        .filter(({ name }) => name !== 'data-words')
      for (const { value } of attributes) expect(value).not.toMatch(/[{}]|undefined|\[object/)
    }
  })

  test('tell a reader who follows the page nothing that the signed file does not say', () => {
    const moved = drafts[1].replaceAll(vectors.devices[0]!.fingerprint, vectors.devices[4]!.fingerprint)
    const later = (draft: string) => draft.replaceAll('on: 2026-05-01', 'on: 2026-08-01')
    const replaced = verify(buildHistory(laptop, [drafts[0], later(moved), later(drafts[2])], days)).value!
    for (const each of [publication, full, replaced]) {
      const { accounts, parts } = renderKeys(describeKeys(each, options), { lang })
      const html = [...accounts.map(account => account.parts), parts]
        .flatMap(all => Object.values(all))
        .join('')
      expect(comparePage(html, each)).toEqual([])
      const past = vectors.devices[4]!.fingerprint
      const shown = comparePage(`${html}<p>${past.replace(/.{8}(?=.)/g, '$& ')}</p>`, each)
      expect(shown).toHaveLength(1)
    }
  })

  test('every one can be replaced', () => {
    const used = new Set<string>()
    const all = htmlOf(lang).join('')
    for (const [name, text] of Object.entries(words)) {
      if (name === 'locale') continue
      const wording = { [name]: `${text} ¤` }
      expect(checkWording({ lang, wording })).toBeUndefined()
      if (htmlOf(lang, wording).join('') !== all) used.add(name)
    }
    const idle = Object.keys(words).filter(name => !used.has(name) && !/^(?:locale$|change\.)/.test(name))
    expect(idle).toEqual(['noCodeOfAll', 'openpgpFile'])
  })
})

test('a word that there is not, or a value that nothing gives, is told with what there is', () => {
  const check = (wording: Readonly<Record<string, string>>) => checkWording({ lang: 'ru', wording })
  expect(check({ opne: 'x' })).toMatchObject({ message: '“opne” is no word of the keys page' })
  expect(check({ opne: 'x' })?.hint).toMatch(/open/)
  expect(check({ what: '{adress}' })).toMatchObject({ message: 'Nothing is put in for {adress} in “what”' })
  expect(check({ toString: 'x' })).toBeDefined()
  expect(check({ 'dino.4': 'x' })).toBeDefined()
  expect(check({ what: 'Hello, {address}.', 'dino.2': 'Look, {open}.' })).toBeUndefined()
})

test.each([
  ['ru', 'ru'],
  ['ru-RU', 'ru'],
  ['RU_ru', 'ru'],
  ['en-GB', 'en'],
  ['de', 'en'],
  ['rue', 'en'],
])('a page in “%s” has words in “%s”', (tag, lang) => {
  expect(languageOf(tag)).toBe(lang)
  expect(renderKeys(data, { lang: tag }).lang).toBe(lang)
})

test('words are text: what front matter gives becomes no markup', () => {
  const html = htmlOf('en', { open: '<b>&amp;</b> `code` **strong**' }).join('')
  expect(html).toContain('&lt;b&gt;&amp;amp;&lt;/b&gt; <code>code</code> <strong>strong</strong>')
})

test('a site’s typography sets the words, and nothing that is to be typed or compared', () => {
  const typeset = (text: string) => text.replaceAll(' on ', ' on\u00a0')
  const parts = renderKeys(data, { lang: 'en', typeset }).accounts[0]!.parts
  expect(parts.start).toContain('devices on\u00a0this page')
  for (const lang of languages) {
    const each = renderKeys(data, { lang, typeset: text => text.replace(/ (?![^<]*<\/code>)/g, '\u00a0') })
    const page = parseFragment(each.accounts[0]!.parts.apps)
    const exact = elementsOf(page).filter(({ tagName }) => tagName === 'code' || tagName === 'pre')
    expect(exact.length).toBeGreaterThan(20)
    const dino = /^[0-9a-f\s\u00a0]+$/
    const others = exact.map(textOf).filter(text => !dino.test(text))
    for (const text of others) expect(text).not.toContain('\u00a0')
  }
})
