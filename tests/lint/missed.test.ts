import { describe, expect, it } from 'vitest'
import { english, russian } from '../../tools/lint/reference/misses.ts'
import { proseOf } from '../../tools/lint/reference/prose.ts'

function kindsIn(lang: 'en' | 'ru', text: string): string[] {
  const said = proseOf('page.md', text, lang).map(paragraph => paragraph.text)
  const kinds = lang === 'en' ? english : russian
  return kinds.flatMap(({ name, pattern }) =>
    said.flatMap(each => [...each.matchAll(pattern)].map(() => name)),
  )
}

describe('What tools/lint/missed.ts counts', () => {
  it.each([
    ['en', 'She said "yes" once', ['straight double quote', 'straight double quote']],
    ['en', "It’s the cat&nbsp;and it’s not <b>John</b>'s", ['straight apostrophe']],
    ['en', "The word 'cabbage' was said", ['straight single quote']],
    ['en', 'One thing - another', ['hyphen for a dash']],
    ['en', 'One thing--another', ['hyphens between words']],
    ['en', 'One thing — another', ['breakable blank before a dash']],
    ['en', 'There was a\ncat', ['short word not tied']],
    ['en', 'Give them 20 MB more', ['number and unit']],
    ['en', 'They read chapter 9 then', ['label and number']],
    ['en', 'They took Windows 10 then', ['name and number']],
    ['en', 'They asked Mr. Smith', ['title and name']],
    ['ru', 'Кто-то сказал "да" тихо', ['straight double quote', 'straight double quote']],
    ['ru', 'Дом - крепость', ['hyphen for a dash']],
    ['ru', 'Дом — крепость', ['breakable blank before a dash']],
    ['ru', 'Жили в доме', ['short word not tied']],
    ['ru', 'Сказал же тихо', ['particle not tied']],
    ['ru', 'Купили 20 кг муки', ['number and unit']],
    ['ru', 'Вышла 5 мая утром', ['day and month']],
    ['ru', 'Читали главу 5 дома', ['label and number']],
    ['ru', 'Замки XIX в. стоят', ['century']],
    ['ru', 'Ехали т.&nbsp;е. шли, т. е. ползли', ['abbreviation']],
    ['ru', 'Читали А. С. Пушкина', ['initials']],
    ['ru', 'Потратили 10&nbsp;000&nbsp;рублей или 20 000 франков', ['digit groups']],
  ] as const)('%s: %j', (lang, text, kinds) => {
    expect(kindsIn(lang, text)).toEqual(kinds)
  })

  it.each([
    ['en', 'A&nbsp;6\' wall, 10 - 5, x - y, the 1990s, `a "b"` and $c - d$ in&nbsp;2018 here'],
    ['en', '---\ntitle: "It\'s a test"\n---\n\n```\n"a" - b\n```\n\n<p title="a b">A&nbsp;text</p>'],
    ['en', 'Слово "да" - не&nbsp;здесь'],
    ['en', '!!! note\n\n    It\'s "code" - to CommonMark\n\n![It\'s a - b](c)'],
    ['ru', 'Жили в&nbsp;доме&nbsp;— и&nbsp;читали «Войну и&nbsp;мир» 1812&nbsp;года'],
    ['ru', 'The word "no" - is in English'],
    ['en', 'A&nbsp;page with {{ it is "code" - so }} here\u2009— there'],
  ] as const)('%s, nothing: %j', (lang, text) => {
    expect(kindsIn(lang, text)).toEqual([])
  })
})
