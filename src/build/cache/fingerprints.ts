import type { ArchiveName } from '../pages/archives.ts'
import type { Site } from '../render/template-context.ts'
import { digest } from '../../core/hash.ts'
import type { SitePage } from '../pages/page.ts'
import { assetAddress } from '../pages/addresses.ts'
import { TemplateFailure } from '../render/ejs.ts'

/** Answers to the questions of an `Inquiry`, in one text; undefined while one of them has no answer to rely on. */
export type Answers = (asked: Iterable<string>) => string | undefined

/** What the answers are founded on. */
interface Ground {
  readonly site: Site
  /** Every page by its path. */
  readonly pages: ReadonlyMap<string, SitePage | undefined>
  /** The state that a source is in; its path is relative to the root. */
  stateOf(source: string): string
  /** What a page says of itself, by its source: `Draft.said`. */
  readonly said: ReadonlyMap<string, string>
}

export function createAnswers({ site, pages, stateOf, said }: Ground): Answers {
  const tell = (page: SitePage | undefined) => (page ? `${page.path} ${said.get(page.source)}` : '-')
  const kinds: Readonly<Record<string, (name: string) => string | undefined>> = {
    source: stateOf,
    pages: () => digest([...pages.values()].map(tell)),
    bodies: () => digest([...pages.values()].map(page => (page ? stateOf(page.source) : '-'))),
    around(path) {
      const { previous, next, translations = [] } = pages.get(path) ?? {}
      return [previous, next, ...translations].map(tell).join('\n')
    },
    layout(name) {
      const { template, outer } = site.layouts.layout(name, '')
      return digest([template.file.text, outer])
    },
    partial: name => digest([site.layouts.partial(name).file.text]),
    asset: name => site.assets.hashed(assetAddress(name) ?? '') ?? '-',
    // One that cannot be measured is told of in every build.
    image: url => (site.assets.hashed(url) === undefined ? '-' : JSON.stringify(site.assets.imageSize(url))),
    address: source => site.addresses.get(source) ?? '-',
    archive: name => site.archives.address(JSON.parse(name) as ArchiveName) ?? '-',
    feed: folder => digest((site.feeds.find(feed => feed.folder === folder)?.pages ?? []).map(tell)),
    feeds: () => JSON.stringify(site.feeds.map(({ folder, title, lang }) => [folder, title, lang])),
    keys: () => digest([JSON.stringify(site.keys) ?? '']),
  }
  const known = new Map<string, string | undefined>()
  const answer = (question: string) => {
    if (!known.has(question)) known.set(question, ask(question))
    return known.get(question)
  }
  const ask = (question: string) => {
    const end = question.indexOf(' ')
    const [kind, name] = end < 0 ? [question, ''] : [question.slice(0, end), question.slice(end + 1)]
    try {
      return kinds[kind]?.(name)
    } catch (error) {
      if (error instanceof TemplateFailure) return undefined
      throw error
    }
  }
  return asked => {
    const answers = [...asked].map(answer)
    return answers.includes(undefined) ? undefined : answers.join('\0')
  }
}
