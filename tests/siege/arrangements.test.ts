import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { createParsedPages } from '../../src/build/cache/parsed-pages.ts'
import type { Arrangement } from '../../src/build/pages/arrangement.ts'
import { isStillSo } from '../../src/build/pages/publication.ts'
import { isReworded, readPage } from '../../src/build/pages/read-page.ts'
import { SitePage } from '../../src/build/pages/site-page.ts'
import { isHeldBack } from '../../src/build/pages/publication.ts'
import { arrangePages } from '../../src/build/steps/arrange-pages.ts'
import { loadConfig, type Config } from '../../src/config/config.ts'
import type { CopiedFile, Sources } from '../../src/document/find-sources.ts'
import { folderWith } from '../folder.ts'
import { createDice, SEED, type Dice } from '../seed.ts'

/*
 * Histories of the sources of a site, each a seed. After each step the arrangement that is made of the one before it is, field by field,
 * what is made of nothing.
 *
 *     STEPS=100000 SEED=7 npx vitest run tests/siege/arrangements.test.ts
 */
const STEPS = Number(process.env.STEPS ?? 800)
/** Steps of one site, before the next begins. */
const LONGEST = 80

const PLACES = ['/main.css', '/x.y', '/x.y/z/', '/fonts.x', '/Fold/a/', '/fold/a/', '/FOLD/b/', '/fold/b/']
const places = PLACES.map((_, at) => `places/${at}.md`)

const paths = [
  'index.md 404.md about.md About.md tags.md main.css.md b.ejs _index.md',
  'posts/a.md posts/a.ru.md posts/b.md posts/b.de.md posts/2026-03-01-c.md posts/c.ru.md',
  'posts/_index.md posts/_index.ru.md posts/deep/d.md posts/deep/_index.md posts/2025/e.md',
  'notes/a.md notes/n.md notes/index.md ru/posts/a.md tags/x.md fonts/f.md',
  'posts/é.md posts/e\u0301.md p%.md a\u00A0b.md',
]
  .flatMap(line => line.split(' '))
  .concat(places)

/** What each field may say; undefined leaves it out. */
const fields: Readonly<Record<string, readonly (string | undefined)[]>> = {
  title: [undefined, undefined, 'One', 'Two', '"&nbsp;"'],
  date: [undefined, '2026-03-01', '2026-03-01', '2026-03-01T12:00+03:00', '2025-02-28', '2026-06-03', 'soon'],
  tags: [undefined, undefined, '[a]', '[a, b]', '[A, ä, z]', '[b, b]'],
  lang: [undefined, undefined, undefined, 'ru', 'de', 'en'],
  section: [undefined, undefined, undefined, undefined, 'posts', 'notes', 'Z'],
  draft: [undefined, undefined, undefined, undefined, undefined, 'true'],
  unlisted: [undefined, undefined, undefined, undefined, undefined, 'true'],
  feed: [undefined, undefined, undefined, undefined, 'false'],
  year: [undefined, undefined, undefined, undefined, undefined, '1999'],
  expiryDate: [undefined, undefined, undefined, undefined, undefined, '2026-06-02'],
  slug: [undefined, undefined, undefined, undefined, undefined, undefined, 'a', 'new', 'B'],
  permalink: [undefined, undefined, undefined, undefined, undefined, undefined, undefined, '/x/y/'],
  aliases: [
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    '[/old/]',
    '[/older/, /x/y/z/]',
    '[/posts/b/]',
  ],
  translationOf: [
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    '/posts/a/',
    'b.md',
    '/no/',
  ],
  posts: [undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, '[1]'],
  layout: [undefined, undefined, undefined, undefined, undefined, undefined, 'none', 'redirect'],
}

const pick = <T>(dice: Dice, list: readonly T[]): T => list[dice(list.length)] as T

function textOf(dice: Dice): string {
  // Of many fields one is wrong, and then there is nothing to compare.
  const some = Object.entries(fields).filter(() => dice(3) > 0)
  const said = some.flatMap(([name, values]) => {
    const value = pick(dice, values)
    if (value === undefined) return []
    return name === 'layout' && value === 'redirect'
      ? [`layout: redirect\nredirectTarget: /about/`]
      : [`${name}: ${value}`]
  })
  return `---\n${said.join('\n')}\n---\n\nWords.\n`
}

