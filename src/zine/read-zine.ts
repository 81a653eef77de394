import { append } from '../core/lists/long-lists.ts'
import type { SitePlan } from '../build/build.ts'
import type { SitePage } from '../build/pages/site-page.ts'
import { TemplateFailure } from '../build/render/ejs.ts'
import type { Config } from '../config/config.ts'
import { hasErrors } from '../core/diagnostic.ts'
import type { Diagnostic, Result } from '../core/types.ts'
import { readColophon } from './colophon.ts'
import type { Book } from './epub/book.ts'
import type { ZinePiece } from './flow/flow.ts'
import { readPiece, type PieceContext, type PieceHead } from './flow/read-piece.ts'
import type { ZineIssue } from './issue/issue.ts'
import { tableCharacters } from './issue/paper.ts'
import { authorsOf, bylineOf, subtitleOf } from './lines.ts'
import { readCover, type Pictures } from './picture-source.ts'
import { wordsIn } from './words.ts'

/** A zine with all that was read for it. */
export interface ReadZine extends Book {
  readonly issue: ZineIssue
  readonly config: Config
  /** The pages of the site, as the pieces are. */
  readonly posts: readonly SitePage[]
}

/** What a zine is read from. */
export interface ZineSource {
  readonly config: Config
  readonly plan: SitePlan
  readonly posts: readonly SitePage[]
  readonly pictures: Pictures
}

/** Reads every post of an issue, and its colophon. */
export function readZine(issue: ZineIssue, source: ZineSource): Result<ReadZine> {
  const { config, plan, posts, pictures } = source
  const { site } = plan.prepared
  const diagnostics: Diagnostic[] = []
  pictures.begin()
  const context: PieceContext = {
    siteUrl: config.site.url,
    numbers: new Map(posts.map(({ url }, n) => [url, n])),
    lineWidth: tableCharacters(issue.paper),
    pictureAt: pictures.at,
  }
  const pieces = posts.flatMap((page): readonly ZinePiece[] => {
    const head: PieceHead = {
      title: site.typography.setText(page.title, page.lang),
      lang: page.lang,
      byline: bylineOf(page, config),
      address: config.site.url + page.url,
      url: page.url,
    }
    try {
      const { piece, diagnostics: found } = readPiece(plan.prepared.bodies.locate(page), head, context)
      append(diagnostics, found)
      return [piece]
    } catch (error) {
      if (!(error instanceof TemplateFailure)) throw error
      diagnostics.push(error.diagnostic)
      return []
    }
  })
  const cover = issue.cover === undefined ? undefined : readCover(config.root, issue, issue.cover)
  append(diagnostics, cover?.diagnostics ?? [])
  const words = wordsIn(issue.lang)
  const title = site.typography.setText(issue.title, issue.lang)
  const address = `${config.site.url}/zines/${encodeURIComponent(issue.name)}/`
  const colophon = readColophon(issue, { config, site, context, words })
  append(diagnostics, colophon.diagnostics)
  if (hasErrors(diagnostics)) return { diagnostics }
  const own = cover?.value
  const value: ReadZine = {
    issue,
    config,
    posts,
    title,
    subtitle: subtitleOf(issue, words),
    description: issue.description,
    lang: issue.lang,
    date: issue.date,
    address,
    authors: authorsOf(posts, config),
    pieces,
    colophon: colophon.piece,
    cover: own,
    pictures: [
      ...new Map([...pictures.used(), ...(own ? [own] : [])].map(each => [each.name, each])).values(),
    ],
    words,
  }
  return { value, diagnostics }
}
