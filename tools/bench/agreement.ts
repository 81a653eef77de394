import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Post } from './corpus.ts'
import { siteTitle } from './layout.ts'
import { BenchError, outputFolder, postPath, type Program } from './program.ts'

/** What must be the same in every program's page of a post. */
interface Essence {
  readonly lang: string
  readonly title: string
  /** Breadcrumbs and the post itself, without tags and white space. */
  readonly text: string
  /** How many there are of each element that Markdown makes. */
  readonly elements: string
  readonly highlighted: boolean
}

export interface Built {
  readonly program: Program
  /** The site's folder. */
  readonly folder: string
}

/**
 * Throws unless every program has made the same pages of the same posts, their code highlighted, and an index
 * that links to each: no program may do less, but for what its name tells.
 */
export function checkAgreement(sites: readonly Built[], posts: readonly Post[]): void {
  for (const { program, folder } of sites) {
    const output = join(folder, outputFolder)
    const count = postPages(output)
    if (count !== posts.length) fail(program, `${count} post pages instead of ${posts.length}`)
    checkIndex(program, readPage(program, join(output, 'index.html')), posts)
  }
  for (const post of posts) checkPost(sites, post)
}

function postPages(output: string): number {
  const folder = join(output, 'posts')
  if (!existsSync(folder)) return 0
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return paths.filter(path => /post-\d+[\\/]index\.html$/.test(path)).length
}

function checkIndex(program: Program, html: string, posts: readonly Post[]) {
  const linked = new Map(
    [...html.matchAll(/<a href="([^"]+)">([^<]*)<\/a>/g)].map(([, url, text = '']) => [url, decoded(text)]),
  )
  for (const post of posts) {
    const url = `/${postPath(post).replace('index.html', '')}`
    if (linked.get(url) !== post.title) fail(program, `no link to ${url} with its title in the index`)
  }
  const years = [...html.matchAll(/<h2[^>]*>(\d+)</g)].map(([, year]) => Number(year))
  const expected = [...new Set(posts.map(({ year }) => year))].toSorted((a, b) => b - a)
  if (years.join() !== expected.join()) fail(program, `the index has the years ${years.join(', ')}`)
}

function checkPost(sites: readonly Built[], post: Post) {
  let first: Essence | undefined
  for (const { program, folder } of sites) {
    const path = postPath(post)
    const page = essence(readPage(program, join(folder, outputFolder, path)))
    if (page.title !== `${post.title} | ${siteTitle}`) fail(program, `${path} has the title “${page.title}”`)
    if (page.lang !== post.lang) fail(program, `${path} has the language “${page.lang}”`)
    if (!page.highlighted && !program.differs?.includes('no highlighting'))
      fail(program, `the code in ${path} is not highlighted`)
    first ??= page
    const asWritten = program.differs?.includes('typeset') ? unset : (text: string) => text
    for (const part of ['text', 'elements'] as const) {
      const [own, other] = [asWritten(page[part]), asWritten(first[part])]
      if (own === other || (program.differs?.includes('older Markdown') && isNear(own, other))) continue
      fail(program, `${path} differs from ${sites[0]?.program.name}'s:\n${difference(own, other)}`)
    }
  }
}

/** Nothing is left out. */
const isNear = (a: string, b: string) => Math.abs(a.length - b.length) < b.length / 10

function readPage(program: Program, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return fail(program, `there is no ${path}`)
  }
}

function essence(html: string): Essence {
  const [, article = ''] = /<main>([^]*)<\/main>/.exec(html) ?? []
  const [, header = ''] = /<header>([^]*)<\/header>/.exec(html) ?? []
  const counts = new Map<string, number>()
  for (const [, name = ''] of article.matchAll(/<(h\d|p|ul|ol|li|blockquote|pre|a|em|strong)\b/g)) {
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return {
    lang: /<html lang="([^"]*)"/.exec(html)?.[1] ?? '',
    title: decoded(/<title>([^<]*)<\/title>/.exec(html)?.[1] ?? ''),
    text: decoded((header + article).replace(/<[^>]*>/g, '')).replace(/\s+/g, ''),
    elements: [...counts]
      .map(([name, count]) => `${name} ${count}`)
      .toSorted()
      .join(', '),
    highlighted: /<pre[^]*<span class[^]*<\/pre>/.test(article),
  }
}

/** Without what a typesetter decides; white space is gone already. */
const unset = (text: string) => text.replace(/[“”„«»‘’']/g, '"').replace(/[–—-]+/g, '-')

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

const decoded = (html: string) =>
  html.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hexadecimal, name) => {
    if (name) return entities[name] ?? whole
    return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16))
  })

function difference(a: string, b: string): string {
  const at = [...a].findIndex((character, index) => character !== b[index])
  const from = Math.max(0, (at < 0 ? a.length : at) - 30)
  return `  …${a.slice(from, from + 80)}…\n  …${b.slice(from, from + 80)}…`
}

function fail({ name }: Program, message: string): never {
  throw new BenchError(`The programs do not do the same work. ${name}: ${message}`)
}