const configurations = [
  { build: { extras: false } },
  {},
  { site: { url: 'https://example.org', lang: 'ru', timeZone: 'Europe/Moscow' } },
  { site: { url: 'https://example.org', lang: 'en' }, theme: {} },
]

const MADE = 'a page that nobody wrote'

/** All that is to be known of an arrangement, as values. */
function described(arrangement: Arrangement): unknown {
  const { own, redirects, listed, collections, archives, planetPages, files, addresses, metadata, heldBack } =
    arrangement
  const named = (page: SitePage | undefined) => page && `${page.source} ${page.url}`
  const all = (pages: readonly SitePage[]) => pages.map(named)
  const whole = (page: SitePage) => ({
    ...page,
    posts: Array.isArray(page.posts)
      ? page.posts.map(each => (each instanceof SitePage ? named(each) : each))
      : MADE,
    around: [named(page.previous), named(page.next), ...all(page.translations)],
  })
  const groups = (map: ReadonlyMap<unknown, readonly SitePage[]>) =>
    [...map].map(([key, pages]) => [key, all(pages)])
  const places = [...own, ...redirects].flatMap(({ path }) => [
    path,
    path.replace(/\/[^/]*$/, ''),
    `${path}/x`,
  ])
  const everywhere = [...places, ...paths.map(path => path.replace(/\.md$/, '/index.html')), 'main.css', 'x']
  return {
    own: own.map(whole),
    redirects: redirects.map(whole),
    listed: all(listed),
    collections: Object.entries(collections).map(([name, map]) => [
      name,
      groups(map as typeof collections.tags),
    ]),
    archives: archives.pages.map(whole),
    archiveAddresses: [...collections.sections.keys()].map(section => archives.address({ section })),
    planetPages: planetPages.map(whole),
    files: files.map(({ path, source }) => [path, source]),
    sources: [...addresses.keys()],
    addresses: paths.map(path => [addresses.get(`pages/${path}`), addresses.has(`pages/${path}`)]),
    metadata: paths.map(path => metadata.get(`pages/${path}`)),
    heldBack,
    places: everywhere.map(path => [path, arrangement.isFree(path), named(arrangement.pageAt(path))]),
  }
}

/** How much came of a history. */
interface Walked {
  readonly steps: number
  readonly compared: number
  /** Arrangements that were made of the one before. */
  readonly followed: number
}

function walk(seed: number, most: number, config: Config): Walked {
  const dice = createDice(seed)
  const texts = new Map<string, string>()
  const parsed = createParsedPages()
  let now = Date.UTC(2026, 5, 1)
  let files: readonly CopiedFile[] = [{ path: 'a.png', source: 'pages/a.png' }]
  let before: Arrangement | undefined
  let [compared, followed] = [0, 0]
  let good: ReadonlyMap<string, string> = new Map()
  /** Whether nothing has changed since but titles. */
  let isCurrent = false
  const read = (path: string) =>
    readPage({ path: `pages/${path}`, text: texts.get(path) ?? '' }, path, { config, now })
  const write = (path: string, text: string) => {
    isCurrent = false
    texts.set(path, text)
    parsed.reread(path, () => read(path))
  }
  const remove = (path: string) => {
    isCurrent = false
    texts.delete(path)
    parsed.forget(path)
  }
  const acts: readonly (() => void)[] = [
    () => write(pick(dice, paths), textOf(dice)),
    () => write(pick(dice, paths), '---\ndate: 2026-03-01\ntags: [b]\n---\n'),
    () => remove(pick(dice, paths)),
    () => remove(pick(dice, [...texts.keys()])),
    // What takes a place of the theme, is a file where others are a folder, or differs in case alone.
    () => {
      const at = dice(PLACES.length)
      if (texts.has(places[at]!)) remove(places[at]!)
      else write(places[at]!, `---\npermalink: ${PLACES[at]}\n---\n`)
    },
    // Another field of a page that is there.
    () => {
      const [path, text = ''] = pick(dice, [...texts]) ?? ['about.md']
      const [name, values] = pick(dice, Object.entries(fields))
      const rest = text.replace(new RegExp(`^${name}: .*\n`, 'm'), '')
      write(path, rest.replace('---\n', `---\n${name}: ${pick(dice, values) ?? '""'}\n`))
    },
    // A title is another one, and whoever shows the site has put it right already.
    () => {
      if (!isCurrent) return
      const path = pick(dice, [...texts.keys()]) ?? 'about.md'
      texts.set(path, (texts.get(path) ?? '').replace(/^title: .*/m, `title: Title ${dice(100)}`))
      const { before: old, after } = parsed.reread(path, () => read(path))
      const [was, is] = [old?.value, after.value]
      if (!was || !is || isHeldBack(was) || isHeldBack(is) || !isReworded(was, is)) return
      const page = before?.pageAt(is.page.path)
      if (page?.source === is.page.source && page.posts === undefined) SitePage.rewrite(page, is.page)
    },
    () => {
      now += 12 * 3_600_000
      for (const [path, { value }] of parsed.known)
        if (value && !isStillSo(value, now)) write(path, texts.get(path) ?? '')
    },
    () => {
      const added = {
        path: pick(dice, ['about', 'x/y', 'posts/a/index.html', 'main.css', 'b.png']),
        source: '',
      }
      files =
        dice(2) > 0 ? [...files.slice(0, 2), { ...added, source: `pages/${added.path}` }] : files.slice(0, 1)
    },
  ]
  for (let step = 0; step < most; step++) {
    for (let left = pick(dice, [1, 1, 1, 2, 5]); left > 0; left--) pick(dice, acts)()
    const inOrder = [...texts.keys()].toSorted((a, b) =>
      a.replaceAll('/', '\0') < b.replaceAll('/', '\0') ? -1 : 1,
    )
    const sources: Sources = {
      pages: inOrder,
      files: [...new Map(files.map(file => [file.path, file])).values()],
      defaults: [],
      passedOver: [],
      leftOut: [],
      hasNoLinks: true,
    }
    const input = { config, now, sources, parsed, keys: undefined }
    const afresh = arrangePages(input)
    const after = arrangePages({ ...input, before })
    expect({ seed, step, diagnostics: after.diagnostics }).toEqual({
      seed,
      step,
      diagnostics: afresh.diagnostics,
    })
    const [one, other] = [after.value, afresh.value].map(value => value && described(value.arrangement))
    const difference = isDeepStrictEqual(one, other) ? [] : [one, other]
    expect({ seed, step, difference }).toEqual({ seed, step, difference: [] })
    if (!after.value) {
      // Some mistakes are mended at once; of a site with all of them there would soon be nothing to compare.
      const isUndone = dice(3) > 0
      for (const path of paths) {
        const text = good.get(path)
        if (!isUndone || text === texts.get(path)) continue
        if (text === undefined) remove(path)
        else write(path, text)
      }
      continue
    }
    compared++
    if (before && after.value.arrangement.basis.bySource === before.basis.bySource) followed++
    before = after.value.arrangement
    isCurrent = true
    good = new Map(texts)
  }
  return { steps: most, compared, followed }
}

test(
  `${STEPS} steps from seed ${SEED}: an arrangement that is made of the one before is what is made of nothing`,
  async () => {
    const configs: Config[] = []
    for (const each of configurations) {
      const { value } = await loadConfig(
        folderWith({ 'imprimatur.config.json': JSON.stringify(each), 'pages/index.md': '' }),
      )
      configs.push(value!)
    }
    let all: Walked = { steps: 0, compared: 0, followed: 0 }
    for (let seed = SEED; all.steps < STEPS; seed++) {
      const { steps, compared, followed } = walk(
        seed,
        Math.min(LONGEST, STEPS - all.steps),
        configs[seed % configs.length]!,
      )
      all = { steps: all.steps + steps, compared: all.compared + compared, followed: all.followed + followed }
    }
    expect(all.compared).toBeGreaterThan(STEPS / 5)
    expect(all.followed).toBeGreaterThan(STEPS / 10)
  },
  60_000 + STEPS * 100,
)
